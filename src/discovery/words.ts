/** So much of a text can be found, and so many different words of it. */
const TEXT_MAX = 50_000;
const WORDS_MAX = 3_000;
/** In UTF-16 units; a longer word is found by so much of it. */
export const WORD_MAX = 40;
/** Words asked for at once. */
export const QUERY_WORDS = 8;

const WORD = /[\p{L}\p{N}]+/gu;
/** Scripts that do not put spaces between words. */
const UNSPACED =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Khmer}\p{scx=Lao}]/u;
const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

/** Without case and accents: "Café" is found as "cafe". */
const folded = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const pieces = (run: string): string[] =>
  UNSPACED.test(run) ? [...segmenter.segment(run)].map(({ segment }) => segment) : [run];

/** Letters without accents, in a script with spaces: most texts, and far quicker to read. */
const ASCII = /^[\0-\x7f]*$/;
const runsOf = (text: string): string[] =>
  ASCII.test(text)
    ? (text.toLowerCase().match(/[a-z0-9]+/g) ?? [])
    : (folded(text).match(WORD) ?? []).flatMap(pieces);

/** The words of a text as they are stored and looked for, each once, in the order of the text. */
export const wordsOf = (text: string): string[] => {
  const words = runsOf(text.slice(0, TEXT_MAX)).map((word) => word.slice(0, WORD_MAX));
  return [...new Set(words)].slice(0, WORDS_MAX);
};

/** What is asked: whole words, and the last one as the beginning of a word. */
export type Wanted = { words: string[]; beginning: string | null };
export const wantedOf = (query: string): Wanted => {
  const words = wordsOf(query).slice(0, QUERY_WORDS);
  const last = words.at(-1);
  // A single letter begins too much; who typed a space has finished the word.
  const isOpen = last !== undefined && [...last].length > 1 && !/\s$/.test(query);
  return isOpen ? { words: words.slice(0, -1), beginning: last } : { words, beginning: null };
};

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** Where a footnote is called, and the way back from it: signs, not words. */
const SIGNS = /<sup class="footnote-ref">.*?<\/sup>|<a [^>]*class="footnote-backref".*?<\/a>/g;

/** What a reader sees of our own HTML, each block on a line of its own. */
const linesOf = (html: string): string =>
  html
    .replace(SIGNS, '')
    .replace(/<[^>]*>/g, (tag) =>
      /^<\/?(p|h\d|li|td|th|tr|pre|br|div|blockquote)/.test(tag) ? '\n' : '',
    )
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? '');
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, TEXT_MAX);

/** What a reader sees of our own HTML, as one line. */
export const textOf = (html: string): string => oneLine(linesOf(html));

/** Marks of Markdown that messages show as they were typed: headings, lists, quotations. */
const MARKS = /^\s*(?:(?:#{1,6}|[-*+>])\s+)+/;
/** Lines without a word: rules, fences, what stands below the head of a table. */
const WORDLESS = /^[\s`~|:*_=-]*$|^\s*(?:`{3}|~{3})/;

/** The words of a message, as one line. */
export const saidIn = ({ body, html }: { body: string; html?: string | undefined }): string =>
  oneLine(
    (html === undefined ? body : linesOf(html.replaceAll('!<a ', '<a ')))
      .split('\n')
      .filter((line) => !WORDLESS.test(line))
      .map((line) => line.replace(MARKS, ''))
      .join('\n'),
  );

const SNIPPET = 200;
const BEFORE = 60;

/** The part of a text around its first match, and where the matches are in it. */
export const snippetOf = (
  text: string,
  { words, beginning }: Wanted,
): { snippet: string; marks: [number, number][] } => {
  const line = text.replace(/\s+/g, ' ').trim();
  const isMatch = (word: string) =>
    pieces(folded(word)).some(
      (piece) => words.includes(piece) || (beginning !== null && piece.startsWith(beginning)),
    );
  const matches = [...line.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].filter(([word]) => isMatch(word));
  const first = matches[0]?.index ?? 0;
  // Cut between words, and never through a character.
  const start = first <= BEFORE ? 0 : line.indexOf(' ', first - BEFORE) + 1;
  const from = start > first ? first : start;
  const cut = line.length - from > SNIPPET;
  const to = cut ? Math.max(line.lastIndexOf(' ', from + SNIPPET), first + 1) : line.length;
  const lead = from > 0 ? '… ' : '';
  const snippet = `${lead}${line.slice(from, to)}${cut ? ' …' : ''}`;
  const marks = matches
    .filter(({ index, 0: word }) => index >= from && index + word.length <= to)
    .map(({ index, 0: word }): [number, number] => [index - from + lead.length, word.length]);
  return { snippet, marks };
};
