import type { Person } from '../../src/accounts/contract.ts';
import type { Message, Room } from '../../src/rooms/contract.ts';

export const person = (username: string): Person => ({
  id: `person-${username}`,
  username,
  name: username,
  bio: '',
  avatar: null,
  joinedAt: '2026-01-01T00:00:00.000Z',
});
export const ANA = person('ana');
export const BEN = person('ben');

export const message = (n: number, fields: Partial<Message> = {}): Message => ({
  id: `message-${n}`,
  roomId: 'room-0000001',
  seq: n,
  n,
  sender: BEN,
  clientId: `client-id-of-${n}`,
  body: `words ${n}`,
  at: `2026-03-04T10:${String(n % 60).padStart(2, '0')}:00.000Z`,
  editedAt: null,
  deleted: false,
  replyTo: null,
  threadId: null,
  reactions: {},
  ...fields,
});

export const row = (fields: Partial<Room> = {}): Room => ({
  id: 'room-0000001',
  kind: 'group',
  title: 'A room',
  members: [ANA, BEN],
  memberCount: 2,
  head: 0,
  n: 0,
  lastRead: 0,
  unread: 0,
  mentions: 0,
  muted: false,
  epoch: 'epoch-1',
  role: 'member',
  lastMessage: null,
  ...fields,
});
