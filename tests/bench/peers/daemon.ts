import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { owned } from '../../support/children.ts';

const READY_MS = 30_000;
const POLL_MS = 100;

export type Daemon = { pid: number; close(): Promise<void> };

const answers = async (port: number): Promise<boolean> => {
  const socket = connect({ port, host: '127.0.0.1' });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(1_000) });
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
};

/**
 * Starts a program in the foreground with as many open files as it may have, on one core from the
 * beginning, as it may count the cores. Resolves when it takes connections at `port`.
 */
export const startDaemon = async (
  command: readonly string[],
  { port, core, env }: { port: number; core: number | null; env?: Record<string, string> },
): Promise<Daemon> => {
  const pinned = core === null ? command : ['taskset', '-c', `${core}`, ...command];
  const child = owned(
    spawn('sh', ['-c', 'ulimit -n "$(ulimit -H -n)"; exec "$@"', 'sh', ...pinned], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-4_000);
    });
  const gone = once(child, 'exit');
  gone.catch(() => {});
  const isAlive = () => child.exitCode === null && child.signalCode === null;
  const close = async () => {
    if (isAlive()) child.kill('SIGKILL');
    await gone;
  };
  const until = Date.now() + READY_MS;
  while (isAlive() && Date.now() < until) {
    if (await answers(port)) return { pid: child.pid ?? 0, close };
    await wait(POLL_MS);
  }
  await close();
  throw new Error(`${command[0]} did not start:\n${log}`);
};
