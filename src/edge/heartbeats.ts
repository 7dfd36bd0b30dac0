import type { Socket } from 'socket.io';
import type { Connection } from '../platform/connections.ts';
import { ping } from '../platform/frame.ts';

/** Engine.IO's own numbers; a client hears them in its handshake and counts on them. */
export const PING_EVERY_MS = 25_000;
export const PONG_WITHIN_MS = 20_000;
/** A process wakes up so often for pings, however many connections it has. */
const TURN_MS = 250;

/** Engine.IO's connection, as far as it is used here; mostly private there. */
type Conn = {
  pingIntervalTimer: NodeJS.Timeout | Heartbeat;
  pingTimeoutTimer: Heartbeat | null;
  hasRefreshedPingTimeout: boolean;
  onClose(reason: 'ping timeout'): void;
  on(event: 'close', listener: (this: Conn) => void): void;
};
type Turn = Set<Heartbeat>;

/** Stands where Engine.IO has its timers, and is refreshed as they would be when the client says something. */
class Heartbeat {
  private heard = true;
  private readonly connection: Connection;
  private readonly conn: Conn;
  private readonly turn: Turn;

  constructor(connection: Connection, conn: Conn, turn: Turn) {
    this.connection = connection;
    this.conn = conn;
    this.turn = turn;
    clearTimeout(conn.pingIntervalTimer as NodeJS.Timeout);
    conn.pingIntervalTimer = this;
    conn.on('close', leave);
  }

  refresh(): void {
    this.heard = true;
  }

  ask(): void {
    const { conn, connection } = this;
    this.heard = false;
    conn.hasRefreshedPingTimeout = false;
    conn.pingTimeoutTimer = this;
    connection.send(ping);
  }

  /** Also one that was ended and does not go: nothing is sent to it, so it is not heard. */
  endIfSilent(): void {
    if (!this.heard) this.conn.onClose('ping timeout');
  }

  leave(): void {
    this.turn.delete(this);
  }
}

/** One function for all connections: it is called as a method of the one that has closed. */
function leave(this: Conn) {
  (this.pingIntervalTimer as Heartbeat).leave();
}

export type Heartbeats = {
  /** Pings it from now on, and ends it when it does not answer in time. */
  add(connection: Connection, socket: Socket): void;
  close(): void;
};

type Options = { everyMs?: number; withinMs?: number; turnMs?: number };

/**
 * Pings that go together. Two timers for each connection, as Engine.IO has them, wake an idle process a
 * hundred times a second for 2,500 connections, and those who came back at once after a restart are
 * pinged at once ever after. Here each connection has one of a hundred turns, the one with the fewest.
 * `withinMs` is shorter than `everyMs`.
 */
export const createHeartbeats = (options: Options = {}): Heartbeats => {
  const { everyMs = PING_EVERY_MS, withinMs = PONG_WITHIN_MS, turnMs = TURN_MS } = options;
  const turns = Array.from({ length: Math.round(everyMs / turnMs) }, (): Turn => new Set());
  const patience = Math.ceil(withinMs / turnMs);
  let now = 0;
  const next = () => {
    now = (now + 1) % turns.length;
    for (const heartbeat of turns.at(now - patience) ?? []) heartbeat.endIfSilent();
    for (const heartbeat of turns[now] ?? []) heartbeat.ask();
  };
  const timer = setInterval(next, turnMs).unref();
  return {
    add: (connection, { conn }) => {
      const fewest = turns.reduce((least, turn) => (turn.size < least.size ? turn : least));
      fewest.add(new Heartbeat(connection, conn as unknown as Conn, fewest));
    },
    close: () => clearInterval(timer),
  };
};
