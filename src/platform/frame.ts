import * as ws from 'ws';
import type { TellName, Tells } from '../contract.ts';
import { jsonOf } from './shared-json.ts';

/** One event encoded once, for any number of connections. */
export type Frame = {
  /** The Socket.IO packet: EVENT in the main namespace. */
  readonly packet: string;
  /** The whole WebSocket frame around it, in one piece: a connection costs one write. */
  readonly wire: Buffer;
};

type Sender = { frame(data: Buffer, options: Record<string, boolean | number>): Buffer[] };
// Exported by ws, and missing from its types.
const { Sender } = ws as unknown as { Sender: Sender };

const wireOf = (text: string): Buffer =>
  Buffer.concat(
    Sender.frame(Buffer.from(text), {
      readOnly: false,
      mask: false,
      rsv1: false,
      opcode: 1,
      fin: true,
    }),
  );

// The leading digits are the protocols' own: Engine.IO `4` message and `2` ping, Socket.IO `2` EVENT
// and `3` ACK.
export const frameOf = (packet: string): Frame => ({ packet, wire: wireOf(`4${packet}`) });

/** Asks a client whether it is still there; Engine.IO's own, so no packet of Socket.IO is in it. */
export const ping: Frame = { packet: '', wire: wireOf('2') };

export const encode = <E extends TellName>(event: E, payload: Tells[E]): Frame =>
  frameOf(`2${JSON.stringify([event, payload])}`);

/** The answer to the ask that its client gave this number. */
export const answerOf = (ask: number, answer: unknown): Frame =>
  frameOf(`3${ask}${jsonOf([answer])}`);
