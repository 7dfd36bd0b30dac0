import { diffArrays, diffWordsWithSpace } from 'diff';
import type { DifferencePart, DifferencePiece } from './contract.ts';

/** Changed lines, and words of one change, that are compared; beyond, it is shown as replaced. */
const LINES_MAX = 500;
const WORDS_MAX = 400;
/** All of a comparison; what is left then is shown as replaced. */
const TIME_MS = 80;
/** Unchanged lines that are shown around a change. */
const AROUND = 2;
const WORTH_SKIPPING = 3;
/** With less in common, words of both between each other would tell nobody anything. */
const ALIKE = 0.3;

type Change = { kind: DifferencePiece['kind']; lines: string[] };
type Section = { same: string[] } | { removed: string[]; added: string[] };
/** How long this comparison may still take. */
type Left = () => number;

const piece = (kind: DifferencePiece['kind'], text: string): DifferencePiece => ({ kind, text });
const replaced = (before: string, after: string): DifferencePiece[] =>
  [piece('removed', before), piece('added', after)].filter(({ text }) => text !== '');

/** One text beside the other: their lines, and the words within lines that changed. */
export const compareTexts = (before: string, after: string): DifferencePart[] => {
  const left = countdown();
  const changes = compareLines(before.split('\n'), after.split('\n'), left());
  const sections = sectionsOf(changes);
  return sections.flatMap((section, index) =>
    'same' in section
      ? shortened(section.same, index === 0, index === sections.length - 1)
      : changed(section.removed, section.added, left()),
  );
};

/** The same for one line: a title. */
export const compareWords = (before: string, after: string, timeout = TIME_MS) => {
  if (before === after) return [piece('same', after)];
  const options = { maxEditLength: WORDS_MAX, timeout: Math.max(1, timeout) };
  const changes = diffWordsWithSpace(before, after, options);
  if (!changes) return replaced(before, after);
  const pieces = changes.map(({ value, added, removed }) =>
    piece(added ? 'added' : removed ? 'removed' : 'same', value),
  );
  return areAlike(pieces, before, after) ? pieces : replaced(before, after);
};

export const compareTags = (
  before: readonly string[],
  after: readonly string[],
): DifferencePiece[] => [
  ...after.map((tag) => piece(before.includes(tag) ? 'same' : 'added', tag)),
  ...before.filter((tag) => !after.includes(tag)).map((tag) => piece('removed', tag)),
];

function countdown(): Left {
  const end = performance.now() + TIME_MS;
  return () => end - performance.now();
}

function compareLines(before: string[], after: string[], timeout: number): Change[] {
  const found = diffArrays(before, after, { maxEditLength: LINES_MAX, timeout });
  if (!found) return replacedMiddle(before, after);
  return found.map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    lines: value,
  }));
}

/** What both begin and end with stays; all between is replaced. */
function replacedMiddle(before: string[], after: string[]): Change[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return [
    { kind: 'same', lines: after.slice(0, start) },
    { kind: 'removed', lines: before.slice(start, before.length - end) },
    { kind: 'added', lines: after.slice(start, after.length - end) },
    { kind: 'same', lines: after.slice(after.length - end) },
  ];
}

/** What was removed and added at one place belongs together. */
function sectionsOf(changes: readonly Change[]): Section[] {
  const sections: Section[] = [];
  for (const { kind, lines } of changes) {
    if (lines.length === 0) continue;
    const last = sections.at(-1);
    if (kind === 'same') sections.push({ same: lines });
    else if (last && 'removed' in last) last[kind].push(...lines);
    else sections.push({ removed: [], added: [], [kind]: [...lines] });
  }
  return sections;
}

function shortened(lines: string[], isFirst: boolean, isLast: boolean): DifferencePart[] {
  const head = isFirst ? 0 : AROUND;
  const tail = isLast ? 0 : AROUND;
  const skipped = lines.length - head - tail;
  const part = (some: string[]): DifferencePart[] =>
    some.length > 0 ? [{ pieces: [piece('same', some.join('\n'))] }] : [];
  if (skipped < WORTH_SKIPPING || (isFirst && isLast)) return part(lines);
  return [...part(lines.slice(0, head)), { skipped }, ...part(lines.slice(lines.length - tail))];
}

function changed(removed: string[], added: string[], timeout: number): DifferencePart[] {
  const [before, after] = [removed.join('\n'), added.join('\n')];
  // An empty line alone has no words, and yet it came or went.
  if (removed.length === 0) return [{ pieces: [piece('added', after)] }];
  if (added.length === 0) return [{ pieces: [piece('removed', before)] }];
  const pieces = timeout > 0 ? compareWords(before, after, timeout) : replaced(before, after);
  return pieces.some(({ kind }) => kind === 'same')
    ? [{ pieces }]
    : pieces.map((each) => ({ pieces: [each] }));
}

const sizeOf = (text: string): number => text.replace(/\s+/g, '').length;

function areAlike(pieces: readonly DifferencePiece[], before: string, after: string): boolean {
  const common = pieces.filter(({ kind }) => kind === 'same');
  const shared = common.reduce((sum, { text }) => sum + sizeOf(text), 0);
  return shared >= ALIKE * Math.min(sizeOf(before), sizeOf(after)) && shared > 0;
}
