import type { Message, RoomEvent } from '../../src/rooms/contract.ts';

export const ROOM = 'room-0000001';
const AT = '2026-01-02T03:04:05.000Z';

export const person = (id: string) => ({
  id,
  username: id,
  name: id,
  bio: '',
  avatar: null,
  joinedAt: AT,
});

export const message = (n: number, fields: Partial<Message> = {}): Message => ({
  id: `message-${n}`,
  roomId: ROOM,
  seq: n,
  n,
  sender: person('ana'),
  body: `words ${n}`,
  at: AT,
  editedAt: null,
  deleted: false,
  replyTo: null,
  threadId: null,
  reactions: {},
  ...fields,
});

type Change = RoomEvent extends infer E
  ? E extends RoomEvent
    ? Omit<E, 'seq' | 'at'>
    : never
  : never;

/** An event with its place in the room's order. */
export const event = (seq: number, change: Change): RoomEvent => ({ ...change, seq, at: AT });
export const said = (seq: number, fields: Partial<Message> = {}): RoomEvent =>
  event(seq, { kind: 'message', message: message(seq, fields) });
