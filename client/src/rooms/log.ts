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

/** More messages than this are not kept; then those within `NEAR` of where one reads are. */
export const KEPT_MAX = 20_000;
const NEAR = 4_000;

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

/** A page of history from anywhere; between it and what is known there may be a hole. */
export const addPage = (log: RoomLog, messages: Message[]): RoomLog => {
  const known = new Set(log.messages.map((message) => message.id));
  const fresh = messages.filter((message) => !known.has(message.id));
  return fresh.length === 0 ? log : { ...log, messages: [...fresh, ...log.messages].sort(byN) };
};

/** Lets go of what is far from both the newest message and those `from` to `to`, by `n`. */
export const keepNear = (log: RoomLog, from: number, to: number): RoomLog => {
  const last = log.messages.at(-1)?.n ?? 0;
  const isNear = ({ n }: Message) => n > last - NEAR || (n > from - NEAR && n < to + NEAR);
  return { ...log, messages: log.messages.filter(isNear) };
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
