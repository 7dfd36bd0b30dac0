import type { Connection } from '../platform/connections.ts';
import type { Packet } from './packets.ts';

/** A connection that hears every event of a room. While it joins, `seq` is null and events wait. */
export type Seat = { seq: number | null; held: Packet[] };

/** A room that somebody of this process hears of. */
export type Active = {
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

export type Places = {
  find(roomId: string): Active | undefined;
  /** The room, subscribed to; its head is looked up after that. */
  open(roomId: string, headOf: (roomId: string) => Promise<number>): Active;
  sit(room: Active, connection: Connection): Seat;
  watch(room: Active, connection: Connection, userId: string): void;
  /** Forgets a connection in a room, and a room without connections. */
  drop(room: Active, connection: Connection): void;
  occupants(room: Active): Connection[];
  seatsOf(connection: Connection): number;
  roomsOf(connection: Connection): string[];
  all(): Active[];
  close(): void;
};

type Options = {
  listen: (room: Active) => () => void;
  /** The head of a room is known now. */
  opened: (room: Active) => void;
  /** Nobody here hears the room any longer. */
  closed: (room: Active) => void;
};

const nothing = () => {};

/** Which connections of this process are in which rooms. */
export const createPlaces = ({ listen, opened, closed }: Options): Places => {
  const rooms = new Map<string, Active>();
  const byConnection = new Map<Connection, Active[]>();

  const drop = (room: Active, connection: Connection) => {
    room.seats.delete(connection);
    room.watchers.delete(connection);
    const left = byConnection.get(connection)?.filter((each) => each !== room);
    if (left) byConnection.set(connection, left);
    if (room.seats.size > 0 || room.watchers.size > 0 || rooms.get(room.id) !== room) return;
    rooms.delete(room.id);
    room.stop();
    closed(room);
  };
  const leaveAll = (connection: Connection) => {
    const left = byConnection.get(connection) ?? [];
    byConnection.delete(connection);
    for (const room of left) drop(room, connection);
  };
  const remember = (room: Active, connection: Connection) => {
    const known = byConnection.get(connection);
    if (known) {
      if (!known.includes(room)) known.push(room);
      return;
    }
    byConnection.set(connection, [room]);
    connection.onEnd(leaveAll);
  };
  const occupants = (room: Active) => [...room.seats.keys(), ...room.watchers.keys()];
  const learnHead = async (room: Active, head: Promise<number>) => {
    try {
      room.lastSeq = await head;
    } catch (error) {
      for (const connection of occupants(room)) drop(room, connection);
      throw error;
    }
    if (rooms.get(room.id) === room) opened(room);
  };

  return {
    find: (roomId) => rooms.get(roomId),
    open: (roomId, headOf) => {
      const known = rooms.get(roomId);
      if (known) return known;
      const room: Active = {
        ...{ id: roomId, lastSeq: -1, wanted: 0, catching: false },
        ...{ seats: new Map(), watchers: new Map(), ready: Promise.resolve(), stop: nothing },
      };
      rooms.set(roomId, room);
      room.stop = listen(room);
      room.ready = learnHead(room, headOf(roomId));
      // Whoever waits for it hears of a failure; without anybody it is no concern.
      room.ready.catch(nothing);
      return room;
    },
    sit: (room, connection) => {
      const seat: Seat = { seq: null, held: [] };
      room.watchers.delete(connection);
      room.seats.set(connection, seat);
      remember(room, connection);
      return seat;
    },
    watch: (room, connection, userId) => {
      if (!room.seats.has(connection)) room.watchers.set(connection, userId);
      remember(room, connection);
    },
    drop,
    occupants,
    seatsOf: (connection) =>
      [...(byConnection.get(connection) ?? [])].filter(({ seats }) => seats.has(connection)).length,
    roomsOf: (connection) => [...(byConnection.get(connection) ?? [])].map(({ id }) => id),
    all: () => [...rooms.values()],
    close: () => {
      for (const room of rooms.values()) room.stop();
      rooms.clear();
    },
  };
};
