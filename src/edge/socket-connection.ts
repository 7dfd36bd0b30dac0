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
 * Hands ready frames to the TCP connection at once. Only when Engine.IO itself holds something back
 * a frame goes behind that, so that their order stays. The way is looked up once: in a room of a
 * thousand, each object on it is a memory access that the processor has to wait for.
 */
const writerOf = (wire: Wire) => {
  const { socket } = wire.transport;
  const tcp = socket._socket;
  const uncork = () => tcp.uncork();
  return {
    /** What is written until this turn of the event loop ends goes out in one piece. */
    gather: () => {
      if (tcp.writableCorked > 0) return;
      tcp.cork();
      process.nextTick(uncork);
    },
    write: ({ packet, wire: bytes }: Frame) => {
      if (wire.writeBuffer.length > 0) wire.write(packet, { wsPreEncodedFrame: [bytes] });
      // Nothing is compressed, so nothing of the WebSocket's own can still be on its way here.
      else if (socket.readyState === OPEN) tcp.write(bytes);
    },
    bufferedBytes: () => tcp.writableLength,
  };
};

/** A Socket.IO connection as services see it, with its limits for slow readers. */
export const createConnection = (socket: Socket, actor: Actor | null): Connection => {
  const { write, gather, bufferedBytes } = writerOf(socket.conn as unknown as Wire);
  const listeners = new Set<() => void>();
  let ended = false;
  let behindSince = 0;

  const end = (reason: CloseReason, comeBackInMs?: number) => {
    if (ended) return;
    ended = true;
    const last = encode('session:closed', {
      reason,
      ...(comeBackInMs !== undefined && { comeBackInMs }),
    });
    write(last);
    socket.disconnect(true);
  };
  const tooSlow = (bytes: number): boolean => {
    if (bytes < BEHIND_BYTES) behindSince = 0;
    else behindSince ||= Date.now();
    return bytes > TOO_FAR_BYTES || (behindSince > 0 && Date.now() - behindSince > UNDRAINED_MS);
  };
  const send: Connection['send'] = (frame, options) => {
    if (ended) return;
    const bytes = bufferedBytes();
    if (bytes >= BEHIND_BYTES || behindSince > 0) {
      if (tooSlow(bytes)) return end('slow');
      if (options?.volatile && bytes >= BEHIND_BYTES) return;
    }
    // A sender's own message and the answer to it come in the same turn.
    if (connection.asking > 0) gather();
    write(frame);
  };
  socket.once('disconnect', () => {
    ended = true;
    for (const listener of listeners) listener();
    listeners.clear();
  });
  const connection: Connection = {
    id: newId(),
    actor,
    asking: 0,
    send,
    end,
    onEnd: (listener) => {
      if (ended && !socket.connected) listener();
      else listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return connection;
};
