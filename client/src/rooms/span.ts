import type { Message } from '../../../src/rooms/contract.ts';

/**
 * The part of a log that is drawn: its messages `from` to `to`, by `n`; without `to`, up to the
 * newest, whatever comes. A log may have holes between pages; a span never reaches over one.
 */
export type Span = { from: number; to: number | null };
type Messages = readonly Message[];

/** At the end of the log, from as far up as it is known. */
export const newest: Span = { from: 0, to: null };

/** Lines drawn at most, after a step and between two. */
export const DRAWN_MAX = 240;
export const STEP = 60;

/** The messages of a span, without copying those beside it. */
export const within = (messages: Messages, span: Span): Messages => {
  const end = endOf(messages, span);
  return end < 0 ? [] : messages.slice(beginOf(messages, span, end), end + 1);
};

/** Whether anything of a span is known; a log that began anew may be elsewhere. */
export const isKnown = (messages: Messages, { from, to }: Span): boolean =>
  to === null || (messages[indexOf(messages, from)]?.n ?? Number.POSITIVE_INFINITY) <= to;

/** A step up in what is known, with the far end let go; null: what is above is not known. */
export const stepUp = (messages: Messages, span: Span): Span | null => {
  const end = endOf(messages, span);
  const begin = beginOf(messages, span, end);
  const from = messages[Math.max(runBegin(messages, begin), begin - STEP)]?.n;
  const first = messages[begin]?.n;
  const last = messages[end]?.n;
  if (from === undefined || last === undefined || from === first) return null;
  return last - from < DRAWN_MAX ? { from, to: span.to } : { from, to: from + DRAWN_MAX - 1 };
};

/** A step down in the same way; at the newest message it follows what comes. */
export const stepDown = (messages: Messages, span: Span): Span | null => {
  if (span.to === null) return null;
  const at = endOf(messages, span);
  const end = Math.min(runEnd(messages, at), at + STEP);
  const to = messages[end]?.n;
  const first = messages[beginOf(messages, span, at)]?.n;
  const isLast = end === messages.length - 1;
  if (to === undefined || first === undefined || (end === at && !isLast)) return null;
  return { from: Math.max(first, to - DRAWN_MAX + 1), to: isLast ? null : to };
};

/** A known message with what stands around it; null: it is not known. */
export const around = (messages: Messages, n: number): Span | null => {
  const at = indexOf(messages, n);
  if (messages[at]?.n !== n) return null;
  const end = Math.min(runEnd(messages, at), at + DRAWN_MAX / 2);
  const from = messages[Math.max(runBegin(messages, at), end - DRAWN_MAX + 1)]?.n ?? n;
  return { from, to: end === messages.length - 1 ? null : (messages[end]?.n ?? n) };
};

/**
 * After messages arrived at the end: who follows them loses the first lines, who reads above the
 * last ones. null: there are not too many.
 */
export const afterArrival = (messages: Messages, span: Span, following: boolean): Span | null => {
  if (span.to !== null) return null;
  const end = messages.length - 1;
  const first = messages[beginOf(messages, span, end)]?.n ?? 0;
  const last = messages[end]?.n ?? 0;
  if (last - first < DRAWN_MAX + STEP) return null;
  return following
    ? { from: last - DRAWN_MAX + 1, to: null }
    : { from: first, to: first + DRAWN_MAX + STEP - 1 };
};

/** What is drawn and, where they stand, those messages beside it that must not go. */
export const withHeld = (
  drawn: Messages,
  messages: Messages,
  held: readonly (string | null)[],
): Messages => {
  const isHeld = ({ id }: Message) => held.includes(id);
  const first = drawn[0]?.n ?? 0;
  const last = drawn.at(-1)?.n ?? 0;
  const wanted = new Set(held.filter((id) => id !== null)).size;
  if (wanted === 0 || drawn.filter(isHeld).length === wanted) return drawn;
  const beside = messages.filter(
    (message) => isHeld(message) && (message.n < first || message.n > last),
  );
  return beside.length === 0 ? drawn : [...drawn, ...beside].sort((a, b) => a.n - b.n);
};

/** The first index whose message has at least this `n`. */
export const indexOf = (messages: Messages, n: number): number =>
  firstIndex(0, messages.length, (at) => (messages[at]?.n ?? 0) >= n);

const endOf = (messages: Messages, { to }: Span): number =>
  (to === null ? messages.length : indexOf(messages, to + 1)) - 1;

const beginOf = (messages: Messages, { from }: Span, end: number): number =>
  Math.max(indexOf(messages, from), runBegin(messages, end));

/** Numbers rise by one from message to message, so two are of one run when both ways agree. */
const isRun = (messages: Messages, from: number, to: number): boolean =>
  (messages[to]?.n ?? 0) - (messages[from]?.n ?? 0) === to - from;
const runBegin = (messages: Messages, end: number): number =>
  firstIndex(0, end, (at) => isRun(messages, at, end));
const runEnd = (messages: Messages, begin: number): number =>
  firstIndex(begin + 1, messages.length, (at) => !isRun(messages, begin, at)) - 1;

function firstIndex(from: number, to: number, holds: (index: number) => boolean): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
