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

export type Waiting = { message: Message; delivery: Delivery; error?: string };

/** A pause longer than this begins a new group even when the sender stays. */
const PAUSE_MS = 5 * 60_000;

/**
 * What a conversation shows, from top to bottom.
 * `firstUnread` is the `n` above which the line of unread messages is drawn; my own never begin it.
 */
export function rowsOf(
  messages: readonly Message[],
  waiting: readonly Waiting[],
  meId: string,
  firstUnread: number | null,
): Row[] {
  const rows: Row[] = [];
  let unreadDrawn = firstUnread === null;
  for (const line of linesOf(messages, waiting, meId)) {
    const { message, mine } = line;
    const previous = lastLine(rows);
    if (!previous || !sameDay(previous.message.at, message.at)) {
      rows.push({ kind: 'day', key: `day-${line.key}`, at: message.at });
    }
    if (!unreadDrawn && !mine && firstUnread !== null && message.n > firstUnread) {
      rows.push({ kind: 'unread', key: 'unread' });
      unreadDrawn = true;
    }
    append(rows, line);
  }
  return rows;
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

function append(rows: Row[], line: Line): void {
  const last = rows.at(-1);
  const before = last?.kind === 'group' ? last.lines.at(-1) : undefined;
  if (last?.kind === 'group' && before && continues(before.message, line.message)) {
    last.lines.push({ ...line, showTime: !sameMinute(before.message.at, line.message.at) });
    return;
  }
  const { message, mine } = line;
  rows.push({ kind: 'group', key: `by-${line.key}`, sender: message.sender, mine, lines: [line] });
}

function continues(before: Message, next: Message): boolean {
  return (
    before.sender?.id === next.sender?.id && Date.parse(next.at) - Date.parse(before.at) < PAUSE_MS
  );
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
