import type { Token } from 'markdown-it';

/** Words a minute, as people read prose on a screen; code takes twice as long. */
export const PROSE = 275;
const CODE = 140;
/** Characters a minute in scripts without spaces between words. */
const IDEOGRAPHS = 500;
const PICTURE_SECONDS = 12;
const EXCERPT = 200;

const ideographs = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const words = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’_-]*/gu;
const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/** The words of inline content, without marks; a picture counts by its description. */
export const plainText = (children: readonly Token[]): string =>
  children
    .map((token) => {
      if (token.type === 'softbreak' || token.type === 'hardbreak') return ' ';
      if (token.type === 'image') return plainText(token.children ?? []);
      return token.type === 'text' || token.type === 'code_inline' ? token.content : '';
    })
    .join('');

const isCode = ({ type }: Token) => type === 'fence' || type === 'code_block';
const isPicture = ({ type }: Token) => type === 'image';

/** Whole minutes to read a text, at least 1. */
export const minutesOf = (tokens: readonly Token[]): number => {
  let minutes = 0;
  for (const token of tokens) {
    if (isCode(token)) minutes += count(token.content, words) / CODE;
    if (token.type !== 'inline') continue;
    const text = plainText(token.children ?? []);
    minutes += count(text, ideographs) / IDEOGRAPHS;
    minutes += count(text.replace(ideographs, ' '), words) / PROSE;
    minutes += ((token.children ?? []).filter(isPicture).length * PICTURE_SECONDS) / 60;
  }
  return Math.max(1, Math.round(minutes));
};

/** At most about 200 characters, cut between words. */
export const shorten = (long: string): string => {
  const text = long.replace(/\s+/g, ' ').trim();
  if (text.length <= EXCERPT) return text;
  const space = text.lastIndexOf(' ', EXCERPT);
  // Without spaces, cut between characters, never inside one.
  const kept =
    space > EXCERPT / 2 ? text.slice(0, space) : [...text.slice(0, EXCERPT)].slice(0, -1).join('');
  return `${kept.replace(/[\s,;:.–—-]+$/u, '')}…`;
};

/** The first words of the paragraphs, about 200 characters. */
export const excerptOf = (tokens: readonly Token[]): string => {
  let text = '';
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'footnote_block_open' || text.length > EXCERPT) break;
    if (token.type === 'inline' && tokens[index - 1]?.type === 'paragraph_open')
      text += ` ${plainText(token.children ?? [])}`;
  }
  return shorten(text);
};
