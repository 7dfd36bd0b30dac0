import { newId } from '../../src/platform/ids.ts';
import type {
  Appended,
  EventRecord,
  MemberRecord,
  NewEvent,
  RoomRecord,
} from '../../src/rooms/records.ts';

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

type Other = Exclude<NewEvent, { kind: 'message' }>;
type Fields = Other extends infer E ? (E extends Other ? Omit<E, 'id' | 'at'> : never) : never;
export const event = (fields: Fields): NewEvent =>
  ({ id: newId(), at: now(), ...fields }) as NewEvent;

/** The event that was stored, of this kind. */
export const stored = <K extends EventRecord['kind']>(
  outcome: Appended | undefined,
  kind: K,
): Extract<EventRecord, { kind: K }> => {
  if (outcome?.state !== 'stored' || outcome.event.kind !== kind)
    throw new Error(`not stored as ${kind}: ${JSON.stringify(outcome)}`);
  return outcome.event as Extract<EventRecord, { kind: K }>;
};

export const [ana, ben, cleo] = ['ana-ana-ana', 'ben-ben-ben', 'cleo-cleo-cleo'] as const;
