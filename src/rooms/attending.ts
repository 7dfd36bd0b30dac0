import type { Person } from '../accounts/contract.ts';
import { DomainError, notFound } from '../errors.ts';
import type { Actor } from '../platform/actor.ts';
import type { Connection } from '../platform/connections.ts';
import type { Live } from '../platform/live.ts';
import type { Access } from './access.ts';
import type { RoomJoined } from './contract.ts';
import type { Hub } from './hub.ts';
import type { Listing } from './listing.ts';
import type { CaughtUp, Reading } from './reading.ts';
import { emptyHead, type RoomRecord } from './records.ts';
import { createSame } from './same.ts';
import type { RoomsStore } from './store.ts';

/** Rooms that one connection hears in full. */
const SEATS_MAX = 100;
/** In rooms up to this size members see how far the others have read. */
const SEEN_BY_MAX = 50;

type After = { epoch: string; seq: number };
export type Synced = Omit<CaughtUp, 'n'> & { epoch: string };

export type Attending = {
  /**
   * Lets a connection hear every event of a room, and answers what it does not know yet: nothing
   * is missed or given twice in between. Errors: not_found, rate_limited.
   */
  join(
    connection: Connection,
    input: { roomId: string; after?: After | undefined },
  ): Promise<RoomJoined>;
  /** Back to hearing of the room from outside. */
  leave(connection: Connection, roomId: string): Promise<void>;
  /** What is missing after `after`, as in join. */
  sync(actor: Actor | null, input: { roomId: string; after: number }): Promise<Synced>;
  /** Moves my read position, on all devices; it never goes back. */
  read(actor: Actor, input: { roomId: string; n: number }): Promise<{ lastRead: number }>;
  /** Lets a new connection hear of its person's rooms. To be called before `summaries`. */
  watch(connection: Connection): Promise<void>;
};

type Options = {
  store: RoomsStore;
  access: Access;
  hub: Hub;
  reading: Reading;
  listing: Listing;
  live: Pick<Live, 'toUser'>;
};

export const createAttending = (options: Options): Attending => {
  const { store, access, hub, reading, listing, live } = options;

  const names = createSame<Person[] | undefined>();
  const sizeOf = async (roomId: string) => (await store.memberCounts([roomId])).get(roomId) ?? 0;
  /** For members, of a room that is small enough to tell. */
  const readsOf = async (room: RoomRecord, userId: string) => {
    if (room.kind === 'article') return undefined;
    const members = await store.members(room.id, SEEN_BY_MAX + 1);
    if (members.length > SEEN_BY_MAX) return undefined;
    const others = members.filter((other) => other.userId !== userId);
    return others.map((other) => ({ userId: other.userId, n: other.lastRead }));
  };
  const enter = async (connection: Connection, roomId: string, after?: After) => {
    // The seat comes first, then the question who may: one who is removed in between loses it.
    const { seat, given } = await hub.enter(connection, roomId);
    const { room, member } = await access.requireHeard(connection.actor, roomId);
    const found = await reading.catchUp(roomId, after, given);
    const named =
      room.kind === 'article'
        ? undefined
        : await names(roomId, found.head, () => listing.members(room));
    const reads = member && (await readsOf(room, member.userId));
    return { seat, found, member, named, reads };
  };

  return {
    join: async (connection, { roomId, after }) => {
      if (hub.seatsOf(connection) >= SEATS_MAX)
        throw new DomainError('rate_limited', 'Too many rooms at once; leave one first.');
      const entered = await enter(connection, roomId, after).catch((error: unknown) => {
        hub.leave(connection, roomId);
        throw error;
      });
      const { seat, found, member, named, reads } = entered;
      if (!hub.isIn(connection, roomId, seat)) throw notFound('room');
      // After this turn, so that the answer is on its way before the first event.
      setImmediate(() => hub.release(connection, roomId, seat, found.head));
      return {
        epoch: store.epoch,
        ...found,
        lastRead: member?.lastRead ?? found.n,
        ...(named && { members: named }),
        ...(reads && { reads }),
      };
    },
    leave: async (connection, roomId) => {
      hub.leave(connection, roomId);
      const entry = await access.find(connection.actor, roomId);
      if (entry?.member) await hub.watch(connection, [roomId]);
    },
    sync: async (actor, { roomId, after }) => {
      await access.requireReadable(actor, roomId);
      const { n: _n, ...found } = await reading.catchUp(roomId, { epoch: store.epoch, seq: after });
      return { epoch: store.epoch, ...found };
    },
    read: async (actor, { roomId, n }) => {
      const { userId } = actor;
      const { room, member } = await access.requireReadable(actor, roomId);
      if (!member) {
        const head = (await store.heads([roomId])).get(roomId) ?? emptyHead;
        return { lastRead: Math.min(n, head.n) };
      }
      if (n <= member.lastRead) return { lastRead: member.lastRead };
      const lastRead = await store.raiseRead(roomId, userId, n);
      if (lastRead <= member.lastRead) return { lastRead };
      live.toUser(userId, 'room:read', { roomId, userId, n: lastRead });
      const count = room.kind === 'article' ? Number.POSITIVE_INFINITY : await sizeOf(roomId);
      if (count <= SEEN_BY_MAX) hub.note(roomId, { kind: 'read', userId, n: lastRead });
      return { lastRead };
    },
    watch: async (connection) => {
      if (!connection.actor) return;
      await hub.watch(connection, await listing.idsOf(connection.actor.userId));
    },
  };
};
