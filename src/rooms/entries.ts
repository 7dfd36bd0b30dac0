import { remember } from '../platform/remember.ts';
import type { MemberRecord, RoomRecord } from './records.ts';
import type { RoomsStore } from './store.ts';

/** A room that somebody may see, and what they are in it. */
export type Entry = { room: RoomRecord; member: MemberRecord | null };

/** Members of one room who are remembered: more hardly write at once. */
const MEMBERS_MAX = 1_000;

export type Entries = {
  /** The room and who somebody is in it, as the store has it now; null when there is no room. */
  load(userId: string | null, roomId: string): Promise<Entry | null>;
  /** The same, with the room as it is remembered: its changes are heard. */
  look(userId: string, roomId: string): Promise<Entry | null>;
  /** The same, without a look into the store; how far they have read may be long ago. */
  recall(userId: string, roomId: string): Promise<Entry | null>;
  /** The room alone, remembered in the same way. */
  room(roomId: string): Promise<RoomRecord | null>;
  /** From now on this process hears every event of the room: what it learns may be remembered. */
  keep(roomId: string): void;
  /** Somebody is gone, or the room itself has changed. */
  forget(roomId: string): void;
  /** The room is heard no longer. */
  drop(roomId: string): void;
};

type Store = Pick<RoomsStore, 'room' | 'member' | 'settle'>;
type Known = { room: RoomRecord | null; members: Map<string, Entry> };
const nothing = (): Known => ({ room: null, members: new Map() });

/**
 * Rooms and who is in them. Who writes in a room that this process hears is remembered until its
 * events say otherwise. Only members are: who joins is let in at once.
 */
export const createEntries = (store: Store): Entries => {
  const heard = new Map<string, Known>();

  const load: Entries['load'] = async (userId, roomId) => {
    const look = () =>
      Promise.all([store.room(roomId), userId ? store.member(roomId, userId) : null]);
    const [found, unsettled] = await Promise.all([look(), store.settle(roomId)]);
    const [room, member] = unsettled ? await look() : found;
    return room ? { room, member } : null;
  };
  const look: Entries['look'] = async (userId, roomId) => {
    // Forgetting puts another in its place: what was read before that is not remembered.
    const known = heard.get(roomId);
    if (known?.room) return { room: known.room, member: await store.member(roomId, userId) };
    const entry = await load(userId, roomId);
    if (known && entry) known.room = entry.room;
    return entry;
  };
  return {
    load,
    look,
    recall: async (userId, roomId) => {
      const known = heard.get(roomId);
      const remembered = known?.members.get(userId);
      if (remembered) return remembered;
      const entry = await look(userId, roomId);
      if (known && entry?.member) remember(known.members, userId, entry, MEMBERS_MAX);
      return entry;
    },
    room: async (roomId) => {
      const known = heard.get(roomId);
      if (known?.room) return known.room;
      const room = await store.room(roomId);
      if (known) known.room = room;
      return room;
    },
    keep: (roomId) => void heard.set(roomId, nothing()),
    forget: (roomId) => {
      if (heard.has(roomId)) heard.set(roomId, nothing());
    },
    drop: (roomId) => void heard.delete(roomId),
  };
};
