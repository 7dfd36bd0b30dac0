import type { Logger } from '../log.ts';
import type { Bus } from '../platform/bus.ts';
import type { Connection } from '../platform/connections.ts';
import { encode, type Frame } from '../platform/frame.ts';
import type { RoomEvent } from './contract.ts';
import { createHeadNotices } from './heads.ts';
import { createHints, type Note } from './hints.ts';
import { type Packet, packetsOf, restOf } from './packets.ts';
import type { LogStore } from './store.ts';
import { createTurns } from './turns.ts';

/** How often the heads of active rooms are compared with the store; hints may be lost. */
const COMPARE_MS = 2_000;
const COMPARE_ALONE_MS = 300;
/** Events that are read at once to fill a gap. */
const CATCH_UP = 200;

/** A connection that hears every event of a room. While it joins, `seq` is null and events wait. */
export type Seat = { seq: number | null; held: Packet[] };

type Active = {
  id: string;
  /** Everything up to here was handed to the seats. -1: not known yet. */
  lastSeq: number;
  /** The furthest event that is known to exist. */
  wanted: number;
  catching: boolean;
  seats: Map<Connection, Seat>;
  watchers: Map<Connection, string>;
  /** Resolves when `lastSeq` is known. */
  ready: Promise<void>;
  stop: () => void;
};

export type Hub = {
  /** Hands stored events to this process's connections and tells the other processes. */
  publish(roomId: string, events: readonly RoomEvent[]): void;
  /** Events up to `seq` are stored and could not be handed over: reads them soon. */
  behind(roomId: string, seq: number): void;
  /** Takes a seat; resolves when nothing that is stored from now on can be missed. */
  enter(connection: Connection, roomId: string): Promise<Seat>;
  /** Whether the connection still has this seat. */
  isIn(connection: Connection, roomId: string, seat: Seat): boolean;
  /** The reader has everything up to `seq`: hands over what came since. */
  release(connection: Connection, roomId: string, seat: Seat, seq: number): void;
  /** Gives the seat, and any watching, up. */
  leave(connection: Connection, roomId: string): void;
  /** Lets a member hear of these rooms from outside; rooms with a seat stay as they are. */
  watch(connection: Connection, roomIds: readonly string[]): Promise<void>;
  seatsOf(connection: Connection): number;
  note(roomId: string, note: Note): void;
  /** To the seats of this process. */
  tellHere(
    roomId: string,
    frame: Frame,
    options?: { volatile?: boolean; exceptUserId?: string },
  ): void;
  /** The members of this process who watch, with their connections. */
  watchersOf(roomId: string): Map<string, Connection[]>;
  rooms(): number;
  close(): void;
};

type Options = {
  bus: Bus;
  log: Logger;
  store: Pick<LogStore, 'epoch' | 'heads' | 'newer'>;
  /** The next events after `after`, as clients see them. */
  read: (roomId: string, after: number, limit: number) => Promise<RoomEvent[]>;
  tellWatchers: (roomId: string) => Promise<void>;
  heard: (roomId: string, note: Note) => void;
  /** Which of these connections may no longer hear the room. */
  refused: (roomId: string, connections: readonly Connection[]) => Promise<readonly Connection[]>;
};

/** The rooms that somebody of this process is in, and what they have been handed. */
export const createHub = (options: Options): Hub => {
  const { bus, log, store } = options;
  const active = new Map<string, Active>();
  const places = new Map<Connection, Set<Active>>();
  const hints = createHints(bus, store.epoch);
  const notices = createHeadNotices(options.tellWatchers, log);

  const vacate = (room: Active) => {
    if (room.seats.size > 0 || room.watchers.size > 0 || active.get(room.id) !== room) return;
    active.delete(room.id);
    room.stop();
  };
  const drop = (room: Active, connection: Connection) => {
    room.seats.delete(connection);
    room.watchers.delete(connection);
    places.get(connection)?.delete(room);
    vacate(room);
  };
  const place = (room: Active, connection: Connection) => {
    const known = places.get(connection);
    if (known) return void known.add(room);
    places.set(connection, new Set([room]));
    connection.onEnd(() => {
      for (const each of [...(places.get(connection) ?? [])]) drop(each, connection);
      places.delete(connection);
    });
  };
  const occupants = (room: Active) => [...room.seats.keys(), ...room.watchers.keys()];

  const give = (room: Active, connection: Connection, seat: Seat, packet: Packet) => {
    if (seat.seq === null) return void seat.held.push(packet);
    if (packet.to <= seat.seq) return;
    const whole = packet.from > seat.seq;
    connection.send(whole ? packet.frame : restOf(room.id, store.epoch, packet, seat.seq));
    seat.seq = packet.to;
  };
  const recheck = async (room: Active) => {
    const refused = await options.refused(room.id, occupants(room));
    const goodbye = encode('room:removed', { roomId: room.id, reason: 'deleted' });
    for (const connection of refused) {
      drop(room, connection);
      connection.send(goodbye);
    }
  };
  const deliver = (room: Active, packet: Packet) => {
    // Who is gone does not hear even of that; who has read further came back since.
    for (const connection of packet.gone.length > 0 ? occupants(room) : []) {
      const isGone = packet.gone.includes(connection.actor?.userId ?? '');
      if (isGone && (room.seats.get(connection)?.seq ?? 0) < packet.to) drop(room, connection);
    }
    room.lastSeq = packet.to;
    for (const [connection, seat] of room.seats) give(room, connection, seat, packet);
    if (room.watchers.size > 0) notices.touch(room.id);
    if (packet.changed) {
      recheck(room).catch((error: unknown) => {
        log.error({ err: error, roomId: room.id }, 'who may hear could not be checked');
        for (const connection of occupants(room)) drop(room, connection);
      });
    }
  };
  /** Reads what lies between what was handed over and the newest. */
  const catchUp = async (room: Active) => {
    if (room.catching) return;
    room.catching = true;
    try {
      for (let more = true; more; ) {
        const events = await options.read(room.id, room.lastSeq, CATCH_UP);
        if (active.get(room.id) !== room) return;
        // A hint may have been faster than the store's answer.
        const missing = events.filter(({ seq }) => seq > room.lastSeq);
        for (const packet of packetsOf(room.id, store.epoch, missing)) deliver(room, packet);
        more = missing.length > 0 && (events.length === CATCH_UP || room.lastSeq < room.wanted);
      }
    } catch (error) {
      log.warn({ err: error, roomId: room.id }, 'catching up failed; tried again with the heads');
    } finally {
      room.catching = false;
    }
  };
  const offer = (room: Active, packet: Packet) => {
    room.wanted = Math.max(room.wanted, packet.to);
    if (room.lastSeq < 0 || packet.to <= room.lastSeq) return;
    if (packet.from === room.lastSeq + 1) deliver(room, packet);
    else void catchUp(room);
  };

  const open = (roomId: string, findHead: () => Promise<number>): Active => {
    const room: Active = {
      id: roomId,
      lastSeq: -1,
      wanted: 0,
      catching: false,
      seats: new Map(),
      watchers: new Map(),
      ready: Promise.resolve(),
      stop: hints.listen(roomId, {
        events: (packet) => offer(room, packet),
        note: (note) => options.heard(roomId, note),
      }),
    };
    active.set(roomId, room);
    // Only after the subscription: what is stored later is told or found by comparing.
    room.ready = findHead().then(
      (seq) => {
        room.lastSeq = seq;
        if (room.wanted > seq) void catchUp(room);
      },
      (error: unknown) => {
        for (const connection of occupants(room)) drop(room, connection);
        throw error;
      },
    );
    room.ready.catch(() => {});
    return room;
  };
  const headOf = async (roomId: string) => (await store.heads([roomId])).get(roomId)?.seq ?? 0;

  let mark: number | null = null;
  const compare = async () => {
    const rooms = [...active.values()].filter(({ lastSeq }) => lastSeq >= 0);
    if (rooms.length === 0) return;
    const found = await store.newer(new Map(rooms.map(({ id, lastSeq }) => [id, lastSeq])), mark);
    ({ mark } = found);
    for (const room of rooms) {
      room.wanted = Math.max(room.wanted, found.heads.get(room.id) ?? 0);
      if (room.wanted > room.lastSeq) void catchUp(room);
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
      const room = active.get(roomId);
      if (!room && bus.kind === 'memory') return;
      for (const packet of packetsOf(roomId, store.epoch, events)) {
        if (room) offer(room, packet);
        hints.packet(roomId, packet);
      }
    },
    behind: (roomId, seq) => {
      const room = active.get(roomId);
      if (room) room.wanted = Math.max(room.wanted, seq);
    },
    enter: async (connection, roomId) => {
      const room = active.get(roomId) ?? open(roomId, () => headOf(roomId));
      const seat: Seat = { seq: null, held: [] };
      room.watchers.delete(connection);
      room.seats.set(connection, seat);
      place(room, connection);
      await room.ready;
      return seat;
    },
    isIn: (connection, roomId, seat) => active.get(roomId)?.seats.get(connection) === seat,
    release: (connection, roomId, seat, seq) => {
      const room = active.get(roomId);
      if (!room || room.seats.get(connection) !== seat) return;
      const { held } = seat;
      seat.seq = seq;
      seat.held = [];
      for (const packet of held) give(room, connection, seat, packet);
    },
    leave: (connection, roomId) => {
      const room = active.get(roomId);
      if (room) drop(room, connection);
    },
    watch: async (connection, roomIds) => {
      const { actor } = connection;
      if (!actor) return;
      const unknown = roomIds.filter((id) => !active.has(id));
      let asked: ReturnType<LogStore['heads']> | undefined;
      const headIn = async (roomId: string) => {
        asked ??= store.heads(unknown);
        return (await asked).get(roomId)?.seq ?? 0;
      };
      const rooms = roomIds.map((id) => active.get(id) ?? open(id, () => headIn(id)));
      for (const room of rooms) {
        if (!room.seats.has(connection)) room.watchers.set(connection, actor.userId);
        place(room, connection);
      }
      await Promise.all(rooms.map(({ ready }) => ready));
    },
    seatsOf: (connection) =>
      [...(places.get(connection) ?? [])].filter(({ seats }) => seats.has(connection)).length,
    note: (roomId, note) => {
      options.heard(roomId, note);
      hints.note(roomId, note);
    },
    tellHere: (roomId, frame, { volatile = false, exceptUserId } = {}) => {
      for (const [connection, seat] of active.get(roomId)?.seats ?? [])
        if (seat.seq !== null && connection.actor?.userId !== exceptUserId)
          connection.send(frame, { volatile });
    },
    watchersOf: (roomId) => {
      const byUser = new Map<string, Connection[]>();
      for (const [connection, userId] of active.get(roomId)?.watchers ?? [])
        byUser.set(userId, [...(byUser.get(userId) ?? []), connection]);
      return byUser;
    },
    rooms: () => active.size,
    close: () => {
      comparing.close();
      notices.close();
      for (const room of active.values()) room.stop();
      active.clear();
    },
  };
};
