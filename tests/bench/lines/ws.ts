import { openFrames } from '../frames.ts';
import type { OpenLine } from '../line.ts';

/** The bare `ws` server speaks JSON in plain frames. */
export const openWs: OpenLine = async ({ port, roomId }, told) => {
  const frames = await openFrames({
    port,
    path: `/?room=${roomId}`,
    onText: told.delivered,
    onClose: told.failed,
  });
  return {
    send: (body) => frames.send(JSON.stringify({ body })),
    close: frames.close,
  };
};
