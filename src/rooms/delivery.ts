import type { Logger } from '../log.ts';
import type { Connection } from '../platform/connections.ts';
import { encode } from '../platform/frame.ts';
import type { RoomEvent } from './contract.ts';
import { type Packet, packetsOf, restOf } from './packets.ts';
import type { Active, Places, Seat } from './places.ts';

/** Events that are read at once to fill a gap. */
const CATCH_UP = 200;

export type Delivery = {
  /** Takes what comes next; reads what lies between; drops what is known. */
  offer(room: Active, packet: Packet): void;
  /** Reads what lies between what was handed over and the newest. */
  catchUp(room: Active): Promise<void>;
  give(room: Active, connection: Connection, seat: Seat, packet: Packet): void;
};

type Options = {
  epoch: string;
  log: Logger;
  places: () => Places;
  read: (roomId: string, after: number, limit: number) => Promise<RoomEvent[]>;
  /** Which of these connections may no longer hear the room. */
  refused: (roomId: string, connections: readonly Connection[]) => Promise<readonly Connection[]>;
  touched: (roomId: string) => void;
  /** Somebody is gone, or the room itself has changed. */
  changed: (roomId: string) => void;
};

/** Hands the events of a room to its connections: each once, in order, none left out. */
export const createDelivery = (options: Options): Delivery => {
  const { epoch, log, places, read, touched } = options;

  const give: Delivery['give'] = (room, connection, seat, packet) => {
    if (seat.seq === null) return void seat.held.push(packet);
    if (packet.to <= seat.seq) return;
    const whole = packet.from > seat.seq;
    connection.send(whole ? packet.frame : restOf(room.id, epoch, packet, seat.seq));
    seat.seq = packet.to;
  };
  const dropGone = (room: Active, { gone, to }: Packet) => {
    for (const connection of places().occupants(room)) {
      const isGone = gone.includes(connection.actor?.userId ?? '');
      // Who has read further came back since.
      if (isGone && (room.seats.get(connection)?.seq ?? 0) < to) places().drop(room, connection);
    }
  };
  const dropRefused = async (room: Active) => {
    const refused = await options.refused(room.id, places().occupants(room));
    const goodbye = encode('room:removed', { roomId: room.id, reason: 'deleted' });
    for (const connection of refused) {
      places().drop(room, connection);
      connection.send(goodbye);
    }
  };
  const recheck = (room: Active) => {
    dropRefused(room).catch((error: unknown) => {
      log.error({ err: error, roomId: room.id }, 'who may hear could not be checked');
      for (const connection of places().occupants(room)) places().drop(room, connection);
    });
  };
  const deliver = (room: Active, packet: Packet) => {
    if (packet.gone.length > 0 || packet.changed) options.changed(room.id);
    // Who is gone does not hear even of that.
    if (packet.gone.length > 0) dropGone(room, packet);
    room.lastSeq = packet.to;
    for (const [connection, seat] of room.seats) give(room, connection, seat, packet);
    if (room.watchers.size > 0) touched(room.id);
    if (packet.changed) recheck(room);
  };
  /** One read; answers whether there may be more. */
  const step = async (room: Active): Promise<boolean> => {
    const events = await read(room.id, room.lastSeq, CATCH_UP);
    if (places().find(room.id) !== room) return false;
    // A hint may have been faster than the store's answer.
    const missing = events.filter(({ seq }) => seq > room.lastSeq);
    for (const packet of packetsOf(room.id, epoch, missing)) deliver(room, packet);
    return missing.length > 0 && (events.length === CATCH_UP || room.lastSeq < room.wanted);
  };
  const catchUp: Delivery['catchUp'] = async (room) => {
    if (room.catching) return;
    room.catching = true;
    try {
      let more = true;
      while (more) more = await step(room);
    } catch (error) {
      log.warn({ err: error, roomId: room.id }, 'catching up failed; tried again with the heads');
    } finally {
      room.catching = false;
    }
  };
  return {
    give,
    catchUp,
    offer: (room, packet) => {
      room.wanted = Math.max(room.wanted, packet.to);
      if (room.lastSeq < 0 || packet.to <= room.lastSeq) return;
      if (packet.from === room.lastSeq + 1) deliver(room, packet);
      else void catchUp(room);
    },
  };
};
