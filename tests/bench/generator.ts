import { type ChildProcess, fork } from 'node:child_process';
import type { Job, Measured } from './load.ts';
import { pin } from './processes.ts';

type Said =
  | { kind: 'ready' | Edge }
  | { kind: 'measured'; measured: Measured }
  | { kind: 'failed'; why: string };

/** The window in which everything is measured begins and ends. */
export type Edge = 'begin' | 'end';

type Options = {
  /** The core that it has for itself; null: anywhere. */
  core: number | null;
  onWindow?: (edge: Edge) => void;
};

/** Beyond the seconds of the load itself: connecting and draining. */
const SPARE_MS = 90_000;

/** Starts a generator and lets it do this one job. */
export const generate = async (job: Job, { core, onWindow }: Options): Promise<Measured> => {
  const child = fork(new URL('./generate.ts', import.meta.url), {
    execArgv: ['--import', 'tsx'],
  });
  const withinMs = (job.load.warmUpSeconds + job.load.seconds) * 1_000 + SPARE_MS;
  try {
    return await answerOf(child, job, withinMs, { core, onWindow });
  } finally {
    child.kill('SIGKILL');
  }
};

const answerOf = (child: ChildProcess, job: Job, withinMs: number, { core, onWindow }: Options) =>
  new Promise<Measured>((resolve, reject) => {
    const timer = setTimeout(() => fail('did not finish in time'), withinMs);
    const fail = (why: string) => {
      clearTimeout(timer);
      reject(new Error(`the generator ${why}`));
    };
    const begin = async () => {
      if (core !== null) await pin([child.pid ?? 0], core);
      child.send(job);
    };
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`ended with ${code}`));
    child.on('message', (said: Said) => {
      if (said.kind === 'ready') begin().catch((error: unknown) => fail(String(error)));
      else if (said.kind === 'failed') fail(`failed: ${said.why}`);
      else if (said.kind === 'measured') {
        clearTimeout(timer);
        resolve(said.measured);
      } else onWindow?.(said.kind);
    });
  });
