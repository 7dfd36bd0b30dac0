/** More than this of a text is no quotation any more. */
const QUOTE_MAX = 1_000;

/** A passage as a Markdown quotation, with a line below to answer on. */
export const quoteOf = (passage: string): string => {
  const text = passage.trim().replace(/\n{3,}/g, '\n\n');
  const cut = [...text].length > QUOTE_MAX;
  const kept = cut ? `${[...text].slice(0, QUOTE_MAX).join('').trimEnd()} …` : text;
  const lines = kept.split('\n').map((line) => `> ${line.trim()}`.trimEnd());
  return `${lines.join('\n')}\n\n`;
};

/** A draft with a quotation at its end. */
export const withQuote = (draft: string, passage: string): string =>
  `${draft.trim() === '' ? '' : `${draft.trimEnd()}\n\n`}${quoteOf(passage)}`;
