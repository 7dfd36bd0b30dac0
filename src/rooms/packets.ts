import { encode, type Frame } from '../platform/frame.ts';
import type { RoomEvent } from './contract.ts';

/** Consecutive events of a room, encoded once for everybody who hears them. */
export type Packet = {
  from: number;
  to: number;
  /** Of its last message; null without one. */
  n: number | null;
  frame: Frame;
  events: () => readonly RoomEvent[];
  /** Members who are in the room no longer. */
  gone: readonly string[];
  /** The room itself has changed: who may hear it may have too. */
  changed: boolean;
};

/** A frame grows no further than about this many characters, however long its messages are. */
const FRAME_CHARS = 128 * 1_024;

const sizeOf = (event: RoomEvent): number => {
  if (event.kind === 'edit') return event.body.length + (event.html?.length ?? 0);
  if (event.kind !== 'message') return 0;
  const { body, html } = event.message;
  return body.length + (html?.length ?? 0);
};

export const weightOf = (events: readonly RoomEvent[]): number =>
  events.reduce((sum, event) => sum + sizeOf(event), 0);

const encodeEvents = (roomId: string, epoch: string, events: readonly RoomEvent[]): Frame =>
  encode('room:events', { roomId, epoch, events: [...events] });

/** Who left or was removed, and did not come back. */
const goneIn = (events: readonly RoomEvent[]): string[] => {
  const gone = new Set<string>();
  for (const event of events) {
    if (event.kind !== 'member') continue;
    if (event.change === 'joined') gone.delete(event.userId);
    else gone.add(event.userId);
  }
  return [...gone];
};

const lastN = (events: readonly RoomEvent[]): number | null => {
  const last = events.findLast(({ kind }) => kind === 'message');
  return last?.kind === 'message' ? last.message.n : null;
};

const packetOf = (roomId: string, epoch: string, events: readonly RoomEvent[]): Packet => ({
  from: events[0]?.seq ?? 0,
  to: events.at(-1)?.seq ?? 0,
  n: lastN(events),
  frame: encodeEvents(roomId, epoch, events),
  events: () => events,
  gone: goneIn(events),
  changed: events.some(({ kind }) => kind === 'room'),
});

/** Cuts events where their numbers have a hole, or where a frame is full. */
export const packetsOf = (
  roomId: string,
  epoch: string,
  events: readonly RoomEvent[],
): Packet[] => {
  const groups: RoomEvent[][] = [];
  let size = 0;
  for (const event of events) {
    const group = groups.at(-1);
    size += sizeOf(event);
    if (group && group.at(-1)?.seq === event.seq - 1 && size <= FRAME_CHARS) group.push(event);
    else {
      groups.push([event]);
      size = sizeOf(event);
    }
  }
  return groups.map((group) => packetOf(roomId, epoch, group));
};

/** The rest of a packet for a reader who has seen a part of it. */
export const restOf = (roomId: string, epoch: string, packet: Packet, seen: number): Frame =>
  encodeEvents(
    roomId,
    epoch,
    packet.events().filter(({ seq }) => seq > seen),
  );
