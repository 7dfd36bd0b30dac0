import { connect, type Socket } from 'node:net';

/** A WebSocket that hands over the bytes of each text frame, without decoding them. */
export type Frames = { send(text: string): void; close(): void };

type Options = {
  port: number;
  path: string;
  /** The bytes lie in a buffer that is used again: whoever keeps them copies them. */
  onText: (buffer: Buffer, from: number, to: number) => void;
  onClose: (why: string) => void;
};

const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const OPEN_MS = 15_000;

/** All connections read into one buffer: what is read is counted before the next read. */
const shared = Buffer.allocUnsafe(256 * 1_024);

/** A client's frame; a mask of zeros is a mask. */
const frameOf = (text: string, opcode = TEXT): Buffer => {
  const length = Buffer.byteLength(text);
  if (length > 65_535) throw new Error('too long for this client');
  const head = length < 126 ? 2 : 4;
  const frame = Buffer.alloc(head + 4 + length);
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | (length < 126 ? length : 126);
  if (head === 4) frame.writeUInt16BE(length, 2);
  frame.write(text, head + 4);
  return frame;
};

type FrameHead = { opcode: number; from: number; to: number };

const headAt = (buffer: Buffer, at: number, end: number): FrameHead | null => {
  if (end - at < 2) return null;
  const short = (buffer[at + 1] as number) & 0x7f;
  const size = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (end - at < size) return null;
  const length =
    size === 2
      ? short
      : size === 4
        ? buffer.readUInt16BE(at + 2)
        : Number(buffer.readBigUInt64BE(at + 2));
  const from = at + size;
  return from + length > end
    ? null
    : { opcode: (buffer[at] as number) & 0xf, from, to: from + length };
};

const createReader = (socket: Socket, { onText }: Pick<Options, 'onText'>) => {
  let kept: Buffer | null = null;
  return (chunk: Buffer, end: number) => {
    let buffer = chunk;
    let length = end;
    if (kept) {
      buffer = Buffer.concat([kept, chunk.subarray(0, end)]);
      length = buffer.length;
      kept = null;
    }
    let at = 0;
    for (let head = headAt(buffer, 0, length); head; head = headAt(buffer, at, length)) {
      at = head.to;
      if (head.opcode === TEXT) onText(buffer, head.from, head.to);
      else if (head.opcode === PING)
        socket.write(frameOf(buffer.toString('latin1', head.from, head.to), 10));
      else if (head.opcode === CLOSE) socket.end();
    }
    if (at < length) kept = Buffer.from(buffer.subarray(at, length));
  };
};

/** Opens one; rejects when the server does not agree in time. */
export const openFrames = ({ port, path, onText, onClose }: Options): Promise<Frames> =>
  new Promise((resolve, reject) => {
    let answer: string | null = '';
    const give = (why: string) => {
      clearTimeout(timer);
      if (answer !== null) reject(new Error(`no WebSocket at ${port}: ${why} ${answer}`));
      else onClose(why);
    };
    const socket = connect({
      port,
      host: '127.0.0.1',
      noDelay: true,
      onread: {
        buffer: shared,
        callback: (size, buffer) => {
          const chunk = buffer as Buffer;
          if (answer === null) reader(chunk, size);
          else opening(chunk, size);
          return true;
        },
      },
    });
    const timer = setTimeout(() => socket.destroy(new Error('did not open in time')), OPEN_MS);
    const reader = createReader(socket, { onText });
    const opening = (chunk: Buffer, size: number) => {
      const end = chunk.subarray(0, size).indexOf('\r\n\r\n');
      answer += chunk.toString('latin1', 0, end < 0 ? size : end);
      if (end < 0) return;
      if (!answer?.startsWith('HTTP/1.1 101')) return void socket.destroy();
      clearTimeout(timer);
      answer = null;
      resolve({
        send: (text) => void socket.write(frameOf(text)),
        close: () => void socket.destroy(),
      });
      const rest = Buffer.from(chunk.subarray(end + 4, size));
      if (rest.length > 0) reader(rest, rest.length);
    };
    let failure = 'closed';
    socket.once('error', (error) => {
      failure = error.message;
    });
    socket.once('close', () => give(failure));
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: bHljZXVtLWxvYWQtdGVzdA==\r\n\r\n',
    );
  });
