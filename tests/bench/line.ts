/** One member's place: where it connects, as whom, and the room that it is in. */
export type Seat = {
  port: number;
  /** Counts from 0; members of one room stand together, in the order in which they join. */
  room: number;
  /** What the peer calls the room. */
  roomId: string;
  /** What lets the member in: a token or a name. */
  pass: string;
};

export type Told = {
  /** Bytes that may hold deliveries. */
  delivered(buffer: Buffer, from: number, to: number): void;
  /** The server has said that it took a message, where it says so. */
  acked(): void;
  /** A message was refused, or the connection ended. */
  failed(why: string): void;
};

/** A member who is in its room. */
export type Line = { send(body: string): void; close(): void };
export type OpenLine = (seat: Seat, told: Told) => Promise<Line>;

export type LineName = 'ws' | 'socketio' | 'lyceum' | 'xmpp';
