import type { Room, RoomEvent } from '../../../src/rooms/contract.ts';

/** The person whose list it is. */
export type Reader = { id: string; username: string };

/**
 * A row of the room list after one more event of its room; the same row for an event it counts
 * already. A deleted message may have been unread: only the server knows, see `needsRecount`.
 */
export const afterEvent = (room: Room, event: RoomEvent, reader: Reader): Room => {
  if (event.seq <= room.head) return room;
  const next = { ...room, head: event.seq };
  switch (event.kind) {
    case 'message':
      return withMessage(next, event.message, reader);
    case 'edit':
      return onLast(next, event.messageId, { body: event.body, html: event.html });
    case 'delete':
      return onLast(next, event.messageId, { body: '', html: undefined, deleted: true });
    case 'member':
      return withMember(next, event, reader);
    case 'room':
      return { ...next, title: event.title ?? next.title };
    case 'reaction':
      return next;
  }
};

/** A row after somebody (on any of my devices) has read up to `n`. */
export const afterRead = (room: Room, n: number): Room => {
  const lastRead = Math.max(room.lastRead, n);
  return lastRead >= room.n ? { ...room, lastRead, unread: 0, mentions: 0 } : { ...room, lastRead };
};

/** Whether the first knows more of the room, or of what is read, than the second. */
export const isNewer = (a: Room, b: Room): boolean => a.head > b.head || a.lastRead > b.lastRead;

/** Whether the counts of a row must be asked for after this event. */
export const needsRecount = (room: Room, event: RoomEvent): boolean =>
  event.kind === 'delete' && room.unread > 0;

export const mentions = (body: string, username: string): boolean =>
  new RegExp(`(^|[^\\w@])@${username}(?!\\w)`, 'i').test(body);

type MessageEvent = Extract<RoomEvent, { kind: 'message' }>;
type MemberEvent = Extract<RoomEvent, { kind: 'member' }>;

const withMessage = (room: Room, message: MessageEvent['message'], reader: Reader): Room => {
  const mine = message.sender?.id === reader.id;
  const counts = !mine && message.n > room.lastRead;
  const named = counts && mentions(message.body, reader.username);
  const next = {
    ...room,
    n: Math.max(room.n, message.n),
    lastMessage: message,
    unread: room.unread + (counts ? 1 : 0),
    mentions: room.mentions + (named ? 1 : 0),
  };
  // Who writes has read what stands above.
  return mine ? afterRead(next, message.n) : next;
};

const onLast = (room: Room, messageId: string, change: Partial<MessageEvent['message']>): Room =>
  room.lastMessage?.id === messageId
    ? { ...room, lastMessage: { ...room.lastMessage, ...change } }
    : room;

const withMember = (room: Room, { change, person, userId }: MemberEvent, reader: Reader): Room => {
  const joined = change === 'joined';
  const others = room.members?.filter(({ id }) => id !== userId);
  return {
    ...room,
    memberCount: Math.max(0, room.memberCount + (joined ? 1 : -1)),
    members: others && joined && person ? [...others, person] : others,
    role: userId === reader.id && !joined ? null : room.role,
  };
};
