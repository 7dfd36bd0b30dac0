import type { Bus } from '../platform/bus.ts';
import { frameOf } from '../platform/frame.ts';
import type { RoomEvent } from './contract.ts';
import type { Packet } from './packets.ts';

/** What passes between people in a room and is never stored. */
export type Note =
  | { kind: 'typing'; userId: string; on: boolean }
  | { kind: 'read'; userId: string; n: number };

type Header =
  | ({ kind: 'events'; epoch: string; gone: string[] } & Pick<
      Packet,
      'from' | 'to' | 'n' | 'changed'
    >)
  | { kind: 'note'; note: Note };

type Listener = { events: (packet: Packet) => void; note: (note: Note) => void };

export type Hints = {
  packet(roomId: string, packet: Packet): void;
  note(roomId: string, note: Note): void;
  /** Hears what other processes say about a room, until the returned function is called. */
  listen(roomId: string, listener: Listener): () => void;
};

const channelOf = (roomId: string) => `room:${roomId}`;

const eventsIn = (text: string): RoomEvent[] => {
  const [, payload] = JSON.parse(text.slice(1)) as [string, { events: RoomEvent[] }];
  return payload.events;
};

/** What the processes tell each other about rooms: a line of JSON, then the packet as it is. */
export const createHints = (bus: Bus, epoch: string): Hints => {
  const send = (roomId: string, header: Header, body = '') =>
    bus.publish(channelOf(roomId), `${JSON.stringify(header)}\n${body}`);
  const hear = (message: string, listener: Listener) => {
    const cut = message.indexOf('\n');
    const header = JSON.parse(message.slice(0, cut)) as Header;
    if (header.kind === 'note') return listener.note(header.note);
    // Another store behind the same bus: its numbers are not ours.
    if (header.epoch !== epoch) return;
    const text = message.slice(cut + 1);
    listener.events({ ...header, frame: frameOf(text), events: () => eventsIn(text) });
  };
  return {
    packet: (roomId, { from, to, n, gone, changed, frame }) =>
      send(roomId, { kind: 'events', epoch, from, to, n, gone: [...gone], changed }, frame.packet),
    note: (roomId, note) => send(roomId, { kind: 'note', note }),
    listen: (roomId, listener) =>
      bus.subscribe(channelOf(roomId), (message) => hear(message, listener)),
  };
};
