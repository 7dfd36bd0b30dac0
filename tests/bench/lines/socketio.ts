import type { OpenLine } from '../line.ts';
import { openEngine } from './engine.ts';

/** The bare Socket.IO server puts a client into the room that its handshake names. */
export const openSocketio: OpenLine = async ({ port, roomId }, told) => {
  const engine = await openEngine({
    port,
    auth: { room: roomId },
    onEvent: told.delivered,
    onClose: told.failed,
  });
  return {
    send: (body) => engine.send(`42["say",${JSON.stringify({ body })}]`),
    close: engine.close,
  };
};
