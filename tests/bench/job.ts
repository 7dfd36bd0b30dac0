import { type ChildProcess, fork } from 'node:child_process';
import { pin } from './processes.ts';

/** The window in which everything is measured begins and ends. */
export type Edge = 'begin' | 'end';

type Said<R> =
  | { kind: 'ready' | Edge }
  | { kind: 'done'; result: R }
  | { kind: 'failed'; why: string };

type Options = {
  /** The core that it has for itself; null: anywhere. */
  core: number | null;
  withinMs: number;
  onWindow?: (edge: Edge) => void;
};

/** Lets a process of its own, made from one of the files here, do one job; ends it in any case. */
export const startJob = async <R>(file: string, job: unknown, options: Options): Promise<R> => {
  const child = fork(new URL(file, import.meta.url), { execArgv: ['--import', 'tsx'] });
  try {
    return await answerOf<R>(child, job as object, options);
  } finally {
    child.kill('SIGKILL');
  }
};

const answerOf = <R>(child: ChildProcess, job: object, options: Options) =>
  new Promise<R>((resolve, reject) => {
    const { core, withinMs, onWindow } = options;
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
    child.on('message', (said: Said<R>) => {
      if (said.kind === 'ready') begin().catch((error: unknown) => fail(String(error)));
      else if (said.kind === 'failed') fail(`failed: ${said.why}`);
      else if (said.kind === 'done') {
        clearTimeout(timer);
        resolve(said.result);
      } else onWindow?.(said.kind);
    });
  });
