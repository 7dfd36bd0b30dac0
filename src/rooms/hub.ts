import type { Logger } from '../log.ts';
import type { Bus } from '../platform/bus.ts';
import type { Connection } from '../platform/connections.ts';
import type { Frame } from '../platform/frame.ts';
import type { RoomEvent } from './contract.ts';
import { createDelivery } from './delivery.ts';
import type { Entries } from './entries.ts';
import { createHeadNotices } from './heads.ts';
import { createHints, type Note } from './hints.ts';
import { packetsOf } from './packets.ts';
import { createPlaces, type Places, type Seat } from './places.ts';
import type { LogStore } from './store.ts';
import { createTurns } from './turns.ts';

/** Of a seat that waits for nothing. */
const noneHeld: Seat['held'] = [];

/** How often the heads of active rooms are compared with the store; hints may be lost. */
const COMPARE_MS = 2_000;
/** The same while the bus is out of reach. */
const COMPARE_ALONE_MS = 300;

export type Hub = {
  /** Hands stored events to this process's connections and tells the other processes. */
  publish(roomId: string, events: readonly RoomEvent[]): void;
  /** Events up to `seq` are stored and could not be handed over: reads them soon. */
  behind(roomId: string, seq: number): void;
  /**
   * Takes a seat; resolves when nothing that is stored from now on can be missed, with the last
   * event that others here were given before.
   */
  enter(connection: Connection, roomId: string): Promise<{ seat: Seat; given: number }>;
  /** Whether the connection still has this seat. */
  isIn(connection: Connection, roomId: string, seat: Seat): boolean;
  /** The reader has everything up to `seq`: hands over what came since. */
  release(connection: Connection, roomId: string, seat: Seat, seq: number): void;
  /** Gives the seat, and any watching, up. */
  leave(connection: Connection, roomId: string): void;
  /** Lets a member hear of these rooms from outside; rooms with a seat stay as they are. */
  watch(connection: Connection, roomIds: readonly string[]): Promise<void>;
  seatsOf(connection: Connection): number;
  /** The rooms that it hears, with a seat or from outside. */
  roomsOf(connection: Connection): string[];
  /** Passes a note on to the room on every process, this one included. */
  note(roomId: string, note: Note): void;
  /** To the seats of this process. */
  tellHere(
    roomId: string,
    frame: Frame,
    options?: { volatile?: boolean; exceptUserId?: string },
  ): void;
  /** The members of this process who watch, with their connections. */
  watchersOf(roomId: string): Map<string, Connection[]>;
  close(): void;
};

type Options = {
  bus: Bus;
  log: Logger;
  store: Pick<LogStore, 'epoch' | 'heads' | 'newer' | 'noteHead'>;
  /** Kept as long as a room is heard. */
  entries: Pick<Entries, 'keep' | 'forget' | 'drop'>;
  /** The next events after `after`, as clients see them. */
  read: (roomId: string, after: number, limit: number) => Promise<RoomEvent[]>;
  tellWatchers: (roomId: string) => Promise<void>;
  heard: (roomId: string, note: Note) => void;
  /** Which of these connections may no longer hear the room. */
  refused: (roomId: string, connections: readonly Connection[]) => Promise<readonly Connection[]>;
};

/** Asks for the heads of many rooms once. */
const headsTogether = (store: Pick<LogStore, 'heads'>, roomIds: readonly string[]) => {
  let asked: ReturnType<LogStore['heads']> | undefined;
  return async (roomId: string): Promise<number> => {
    asked ??= store.heads(roomIds);
    return (await asked).get(roomId)?.seq ?? 0;
  };
};

/** The rooms that somebody of this process is in, kept complete over lost hints. */
export const createHub = (options: Options): Hub => {
  const { bus, log, store, entries, read, refused, heard } = options;
  const hints = createHints(bus, store.epoch);
  const notices = createHeadNotices(options.tellWatchers, log);
  const delivery = createDelivery({
    ...{ epoch: store.epoch, log, read, refused, touched: notices.touch },
    changed: entries.forget,
    places: () => places,
  });
  const places: Places = createPlaces({
    listen: (room) =>
      hints.listen(room.id, {
        events: (packet) => {
          const { to, n, changed } = packet;
          // After what may have closed the room, `append` has to look.
          if (n !== null && !changed) store.noteHead(room.id, { seq: to, n });
          delivery.offer(room, packet);
        },
        note: (note) => heard(room.id, note),
      }),
    closed: (room) => entries.drop(room.id),
    opened: (room) => {
      entries.keep(room.id);
      if (room.wanted > room.lastSeq) void delivery.catchUp(room);
    },
  });

  let mark: number | null = null;
  const compare = async () => {
    const rooms = places.all().filter(({ lastSeq }) => lastSeq >= 0);
    if (rooms.length === 0) return;
    const found = await store.newer(new Map(rooms.map(({ id, lastSeq }) => [id, lastSeq])), mark);
    ({ mark } = found);
    for (const room of rooms) {
      room.wanted = Math.max(room.wanted, found.heads.get(room.id) ?? 0);
      if (room.wanted > room.lastSeq) void delivery.catchUp(room);
    }
  };
  const comparing = createTurns({
    task: compare,
    everyMs: COMPARE_ALONE_MS,
    isDue: (sinceMs) => !bus.healthy() || sinceMs >= COMPARE_MS - COMPARE_ALONE_MS,
    log,
  });
  bus.onGap(comparing.now);

  return {
    publish: (roomId, events) => {
      const room = places.find(roomId);
      if (!room && bus.kind === 'memory') return;
      for (const packet of packetsOf(roomId, store.epoch, events)) {
        if (room) delivery.offer(room, packet);
        hints.packet(roomId, packet);
      }
    },
    behind: (roomId, seq) => {
      const room = places.find(roomId);
      if (room) room.wanted = Math.max(room.wanted, seq);
    },
    enter: async (connection, roomId) => {
      const room = places.open(roomId, headsTogether(store, [roomId]));
      const given = room.lastSeq;
      const seat = places.sit(room, connection);
      await room.ready;
      return { seat, given: given < 0 ? room.lastSeq : given };
    },
    isIn: (connection, roomId, seat) => places.find(roomId)?.seats.get(connection) === seat,
    release: (connection, roomId, seat, seq) => {
      const room = places.find(roomId);
      if (!room || room.seats.get(connection) !== seat) return;
      const { held } = seat;
      seat.seq = seq;
      seat.held = noneHeld;
      for (const packet of held) delivery.give(room, connection, seat, packet);
    },
    leave: (connection, roomId) => {
      const room = places.find(roomId);
      if (room) places.drop(room, connection);
    },
    watch: async (connection, roomIds) => {
      const { actor } = connection;
      if (!actor) return;
      const headOf = headsTogether(
        store,
        roomIds.filter((id) => !places.find(id)),
      );
      const rooms = roomIds.map((id) => places.open(id, headOf));
      for (const room of rooms) places.watch(room, connection, actor.userId);
      await Promise.all(rooms.map(({ ready }) => ready));
    },
    seatsOf: places.seatsOf,
    roomsOf: places.roomsOf,
    note: (roomId, note) => {
      heard(roomId, note);
      hints.note(roomId, note);
    },
    tellHere: (roomId, frame, { volatile = false, exceptUserId } = {}) => {
      for (const [connection, seat] of places.find(roomId)?.seats ?? [])
        if (seat.seq !== null && connection.actor?.userId !== exceptUserId)
          connection.send(frame, { volatile });
    },
    watchersOf: (roomId) => {
      const byUser = new Map<string, Connection[]>();
      for (const [connection, userId] of places.find(roomId)?.watchers ?? [])
        byUser.set(userId, [...(byUser.get(userId) ?? []), connection]);
      return byUser;
    },
    close: () => {
      comparing.close();
      notices.close();
      places.close();
    },
  };
};
