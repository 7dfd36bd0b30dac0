import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';

/** A process of Node that was started with `--inspect`, asked from outside. */
export type Inspector = {
  ask(method: string, params?: object): Promise<unknown>;
  close(): void;
};

const ANSWER_MS = 30_000;
const TRIES = 50;

const addressOf = async (port: number): Promise<string> => {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => null);
    const list = (await answer?.json()) as { webSocketDebuggerUrl: string }[] | undefined;
    if (list?.[0]) return list[0].webSocketDebuggerUrl;
    await wait(100);
  }
  throw new Error('the inspector does not answer');
};

export const openInspector = async (port: number): Promise<Inspector> => {
  const socket = new WebSocket(await addressOf(port), { perMessageDeflate: false });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  let count = 0;
  return {
    ask: (method, params = {}) =>
      new Promise((resolve, reject) => {
        const id = (count += 1);
        const timer = setTimeout(() => reject(new Error(`${method}: no answer`)), ANSWER_MS);
        const hear = (data: Buffer) => {
          const answer = JSON.parse(data.toString()) as { id?: number; result?: unknown };
          if (answer.id !== id) return;
          clearTimeout(timer);
          socket.off('message', hear);
          resolve(answer.result);
        };
        socket.on('message', hear);
        socket.send(JSON.stringify({ id, method, params }));
      }),
    close: () => socket.close(),
  };
};

/** Lets a process collect its garbage, so that its memory is what it holds. */
export const collectGarbage = async (port: number): Promise<void> => {
  const inspector = await openInspector(port);
  await inspector.ask('HeapProfiler.collectGarbage');
  inspector.close();
};
