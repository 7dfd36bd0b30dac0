import type { Socket as TcpSocket } from 'node:net';
import type { Socket } from 'socket.io';
import type { Actor } from '../platform/actor.ts';
import type { CloseReason, Connection } from '../platform/connections.ts';
import { encode, type Frame } from '../platform/frame.ts';
import { newId } from '../platform/ids.ts';

/** Above this a reader is behind: what may be dropped is dropped. */
const BEHIND_BYTES = 64 * 1_024;
/** Above this, or undrained for so long, it is cut off and comes back by itself. */
const TOO_FAR_BYTES = 1_024 * 1_024;
const UNDRAINED_MS = 10_000;

/** Engine.IO's connection and the WebSocket below it, as far as they are used here. */
type Wire = {
  transport: { socket: WebSocket };
  writeBuffer: readonly unknown[];
  write(packet: string, options: { wsPreEncodedFrame: Buffer[] }): void;
};
type WebSocket = { readyState: number; _socket: TcpSocket };
/** WebSocket.OPEN */
const OPEN = 1;

/**
 * Ready frames go to the TCP connection at once, and what lies on the way to it is looked up once:
 * in a room of a thousand, each object on that way is a memory access that the processor waits for.
 */
class SocketConnection implements Connection {
  readonly id = newId();
  readonly actor: Actor | null;
  asking = 0;
  private ended = false;
  private behindSince = 0;
  private readonly socket: Socket;
  private readonly wire: Wire;
  private readonly webSocket: WebSocket;
  private readonly tcp: TcpSocket;
  private listeners: readonly ((connection: Connection) => void)[] = [];

  constructor(socket: Socket, actor: Actor | null) {
    this.actor = actor;
    this.socket = socket;
    this.wire = socket.conn as unknown as Wire;
    this.webSocket = this.wire.transport.socket;
    this.tcp = this.webSocket._socket;
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

  private left(): void {
    this.ended = true;
    const { listeners } = this;
    this.listeners = [];
    for (const listener of listeners) listener(this);
  }

  /** Only when Engine.IO itself holds something back a frame goes behind that, so that their order stays. */
  private write({ packet, wire: bytes }: Frame): void {
    const { wire, webSocket, tcp } = this;
    if (wire.writeBuffer.length > 0) wire.write(packet, { wsPreEncodedFrame: [bytes] });
    // Nothing is compressed, so nothing of the WebSocket's own can still be on its way here.
    else if (webSocket.readyState === OPEN) tcp.write(bytes);
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

/** A Socket.IO connection as services see it, with its limits for slow readers. */
export const createConnection = (socket: Socket, actor: Actor | null): Connection =>
  new SocketConnection(socket, actor);
