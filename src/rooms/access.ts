import { forbidden, notFound } from '../errors.ts';
import type { People } from '../people/service.ts';
import type { Actor } from '../platform/actor.ts';
import type { Entries, Entry } from './entries.ts';
import type { MessageRecord, RoomRecord } from './records.ts';

/** Reading asks only who it is. */
export type Reader = Pick<Actor, 'userId'>;

export type Access = {
  /** null for what this actor may not see. */
  find(actor: Reader | null, roomId: string): Promise<Entry | null>;
  findReadable(actor: Reader | null, roomId: string): Promise<RoomRecord | null>;
  /** Throws not_found, also for what this actor may not see. */
  requireReadable(actor: Actor | null, roomId: string): Promise<Entry>;
  /** The same for who has taken a seat: what changes from then on reaches the seat by itself. */
  requireHeard(actor: Actor | null, roomId: string): Promise<Entry>;
  /** Throws not_found, forbidden (not a member, or not accepted by the other). */
  requireWritable(actor: Actor, roomId: string): Promise<Entry>;
  /** Throws not_found, forbidden (neither owner nor moderator). */
  requireModeration(actor: Actor, roomId: string): Promise<Entry>;
  mayDelete(actor: Actor, entry: Entry, message: MessageRecord): boolean;
  /** Whether the two may begin to talk: no block, and `target` accepts messages of `userId`. */
  requireAccepted(userId: string, targetId: string): Promise<void>;
};

/** The two people of a direct room make its key. */
export const directKeyOf = (a: string, b: string): string => [a, b].sort().join(':');
const otherIn = (directKey: string, userId: string): string =>
  directKey.split(':').find((id) => id !== userId) ?? userId;

export const mayRead = ({ room, member }: Entry, userId: string | null): boolean => {
  switch (room.kind) {
    case 'direct':
    case 'group':
      return member !== null;
    case 'public':
      return true;
    case 'article':
      return room.article?.open === true || room.createdBy === userId;
  }
};

/** The same words for a block and for a choice of settings: neither is announced. */
const notAccepting = () => forbidden('This person is not accepting messages.');

type Options = {
  entries: Pick<Entries, 'load' | 'look' | 'recall'>;
  people: Pick<People, 'isBlocked' | 'areFriends'>;
  messagesFrom: (userId: string) => Promise<'everyone' | 'friends' | 'nobody'>;
};

/** Who may do what in a room: the only way to load one for somebody. */
export const createAccess = ({ entries, people, messagesFrom }: Options): Access => {
  const readable = (entry: Entry | null, actor: Reader | null): Entry | null =>
    entry && mayRead(entry, actor?.userId ?? null) ? entry : null;
  const required = (entry: Entry | null): Entry => {
    if (!entry) throw notFound('room');
    return entry;
  };
  const find = async (actor: Reader | null, roomId: string): Promise<Entry | null> =>
    readable(await entries.load(actor?.userId ?? null, roomId), actor);
  const requireReadable: Access['requireReadable'] = async (actor, roomId) =>
    required(await find(actor, roomId));

  return {
    find,
    findReadable: async (actor, roomId) => (await find(actor, roomId))?.room ?? null,
    requireReadable,
    requireHeard: async (actor, roomId) =>
      actor
        ? required(readable(await entries.look(actor.userId, roomId), actor))
        : requireReadable(null, roomId),
    requireWritable: async (actor, roomId) => {
      const entry = required(readable(await entries.recall(actor.userId, roomId), actor));
      const { room, member } = entry;
      if (room.kind === 'public' && !member) throw forbidden('Join the room first.');
      if (room.directKey) {
        const other = otherIn(room.directKey, actor.userId);
        if (await people.isBlocked(actor.userId, other)) throw notAccepting();
      }
      return entry;
    },
    requireModeration: async (actor, roomId) => {
      const entry = await requireReadable(actor, roomId);
      if (!moderates(actor, entry)) throw forbidden('Only its owner and moderators may do this.');
      return entry;
    },
    mayDelete: (actor, entry, message) =>
      message.senderId === actor.userId || moderates(actor, entry),
    requireAccepted: async (userId, targetId) => {
      const from = await messagesFrom(targetId);
      if (from === 'nobody') throw notAccepting();
      if (from === 'friends' && !(await people.areFriends(userId, targetId))) throw notAccepting();
    },
  };
};

const moderates = (actor: Actor, { room, member }: Entry): boolean => {
  if (actor.roles.includes('admin')) return true;
  // The author of an article owns its room, member or not.
  if (room.kind === 'article' && room.createdBy === actor.userId) return true;
  return member?.role === 'owner' || member?.role === 'moderator';
};
