const TAGS_MAX = 5;
const LENGTH_MAX = 30;

const asTag = (word: string): string =>
  word
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, LENGTH_MAX);

/** "Python, web-dev" as tags: small letters, digits and hyphens, at most five. */
export const readTags = (text: string): string[] =>
  [
    ...new Set(
      text
        .split(/[\s,;#]+/)
        .map(asTag)
        .filter(Boolean),
    ),
  ].slice(0, TAGS_MAX);
