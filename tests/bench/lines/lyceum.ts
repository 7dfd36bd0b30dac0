import { newId } from '../../../src/platform/ids.ts';
import type { OpenLine } from '../line.ts';
import { openEngine } from './engine.ts';

const EVENTS = Buffer.from('42["room:events"');
const READY = '42["ready"';
const JOIN_MS = 20_000;
const OPEN_BRACKET = 0x5b;
const GOOD = '[{"ok":true';

const startsWith = (buffer: Buffer, from: number, text: Buffer) =>
  buffer.compare(text, 0, text.length, from, from + text.length) === 0;
const isGood = (buffer: Buffer, from: number) => {
  const at = buffer.indexOf(OPEN_BRACKET, from);
  return buffer.toString('latin1', at, at + GOOD.length) === GOOD;
};

/** A member of Lyceum: a token, `ready`, one `room:join`, and a `clientId` for each message. */
export const openLyceum: OpenLine = async ({ port, roomId, pass }, told) => {
  let joined: (() => void) | null = null;
  let isReady: () => void = () => {};
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  const engine = await openEngine({
    port,
    auth: { token: pass },
    onEvent: (buffer, from, to) => {
      if (startsWith(buffer, from, EVENTS)) told.delivered(buffer, from, to);
      else if (buffer.toString('latin1', from, from + READY.length) === READY) isReady();
    },
    onAck: (buffer, from, to) => {
      if (!isGood(buffer, from)) told.failed(buffer.toString('latin1', from, to));
      else if (joined) joined();
      else told.acked();
    },
    onClose: told.failed,
  });
  const within = setTimeout(() => told.failed('was not let into the room in time'), JOIN_MS);
  await ready;
  await new Promise<void>((resolve) => {
    joined = () => {
      joined = null;
      resolve();
    };
    engine.send(`420["room:join",${JSON.stringify({ roomId })}]`);
  });
  clearTimeout(within);
  let count = 0;
  return {
    send: (body) => {
      count += 1;
      engine.send(
        `42${count}["message:send",${JSON.stringify({ roomId, clientId: newId(), body })}]`,
      );
    },
    close: engine.close,
  };
};
