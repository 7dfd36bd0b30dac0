import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { redisBinary } from './backends.ts';
import { owned } from './children.ts';
import { freePort } from './ports.ts';

export type RedisServer = {
  url: string;
  pid: number;
  /** Ends it with a signal and waits until it is gone. */
  kill: (signal: NodeJS.Signals) => Promise<void>;
  close: () => Promise<void>;
};

const READY_MS = 5_000;

/** A redis-server of its own, in memory only; on `port` when a test starts it again. */
export const startRedis = async (port?: number): Promise<RedisServer> => {
  if (!redisBinary) throw new Error('redis-server is not available');
  const at = port ?? (await freePort());
  const args = ['--port', `${at}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = owned(spawn(redisBinary, args, { stdio: ['ignore', 'pipe', 'ignore'] }));
  const gone = once(child, 'exit');
  const log: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`redis-server ${why}:\n${log.join('\n')}`));
    const timer = setTimeout(() => fail('was not ready in time'), READY_MS);
    child.once('error', reject);
    child.once('exit', (code) => fail(`ended with ${code}`));
    createInterface({ input: child.stdout }).on('line', (line) => {
      log.push(line);
      if (!line.includes('Ready to accept connections')) return;
      clearTimeout(timer);
      resolve();
    });
  });
  const kill = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await gone;
  };
  return {
    url: `redis://127.0.0.1:${at}`,
    pid: child.pid ?? 0,
    kill,
    close: () => kill('SIGKILL'),
  };
};
