import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { afterEach, expect, test } from 'vitest';
import { describeOn } from '../support/backends.ts';
import { freePort } from '../support/ports.ts';
import { startRedis } from '../support/redis.ts';
import { check } from './checker.ts';
import { type Entry, type Fact, monotonicNow, type Row } from './history.ts';

const EVERY_MS = 10;
const roomId = 'room';

/** Says a number every 10 ms on one process; another process's client and its own write down. */
describeOn(['redis'], 'Socket.IO with the classic Redis adapter', () => {
  const children: ChildProcess[] = [];
  const sockets: Socket[] = [];
  const closers: (() => Promise<void>)[] = [];

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.disconnect();
    for (const child of children.splice(0)) child.kill('SIGKILL');
    for (const close of closers.splice(0)) await close();
  });

  const startServer = async (redisUrl: string): Promise<string> => {
    const child = fork(new URL('./bare-server.ts', import.meta.url), {
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, REDIS_URL: redisUrl },
    });
    children.push(child);
    const [port] = (await once(child, 'message')) as [number];
    return `http://127.0.0.1:${port}`;
  };
  const connect = async (url: string): Promise<Socket> => {
    const socket = io(url, { transports: ['websocket'], forceNew: true });
    sockets.push(socket);
    await once(socket as never, 'connect');
    return socket;
  };

  const talk = async (
    fault: (means: {
      kill(): Promise<void>;
      back(): Promise<void>;
      /** Holds the hearing process still, or lets it go on. */
      hold(signal: 'SIGSTOP' | 'SIGCONT'): void;
    }) => Promise<void>,
  ) => {
    const port = await freePort();
    let redis = await startRedis(port);
    closers.push(() => redis.close());
    const [here, there] = await Promise.all([startServer(redis.url), startServer(redis.url)]);
    const history: Entry[] = [];
    const tell = (fact: Fact) => void history.push({ ...fact, at: monotonicNow() });
    const rows = new Map<string, Row[]>();
    const join = async (device: string, url: string) => {
      const socket = await connect(url);
      rows.set(device, []);
      tell({ kind: 'connect', device, link: url });
      tell({ kind: 'complete', device });
      socket.on('said', (row: Row) => {
        rows.get(device)?.push(row);
        tell({ kind: 'deliver', device, roomId, how: 'live', ...row });
      });
      return socket;
    };
    const ana = await join('ana/1', here);
    await join('ben/1', there);
    const stored: Row[] = [];
    let seq = 0;
    const timer = setInterval(() => {
      const row = { seq: (seq += 1), id: `id-${seq}`, mark: `mark-${seq}` };
      tell({ kind: 'send', device: 'ana/1', roomId, mark: row.mark });
      ana.emit('say', row, () => {
        tell({ kind: 'ok', device: 'ana/1', roomId, ...row });
        stored.push(row);
      });
    }, EVERY_MS);
    await wait(300);
    await fault({
      kill: () => redis.kill('SIGKILL'),
      back: async () => {
        redis = await startRedis(port);
      },
      hold: (signal) => void children[1]?.kill(signal),
    });
    clearInterval(timer);
    await wait(3_000);
    const end = { roomId, states: {} };
    for (const [device, shown] of rows)
      tell({ kind: 'screen', device, base: 0, rows: shown, ...end });
    tell({ kind: 'stored', process: 'what was acked', rows: stored, ...end });
    return check(history);
  };

  test('loses nothing while all is well, as this method sees it', async () => {
    const report = await talk(() => wait(500));
    expect(report.acked).toBeGreaterThan(20);
    expect(report.examples).toEqual([]);
  });

  test('is reported as losing when Redis comes back before a slow process does', async () => {
    const report = await talk(async ({ kill, back, hold }) => {
      await kill();
      // Without this, both processes reconnect at once and who is first is left to chance.
      hold('SIGSTOP');
      await back();
      await wait(2_000);
      hold('SIGCONT');
      await wait(2_000);
    });
    expect(report.counts.unseen).toBeGreaterThan(0);
  });
});
