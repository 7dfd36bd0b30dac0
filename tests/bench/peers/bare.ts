import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { StartOptions } from '../peer.ts';
import { pin } from '../processes.ts';

const READY_MS = 15_000;

export type Bare = { port: number; pid: number; close(): Promise<void> };

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
  const child = fork(new URL(file, import.meta.url), {
    execArgv: ['--import', 'tsx', ...(inspectPort ? [`--inspect=127.0.0.1:${inspectPort}`] : [])],
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
