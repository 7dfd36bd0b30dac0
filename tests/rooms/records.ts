import { newId } from '../../src/platform/ids.ts';
import type { MemberRecord, NewEvent, RoomRecord } from '../../src/rooms/records.ts';

let ticks = Date.parse('2026-01-01T00:00:00.000Z');
/** A time after all that were given before. */
export const now = () => new Date((ticks += 1)).toISOString();

export const aRoom = (over: Partial<RoomRecord> = {}): RoomRecord => ({
  ...{ id: newId(), kind: 'group', title: 'A room', createdAt: now(), createdBy: 'ana-ana-ana' },
  ...{ directKey: null, article: null },
  ...over,
});
export const aMember = (userId: string, over: Partial<MemberRecord> = {}): MemberRecord => ({
  ...{ roomId: '', userId, role: 'member', joinedAt: now(), lastRead: 0 },
  ...{ muted: false, hidden: false },
  ...over,
});
export const aMessage = (
  roomId: string,
  senderId: string,
  over: Partial<Extract<NewEvent, { kind: 'message' }>> = {},
): NewEvent => ({
  ...{ kind: 'message', id: newId(), roomId, at: now(), senderId, clientId: newId() },
  ...{ digest: 'd', body: 'Hello', html: null, replyTo: null, threadId: null, mentions: [] },
  joins: false,
  ...over,
});
