import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { testEnv } from './app-env.ts';
import { owned } from './children.ts';
import type { Place } from './place.ts';
import { freePort } from './ports.ts';

export type Node = {
  url: string;
  pid: number;
  logs: string[];
  alive: () => boolean;
  /** Sends a signal; resolves when the process is gone (for SIGSTOP and SIGCONT: at once). */
  kill: (signal: NodeJS.Signals) => Promise<void>;
};
export type Cluster = { nodes: [Node, ...Node[]]; close: () => Promise<void> };

const READY_MS = 20_000;
const POLL_MS = 50;

const collectLogs = (child: ChildProcess): string[] => {
  const logs: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => logs.push(text));
  }
  return logs;
};

const ready = async (node: Node): Promise<void> => {
  const until = Date.now() + READY_MS;
  while (Date.now() < until && node.alive()) {
    const answer = await fetch(`${node.url}/ready`).catch(() => null);
    if (answer?.status === 200) return;
    await wait(POLL_MS);
  }
  throw new Error(`the process at ${node.url} was not ready:\n${node.logs.join('')}`);
};

/** The command of `npm start`, without the `.env` of whoever runs this. */
const startArgs = (): string[] => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    scripts: { start: string };
  };
  const [, ...args] = scripts.start.split(' ');
  return args.filter((arg) => !arg.startsWith('--env-file'));
};

/** One real server process, as `npm start` runs it; resolves when `/ready` says so. */
export const startNode = async (port: number, env: Record<string, string>): Promise<Node> => {
  const child = owned(
    spawn(process.execPath, startArgs(), {
      env: { PATH: process.env.PATH, ...testEnv, ...env, PORT: `${port}` },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  const gone = once(child, 'exit');
  const node: Node = {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    logs: collectLogs(child),
    alive: () => child.exitCode === null && child.signalCode === null,
    kill: async (signal) => {
      child.kill(signal);
      if (signal !== 'SIGSTOP' && signal !== 'SIGCONT') await gone;
    },
  };
  await ready(node).catch(async (error: unknown) => {
    if (node.alive()) await node.kill('SIGKILL');
    throw error;
  });
  return node;
};

/** `count` real processes on one place. `ORIGIN` allows the addresses of all of them. */
export const startCluster = async (
  place: Place,
  count: number,
  env: Record<string, string> = {},
): Promise<Cluster> => {
  const ports = await Promise.all(Array.from({ length: count }, () => freePort()));
  const ORIGIN = ports.map((port) => `http://127.0.0.1:${port}`).join(',');
  const all = { ORIGIN, ...place.env, ...env };
  const [first, ...rest] = ports as [number, ...number[]];
  // The first one makes the tables; the others find them.
  const nodes: [Node, ...Node[]] = [await startNode(first, all)];
  nodes.push(...(await Promise.all(rest.map((port) => startNode(port, all)))));
  return {
    nodes,
    close: async () => {
      await Promise.all(nodes.filter((node) => node.alive()).map((node) => node.kill('SIGKILL')));
    },
  };
};
