import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { opening } from '../closers.ts';
import { diskFolder } from '../disk.ts';
import { type Peer, type PeerName, plainSeats, type StartOptions } from '../peer.ts';
import { pin } from '../processes.ts';

const READY_MS = 15_000;

export type Bare = { port: number; pid: number; close(): Promise<void> };

/**
 * A server of this folder as JavaScript, as Lyceum's is (`npm run build:peers`): what a loader has used
 * and given back is memory that connections would seem to do without.
 */
const compiled = (file: string): URL =>
  new URL(
    `../../../dist/peers/tests/bench/peers/${file.replace(/[.]ts$/, '.js')}`,
    import.meta.url,
  );

const portOf = async (child: ChildProcess): Promise<number> => {
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`a server ended with ${code}`);
  });
  const said = once(child, 'message', { signal: AbortSignal.timeout(READY_MS) });
  const [port] = (await Promise.race([said, failed])) as [number];
  failed.catch(() => {});
  return port;
};

/** Starts one of the small servers of this folder in a process of its own. */
export const startBare = async (
  file: string,
  { core, inspectPort }: StartOptions,
  env: Record<string, string> = {},
): Promise<Bare> => {
  const child = fork(compiled(file), {
    execArgv: inspectPort ? [`--inspect=127.0.0.1:${inspectPort}`] : [],
    env: { ...process.env, NODE_ENV: 'production', ...env },
  });
  const gone = once(child, 'exit');
  const close = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await gone;
  };
  try {
    const port = await portOf(child);
    const pid = child.pid ?? 0;
    if (core !== null) await pin([pid], core);
    return { port, pid, close };
  } catch (error) {
    await close();
    throw error;
  }
};

/** What those that keep do, beside nothing else. */
const KEPT =
  'every message, in one SQLite table with one disk sync for all that wait, before anybody sees it';

/** What a bare server does beside handing on what is said. */
type Duties = {
  /** To keep what is said it has a file. */
  keeps: boolean;
  /** Hands on so often what came meanwhile, together. */
  gatherMs?: number;
  /** Passwords that it checks. */
  loginsPerSecond?: number;
};

/** One process of such a server by itself. */
export const startAlone =
  (file: string, { keeps, gatherMs, loginsPerSecond }: Duties): Peer['start'] =>
  (crowd, options) =>
    opening(async (closers) => {
      const folder = keeps ? closers.add(await diskFolder()) : null;
      const env = {
        ...(folder && { STORE_FILE: join(folder.path, 'messages.db') }),
        ...(gatherMs && { GATHER_MS: `${gatherMs}` }),
        ...(loginsPerSecond && { LOGINS_PER_SECOND: `${loginsPerSecond}` }),
      };
      const { port, pid } = closers.add(await startBare(file, options, env));
      const seats = plainSeats(crowd, () => port);
      return { seats, pids: [pid], apartPids: [], url: null, close: closers.close };
    });

/** The same server when it stores, and does what else it is told to. */
export const storing =
  (bare: Peer, name: PeerName, file: string) =>
  (others: Omit<Duties, 'keeps'>): Peer => ({
    ...bare,
    name,
    title: `${bare.title} that stores${others.gatherMs ? `, and gathers for ${others.gatherMs} ms` : ''}`,
    stores: KEPT,
    start: startAlone(file, { keeps: true, ...others }),
  });
