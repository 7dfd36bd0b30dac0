import type { Person } from '../../../src/accounts/contract.ts';
import type { Message } from '../../../src/rooms/contract.ts';

/** How far one of my messages has come; `stored` is everything the server told. */
export type Delivery = 'stored' | 'sending' | 'sent' | 'failed';

/** A message on the screen: one of the log, or one of mine that waits in the outbox. */
export type Line = {
  key: string;
  message: Message;
  mine: boolean;
  delivery: Delivery;
  /** Set on a failed line: why it failed, in words. */
  error?: string;
  /** The first of its minute in the group carries the clock. */
  showTime: boolean;
};

export type Row =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'unread'; key: string }
  | { kind: 'group'; key: string; sender: Person | null; mine: boolean; lines: Line[] };

/** The key of each line's group. */
export type Groups = ReadonlyMap<string, string>;

export type Waiting = { message: Message; delivery: Delivery; error?: string };

/** A pause longer than this begins a new group even when the sender stays. */
const PAUSE_MS = 5 * 60_000;

/**
 * What a conversation shows, from top to bottom.
 * `firstUnread` is the `n` above which the line of unread messages is drawn; my own never begin it.
 * Where the messages begin later than that, the line belongs above them all, and is not drawn.
 * `known` is the group each line was in, as `keepKeys` answered it the last time.
 */
export function rowsOf(
  messages: readonly Message[],
  waiting: readonly Waiting[],
  meId: string,
  firstUnread: number | null,
  known: Groups = new Map(),
): Row[] {
  const rows: Row[] = [];
  let unread = firstUnread === null || (messages[0]?.n ?? 0) > firstUnread + 1 ? null : firstUnread;
  for (const line of linesOf(messages, waiting, meId)) {
    const { message, mine } = line;
    const previous = lastLine(rows);
    if (!previous || !sameDay(previous.message.at, message.at)) {
      rows.push({ kind: 'day', key: `day-${line.key}`, at: message.at });
    }
    if (unread !== null && !mine && message.n > unread) {
      rows.push({ kind: 'unread', key: 'unread' });
      unread = null;
    }
    append(rows, line, known);
  }
  return rows;
}

/**
 * Gives each group the key it had while any of its lines stays, also when it grows or loses lines
 * at its beginning: what stays on the screen is not drawn anew. Lines of `held` come first.
 * Answers the group of each line, for the next time.
 */
export function keepKeys(
  rows: readonly Row[],
  known: Groups,
  held: readonly (string | null)[],
): Map<string, string> {
  const next = new Map<string, string>();
  const taken = new Set<string>();
  for (const row of rows) {
    if (row.kind !== 'group') continue;
    const isHeld = ({ message }: Line) => held.includes(message.id);
    const lines = row.lines.toSorted((a, b) => Number(isHeld(b)) - Number(isHeld(a)));
    const kept = lines.map(({ key }) => known.get(key)).find((key) => key && !taken.has(key));
    // A group that lost its key to another must not take it back by chance.
    row.key = kept ?? (taken.has(row.key) ? `${row.key}-${taken.size}` : row.key);
    taken.add(row.key);
    for (const { key } of row.lines) next.set(key, row.key);
  }
  return next;
}

function linesOf(messages: readonly Message[], waiting: readonly Waiting[], meId: string): Line[] {
  const stored = new Set(messages.map((message) => keyOf(message)));
  const lines = messages.map((message) => lineOf(message, meId, 'stored'));
  for (const { message, delivery, error } of waiting) {
    if (!stored.has(keyOf(message))) lines.push({ ...lineOf(message, meId, delivery), error });
  }
  return lines;
}

function lineOf(message: Message, meId: string, delivery: Delivery): Line {
  const mine = message.sender?.id === meId;
  return { key: keyOf(message), message, mine, delivery, showTime: true };
}

/** The same key before and after the ack, so that a line keeps its place on the screen. */
function keyOf({ id, clientId }: Message): string {
  return clientId ?? id;
}

function append(rows: Row[], line: Line, known: Groups): void {
  const last = rows.at(-1);
  const before = last?.kind === 'group' ? last.lines.at(-1) : undefined;
  if (last?.kind === 'group' && before && continues(before, line, known)) {
    last.lines.push({ ...line, showTime: !sameMinute(before.message.at, line.message.at) });
    return;
  }
  const { message, mine } = line;
  rows.push({ kind: 'group', key: `by-${line.key}`, sender: message.sender, mine, lines: [line] });
}

/** A line that is held beside the others stays in its group, though what was between is gone. */
function continues(before: Line, next: Line, known: Groups): boolean {
  const wereOne = known.has(next.key) && known.get(next.key) === known.get(before.key);
  const isNext = next.delivery !== 'stored' || next.message.n === before.message.n + 1 || wereOne;
  const pause = Date.parse(next.message.at) - Date.parse(before.message.at);
  return isNext && before.message.sender?.id === next.message.sender?.id && pause < PAUSE_MS;
}

function lastLine(rows: readonly Row[]): Line | undefined {
  for (let i = rows.length - 1; i >= 0; i -= 1) {
    const row = rows[i];
    if (row?.kind === 'group') return row.lines.at(-1);
  }
  return undefined;
}

function sameMinute(a: string, b: string): boolean {
  return a.slice(0, 16) === b.slice(0, 16);
}

function sameDay(a: string, b: string): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}
