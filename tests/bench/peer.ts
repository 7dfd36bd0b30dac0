import type { LineName, Seat } from './line.ts';

export type PeerName =
  | 'lyceum'
  | 'ws'
  | 'socketio'
  | 'stored-ws'
  | 'stored-socketio'
  | 'lyceum-redis'
  | 'socketio-redis'
  | 'stored-socketio-redis'
  | 'prosody'
  | 'ejabberd'
  | 'fastify'
  | 'inserts';

/** A chat server that is measured. */
export type Peer = {
  name: PeerName;
  title: string;
  line: LineName;
  /** What it keeps of a message, in words for the reader. */
  stores: string;
  /** Why it cannot run here; null when it can. */
  missing(): string | null;
  /** Starts it with this many rooms of this many members, who are all known to it. */
  start(crowd: { rooms: number; members: number }, options: StartOptions): Promise<Running>;
};

export type StartOptions = {
  /** The core of the server's processes; null: anywhere. */
  core: number | null;
  /** Where Node's inspector is to listen. */
  inspectPort?: number;
};

export type Running = {
  /** By room, each in the order in which they join. */
  seats: Seat[];
  pids: number[];
  /** Databases, whose CPU is counted apart. */
  apartPids: number[];
  /** Where it answers HTTP. */
  url: string | null;
  close(): Promise<void>;
};

/** The seats of rooms that need no more than a name. */
export const plainSeats = (
  { rooms, members }: { rooms: number; members: number },
  portOf: (member: number) => number,
): Seat[] =>
  Array.from({ length: rooms * members }, (_, index) => {
    const room = Math.floor(index / members);
    return { port: portOf(index), room, roomId: `room-${room}`, pass: `member-${index}` };
  });
