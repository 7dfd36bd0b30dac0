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

type Wire = {
  transport?: { socket?: { bufferedAmount?: number } };
  write(packet: string, options: { wsPreEncodedFrame: Buffer[] }): void;
};

/** What waits for a slow reader, in bytes. */
const buffered = (wire: Wire) => wire.transport?.socket?.bufferedAmount ?? 0;

/** A Socket.IO connection as services see it, with its limits for slow readers. */
export const createConnection = (socket: Socket, actor: Actor | null): Connection => {
  const wire = socket.conn as unknown as Wire;
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
    wire.write(last.packet, { wsPreEncodedFrame: last.wire });
    socket.disconnect(true);
  };
  const tooSlow = (bytes: number): boolean => {
    if (bytes < BEHIND_BYTES) behindSince = 0;
    else behindSince ||= Date.now();
    return bytes > TOO_FAR_BYTES || (behindSince > 0 && Date.now() - behindSince > UNDRAINED_MS);
  };
  const send = (frame: Frame, { volatile = false } = {}) => {
    if (ended) return;
    const bytes = buffered(wire);
    if (bytes >= BEHIND_BYTES || behindSince > 0) {
      if (tooSlow(bytes)) return end('slow');
      if (volatile && bytes >= BEHIND_BYTES) return;
    }
    wire.write(frame.packet, { wsPreEncodedFrame: frame.wire });
  };
  socket.once('disconnect', () => {
    ended = true;
    for (const listener of listeners) listener();
    listeners.clear();
  });
  return {
    id: newId(),
    actor,
    send,
    end,
    onEnd: (listener) => {
      if (ended && !socket.connected) listener();
      else listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};
