import type { Message, RoomEvent } from '../../src/rooms/contract.ts';
import type { Row, States } from './history.ts';

/** What a device shows of one room: a log without holes, and what waits behind a hole. */
export type View = {
  roomId: string;
  epoch: string;
  /** Shown are all events after `base`. */
  base: number;
  /** Every event up to here was shown. */
  seq: number;
  /** The highest event known to exist. */
  head: number;
  rows: Row[];
  messages: Map<string, Message>;
  held: Map<number, RoomEvent>;
};

export const emptyView = (roomId: string, epoch: string): View => ({
  roomId,
  epoch,
  base: 0,
  seq: 0,
  head: 0,
  rows: [],
  messages: new Map(),
  held: new Map(),
});

/** The first word of a body; an edit keeps it, and a deleted message has none. */
export const markOf = (body: string): string | null => body.split(' ', 1)[0] || null;

/** What an event is, in one line: the same for everybody who sees it. */
const nameOf = (event: RoomEvent): string => {
  switch (event.kind) {
    case 'message':
      return event.message.id;
    case 'edit':
    case 'delete':
      return `${event.kind} ${event.messageId}`;
    case 'reaction':
      return `reaction ${event.messageId} ${event.emoji} ${event.userId} ${event.on}`;
    case 'member':
      return `member ${event.userId} ${event.change}`;
    case 'room':
      return `room ${event.title}`;
  }
};

export const rowOf = (event: RoomEvent): Row => ({
  seq: event.seq,
  id: nameOf(event),
  mark: event.kind === 'message' ? markOf(event.message.body) : null,
});

const stateOf = ({ body, deleted, reactions }: Message): string => {
  const given = Object.entries(reactions)
    .map(([emoji, userIds]) => `${emoji} ${userIds.toSorted().join(',')}`)
    .toSorted();
  return JSON.stringify([body, deleted, given]);
};

export const statesOf = (messages: Iterable<Message>): States => {
  const states: States = {};
  for (const message of messages) states[message.id] = stateOf(message);
  return states;
};

const react = (message: Message, emoji: string, userId: string, on: boolean): Message => {
  const { [emoji]: given = [], ...rest } = message.reactions;
  const others = given.filter((id) => id !== userId);
  const now = on ? [...others, userId] : others;
  return { ...message, reactions: now.length > 0 ? { ...rest, [emoji]: now } : rest };
};

const apply = ({ messages }: View, event: RoomEvent) => {
  if (event.kind === 'message') return void messages.set(event.message.id, event.message);
  if (event.kind === 'member' || event.kind === 'room') return;
  const message = messages.get(event.messageId);
  if (!message) return;
  if (event.kind === 'edit') messages.set(message.id, { ...message, body: event.body });
  if (event.kind === 'delete')
    messages.set(message.id, { ...message, body: '', deleted: true, reactions: {} });
  if (event.kind === 'reaction')
    messages.set(message.id, react(message, event.emoji, event.userId, event.on));
};

/** Takes events in any order and number; each is shown once, in the order of `seq`. */
export const take = (view: View, events: readonly RoomEvent[]) => {
  for (const event of events) {
    if (event.seq > view.seq) view.held.set(event.seq, event);
    view.head = Math.max(view.head, event.seq);
  }
  for (let next = view.held.get(view.seq + 1); next; next = view.held.get(view.seq + 1)) {
    view.held.delete(next.seq);
    view.rows.push(rowOf(next));
    apply(view, next);
    view.seq = next.seq;
  }
};

/** Begins anew from a page that shows the room as of `head`. */
export const begin = (view: View, epoch: string, head: number, page: readonly Message[]) => {
  const later = [...view.held.values()].filter(({ seq }) => seq > head);
  Object.assign(view, emptyView(view.roomId, epoch), { base: head, seq: head, head });
  for (const message of page) view.messages.set(message.id, message);
  take(view, later);
};

export const hasHole = (view: View): boolean => view.head > view.seq;
