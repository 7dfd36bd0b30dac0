import { writeSync } from 'node:fs';
import type { Socket as TcpSocket } from 'node:net';
import type { Socket } from 'socket.io';
import type { Actor } from '../platform/actor.ts';
import type { CloseReason, Connection } from '../platform/connections.ts';
import { answerOf, encode, type Frame } from '../platform/frame.ts';
import { newId } from '../platform/ids.ts';

/** Above this a reader is behind: what may be dropped is dropped. */
const BEHIND_BYTES = 64 * 1_024;
/** Above this, or undrained for so long, it is cut off and comes back by itself. */
const TOO_FAR_BYTES = 1_024 * 1_024;
const UNDRAINED_MS = 10_000;

/** What is private in Socket.IO and Engine.IO: the TCP connection, and what makes an answer to an ask. */
type Inside = {
  conn: { transport: { socket: { _socket: Tcp } } };
  ack: (ask: number) => (given: unknown) => void;
};
/** A file descriptor is below 0 where a connection has none, as on Windows. */
type Tcp = TcpSocket & { _handle?: { fd?: number } | null };

/**
 * Frames go to the TCP connection at once: Engine.IO and the WebSocket write nothing more of their own
 * but the end. In a room of a thousand each object on the way is a memory access that the processor
 * waits for, so the stream's way, too, is only taken by what the system does not take at once.
 */
class SocketConnection implements Connection {
  readonly id = newId();
  readonly actor: Actor | null;
  asking = 0;
  private ended = false;
  private behindSince = 0;
  private readonly socket: Socket;
  private readonly tcp: Tcp;
  private readonly fd: number;
  private listeners: readonly ((connection: Connection) => void)[] = [];

  constructor(socket: Socket, actor: Actor | null) {
    this.actor = actor;
    this.socket = socket;
    const inside = socket as unknown as Inside;
    this.tcp = inside.conn.transport.socket._socket;
    this.fd = this.tcp._handle?.fd ?? -1;
    inside.ack = (ask) => (given) => this.answer(ask, given);
    socket.once('disconnect', () => this.left());
  }

  send(frame: Frame, options?: { volatile?: boolean }): void {
    if (this.ended) return;
    const bytes = this.tcp.writableLength;
    if (bytes >= BEHIND_BYTES || this.behindSince > 0) {
      if (this.isTooSlow(bytes)) return this.end('slow');
      if (options?.volatile && bytes >= BEHIND_BYTES) return;
    }
    // A sender's own message and the answer to it come in the same turn.
    if (this.asking > 0) this.gather();
    this.write(frame);
  }

  end(reason: CloseReason, comeBackInMs?: number): void {
    if (this.ended) return;
    this.ended = true;
    const delay = comeBackInMs !== undefined && { comeBackInMs };
    this.write(encode('session:closed', { reason, ...delay }));
    this.socket.disconnect(true);
  }

  onEnd(listener: (connection: Connection) => void): void {
    if (this.ended && !this.socket.connected) listener(this);
    // A list that grew by `push`, or by spreading, would have room for 17.
    else if (!this.listeners.includes(listener)) this.listeners = this.listeners.concat(listener);
  }

  /** In order with what is sent, and however far its reader is behind: asks under way are few. */
  private answer(ask: number, given: unknown): void {
    if (!this.ended) this.write(answerOf(ask, given));
  }

  private left(): void {
    this.ended = true;
    const { listeners } = this;
    this.listeners = [];
    for (const listener of listeners) listener(this);
  }

  /** What the system does not take waits in the stream, and what comes next behind it. */
  private write({ wire: bytes }: Frame): void {
    const { tcp, fd } = this;
    // From before its descriptor is given back, which may then be another's.
    if (!tcp.writable) return;
    const isFree = fd >= 0 && tcp.writableLength === 0 && tcp.writableCorked === 0;
    const taken = isFree ? writeNow(fd, bytes) : 0;
    if (taken === bytes.length) return;
    tcp.write(taken === 0 ? bytes : bytes.subarray(taken));
  }

  /** What is written until this turn of the event loop ends goes out in one piece. */
  private gather(): void {
    const { tcp } = this;
    if (tcp.writableCorked > 0) return;
    tcp.cork();
    process.nextTick(() => tcp.uncork());
  }

  private isTooSlow(bytes: number): boolean {
    if (bytes < BEHIND_BYTES) this.behindSince = 0;
    else this.behindSince ||= Date.now();
    const isUndrained = this.behindSince > 0 && Date.now() - this.behindSince > UNDRAINED_MS;
    return bytes > TOO_FAR_BYTES || isUndrained;
  }
}

/** How many bytes the system takes; whatever it has against more, the stream hears of it, too. */
const writeNow = (fd: number, bytes: Buffer): number => {
  try {
    return writeSync(fd, bytes);
  } catch {
    return 0;
  }
};

/** A Socket.IO connection as services see it, with its limits for slow readers. */
export const createConnection = (socket: Socket, actor: Actor | null): Connection =>
  new SocketConnection(socket, actor);
