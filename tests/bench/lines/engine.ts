import { type Frames, openFrames } from '../frames.ts';

const OPEN = 0x30;
const PING = 0x32;
const MESSAGE = 0x34;
const CONNECT = 0x30;
const EVENT = 0x32;
const ACK = 0x33;
const REFUSED = 0x34;
const JOIN_MS = 20_000;

type Options = {
  port: number;
  auth: unknown;
  /** `42…`: an event of the server. */
  onEvent: (buffer: Buffer, from: number, to: number) => void;
  /** `43…`: an answer. */
  onAck?: (buffer: Buffer, from: number, to: number) => void;
  onClose: (why: string) => void;
};

/** As much of Socket.IO's protocol (Engine.IO 4, WebSocket only) as a member needs. */
export const openEngine = async (options: Options): Promise<Frames> => {
  const { port, auth, onEvent, onAck, onClose } = options;
  let connected: () => void = () => {};
  let refused: (why: Error) => void = () => {};
  const done = new Promise<void>((resolve, reject) => {
    connected = resolve;
    refused = reject;
  });
  // Whoever opens may fail before anybody waits for it.
  done.catch(() => {});
  const timer = setTimeout(() => refused(new Error('no CONNECT in time')), JOIN_MS);
  let early = '';
  let frames: Frames | null = null;
  const say = (text: string) => {
    if (frames) frames.send(text);
    else early = text;
  };
  const onText = (buffer: Buffer, from: number, to: number) => {
    const type = buffer[from];
    if (type === PING) return say('3');
    if (type === OPEN) return say(`40${JSON.stringify(auth)}`);
    if (type !== MESSAGE) return;
    const kind = buffer[from + 1];
    if (kind === EVENT) onEvent(buffer, from, to);
    else if (kind === ACK) onAck?.(buffer, from, to);
    else if (kind === CONNECT) connected();
    else if (kind === REFUSED) refused(new Error(buffer.toString('latin1', from, to)));
  };
  const gone = (why: string) => {
    refused(new Error(why));
    onClose(why);
  };
  frames = await openFrames({
    port,
    path: '/socket.io/?EIO=4&transport=websocket',
    onText,
    onClose: gone,
  });
  if (early) frames.send(early);
  await done.finally(() => clearTimeout(timer));
  return frames;
};
