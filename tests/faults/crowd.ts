import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Entry, Fact } from './history.ts';
import type { Pace } from './talk.ts';

/** Who takes part: people with cookies, their devices, the rooms they talk in. */
export type Cast = {
  seed: number;
  people: { username: string; userId: string; cookie: string; devices: number }[];
  roomIds: string[];
  closedRoomId: string;
  links: string[];
};

type Names = { names?: string[] };
export type Orders = {
  cast(cast: Cast): Promise<void>;
  start(who: Names): Promise<void>;
  stop(who: Names): Promise<void>;
  /** Everybody (or those named) talks at this pace; null ends all talk. */
  talk(order: { pace: Pace | null } & Names): Promise<void>;
  /** So many messages each, as fast as they are acked. */
  say(order: { count: number; length: number } & Names): Promise<void>;
  drop(
    order: { how: 'close' | 'reset'; offlineMs: number; elsewhere: boolean } & Names,
  ): Promise<void>;
  /** Connections are lost at random, each about every so often; null ends that. */
  churn(order: { everyMs: number; offlineMs: number; elsewhere: boolean } | null): Promise<void>;
  stall(order: { on: boolean } & Names): Promise<void>;
  /** Waits until everybody is complete in all rooms, while they talk; answers who is not. */
  back(order: { withinMs: number } & Names): Promise<string[]>;
  /** Waits until nothing is unsent and everybody is complete; answers those who are not. */
  quiet(order: { withinMs: number } & Names): Promise<string[]>;
  screens(): Promise<void>;
  /** A fact that somebody else knows, in its place in the history. */
  record(order: { fact: Fact }): Promise<void>;
  /** All facts so far, and the p99 of the generator's own event loop delay. */
  history(): Promise<{ history: Entry[]; lagMs: number }>;
};
export type Command = { id: number; order: keyof Orders; payload: unknown };
export type Crowd = Orders & { close(): Promise<void> };

type Answer = { id: number; result?: unknown; error?: string };

const startProcess = async (): Promise<ChildProcess> => {
  const child = fork(new URL('./people.ts', import.meta.url), {
    execArgv: ['--import', 'tsx'],
    serialization: 'advanced',
  });
  await once(child, 'message');
  return child;
};

/** People in a process of their own. */
export const openCrowd = async (): Promise<Crowd> => {
  const child = await startProcess();
  const waiting = new Map<number, (answer: Answer) => void>();
  let last = 0;
  child.on('message', (answer: Answer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  child.on('exit', (code) => {
    for (const [id, answer] of waiting)
      answer({ id, error: `the people's process ended (${code})` });
    waiting.clear();
  });
  const ask = (order: keyof Orders) => (payload: unknown) =>
    new Promise((resolve, reject) => {
      const id = (last += 1);
      waiting.set(id, ({ result, error }) => (error ? reject(new Error(error)) : resolve(result)));
      child.send({ id, order, payload } satisfies Command);
    });
  const names: (keyof Orders)[] = [
    'cast',
    'start',
    'stop',
    'talk',
    'say',
    'drop',
    'churn',
    'stall',
    'back',
    'quiet',
    'screens',
    'record',
    'history',
  ];
  return {
    ...(Object.fromEntries(names.map((name) => [name, ask(name)])) as unknown as Orders),
    close: async () => {
      if (child.exitCode !== null) return;
      child.disconnect();
      await once(child, 'exit');
    },
  };
};
