import type { Person } from '../accounts/contract.ts';
import type { Ready } from '../contract.ts';
import { DomainError, notFound } from '../errors.ts';
import type { Actor } from '../platform/actor.ts';
import type { Connection } from '../platform/connections.ts';
import type { Live } from '../platform/live.ts';
import { shared } from '../platform/shared-json.ts';
import type { Access } from './access.ts';
import type { RoomJoined } from './contract.ts';
import type { Hub } from './hub.ts';
import type { Listing } from './listing.ts';
import { type ReadPositions, SEEN_BY_MAX } from './read-positions.ts';
import type { CaughtUp, Reading } from './reading.ts';
import { emptyHead } from './records.ts';
import { createSame } from './same.ts';
import type { RoomsStore } from './store.ts';

/** Rooms that one connection hears in full. */
const SEATS_MAX = 100;

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
  /** Lets a new connection hear of its person's rooms from outside, and answers how they stand. */
  welcome(connection: Connection): Promise<Ready['rooms']>;
};

type Options = {
  store: RoomsStore;
  access: Access;
  hub: Hub;
  reading: Reading;
  positions: ReadPositions;
  listing: Listing;
  live: Pick<Live, 'toUser'>;
};

const othersOf = (positions: ReadonlyMap<string, number>, userId: string) =>
  [...positions].flatMap(([id, n]) => (id === userId ? [] : [{ userId: id, n }]));

export const createAttending = (options: Options): Attending => {
  const { store, access, hub, reading, positions, listing, live } = options;

  const names = createSame<Person[] | undefined>();
  const sizeOf = async (roomId: string) => (await store.memberCounts([roomId])).get(roomId) ?? 0;
  const enter = async (connection: Connection, roomId: string, after?: After) => {
    // The seat comes first, then the question who may: one who is removed in between loses it.
    const { seat, given } = await hub.enter(connection, roomId);
    const { room, member } = await access.requireHeard(connection.actor, roomId);
    const found = await reading.catchUp(roomId, after, given);
    if (room.kind === 'article') return { seat, found, member };
    const named = await names.ask(roomId, found.head, async () => {
      const people = await listing.members(room);
      return people && shared(people);
    });
    const read = member && (await positions.of(roomId, found.head));
    return { seat, found, member, named, reads: read && othersOf(read, member.userId) };
  };

  /** Nobody keeps how far a guest has read. */
  const asGuest = async (roomId: string, n: number) => {
    const head = (await store.heads([roomId])).get(roomId) ?? emptyHead;
    return { lastRead: Math.min(n, head.n) };
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
      if (!member) return asGuest(roomId, n);
      if (n <= member.lastRead) return { lastRead: member.lastRead };
      const lastRead = await store.raiseRead(roomId, userId, n);
      if (lastRead === null) {
        // Out of the room since it was asked; who may still read does so as a guest.
        await access.requireReadable(actor, roomId);
        return asGuest(roomId, n);
      }
      if (lastRead <= member.lastRead) return { lastRead };
      live.toUser(userId, 'room:read', { roomId, userId, n: lastRead });
      const count = room.kind === 'article' ? Number.POSITIVE_INFINITY : await sizeOf(roomId);
      if (count <= SEEN_BY_MAX) hub.note(roomId, { kind: 'read', userId, n: lastRead });
      return { lastRead };
    },
    welcome: async (connection) => {
      if (!connection.actor) return [];
      const { userId } = connection.actor;
      const mine = await listing.entriesOf(userId);
      const known = new Set(mine.map(({ room }) => room.id));
      await hub.watch(connection, [...known]);
      // A room that was joined in between is heard already.
      const isWhole = hub.roomsOf(connection).every((roomId) => known.has(roomId));
      return listing.summaries(userId, isWhole ? mine : await listing.entriesOf(userId));
    },
  };
};
