import type { Message, RoomEvent } from '../../../src/rooms/contract.ts';

/**
 * What one client knows of one room: messages as they stand after event `seq`.
 * A plain value; every function answers a new one and leaves the old as it was.
 */
export type RoomLog = {
  roomId: string;
  /** Of the store the numbers come from. Two epochs are never mixed. */
  epoch: string;
  /** Every event up to here is in `messages`. */
  seq: number;
  /** The highest event known to exist; above `seq` while something is missing. */
  head: number;
  /** By `n`, ascending. */
  messages: Message[];
  /** Events that wait for an earlier one, by `seq`, ascending. */
  held: RoomEvent[];
};

type Snapshot = { roomId: string; epoch: string; head: number; messages: Message[] };

/** The log right after a page was loaded that shows the room as it stands at `head`. */
export const startLog = ({ roomId, epoch, head, messages }: Snapshot): RoomLog => ({
  roomId,
  epoch,
  seq: head,
  head,
  messages: [...messages].sort(byN),
  held: [],
});

/** Takes events in any order and any number of times; each counts once, in the order of `seq`. */
export const addEvents = (log: RoomLog, events: RoomEvent[]): RoomLog => {
  const fresh = new Map(log.held.map((event) => [event.seq, event]));
  for (const event of events) if (event.seq > log.seq) fresh.set(event.seq, event);
  if (fresh.size === 0) return log;
  const waiting = [...fresh.values()].sort((a, b) => a.seq - b.seq);
  const next = {
    ...log,
    messages: log.messages,
    head: Math.max(log.head, waiting.at(-1)?.seq ?? 0),
  };
  let taken = 0;
  for (const event of waiting) {
    if (event.seq !== next.seq + 1) break;
    next.messages = applyEvent(next.messages, event);
    next.seq = event.seq;
    taken += 1;
  }
  next.held = waiting.slice(taken);
  return next;
};

/** The server says that events up to `head` exist (an ack, a room:head). */
export const noteHead = (log: RoomLog, head: number): RoomLog =>
  head > log.head ? { ...log, head } : log;

/** Whether an event is known to be missing: ask `room:sync` after `log.seq`. */
export const hasHole = (log: RoomLog): boolean => log.head > log.seq;

/** An older page; its messages stand as of now, so later events have touched them already. */
export const addOlder = (log: RoomLog, messages: Message[]): RoomLog => {
  const known = new Set(log.messages.map((message) => message.id));
  const older = messages.filter((message) => !known.has(message.id));
  return older.length === 0 ? log : { ...log, messages: [...older, ...log.messages].sort(byN) };
};

/** The same messages after one more event. */
export const applyEvent = (messages: Message[], event: RoomEvent): Message[] => {
  switch (event.kind) {
    case 'message':
      return insert(messages, event.message);
    case 'edit':
      return change(messages, event, (message) => ({
        ...message,
        body: event.body,
        html: event.html,
        editedAt: event.editedAt,
      }));
    case 'delete':
      return change(messages, event, asDeleted);
    case 'reaction':
      return change(messages, event, (message) => ({
        ...message,
        reactions: react(message.reactions, event.emoji, event.userId, event.on),
      }));
    case 'member':
    case 'room':
      return messages;
  }
};

/** As the server shows a deleted message: its place stays, its words are gone. */
const asDeleted = (message: Message): Message => ({
  ...message,
  body: '',
  html: undefined,
  deleted: true,
  reactions: {},
});

const byN = (a: Message, b: Message): number => a.n - b.n;

const insert = (messages: Message[], message: Message): Message[] => {
  const last = messages.at(-1);
  if (!last || last.n < message.n) return [...messages, message];
  if (messages.some((known) => known.id === message.id)) return messages;
  return [...messages, message].sort(byN);
};

const change = (
  messages: Message[],
  event: { messageId: string },
  to: (message: Message) => Message,
): Message[] => {
  const index = messages.findLastIndex((message) => message.id === event.messageId);
  const found = messages[index];
  return found ? messages.with(index, to(found)) : messages;
};

const react = (
  reactions: Message['reactions'],
  emoji: string,
  userId: string,
  on: boolean,
): Message['reactions'] => {
  const others = (reactions[emoji] ?? []).filter((id) => id !== userId);
  const next = on ? [...others, userId] : others;
  if (next.length > 0) return { ...reactions, [emoji]: next };
  const { [emoji]: _gone, ...rest } = reactions;
  return rest;
};
