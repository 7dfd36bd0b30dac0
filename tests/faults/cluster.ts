import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { StoreName } from '../support/backends.ts';
import { owned } from '../support/children.ts';
import { type Node, startNode } from '../support/cluster.ts';
import { freshFolder, freshMongo } from '../support/place.ts';
import { freePort } from '../support/ports.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';
import { type Proxy, startProxy } from './proxy.ts';

const run = promisify(execFile);
const POLL_MS = 20;

export type Shape = { store: StoreName; processes: number; redis: boolean };

/** One app process. Everything that it talks to, and all who talk to it, go through its links. */
export type Member = {
  name: string;
  node: Node;
  /** Two ways for clients: a fault on one leaves them the other. */
  front: Proxy;
  side: Proxy;
  redis: Proxy | null;
  mongo: Proxy | null;
  /** Whether it has ended without being told to. */
  crashed(): boolean;
  /** Waits until it has ended by itself, as it was told to when it was started. */
  ended(withinMs: number): Promise<void>;
  /** Ends it by a signal and waits until it is gone. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Starts it again at the same address, by default with the same environment. */
  start(env?: Record<string, string>): Promise<void>;
  stop(): void;
  goOn(): void;
  /** Limits the size of files it may write, as a full disk does; null lifts that. */
  limitFiles(bytes: number | null): Promise<void>;
};

export type Site = {
  shape: Shape;
  members: [Member, ...Member[]];
  /** What clients connect to: a front and a side of each process. */
  links: string[];
  redis: { kill(): Promise<void>; start(): Promise<void> } | null;
  dataDir: string;
  mongoUrl: string | null;
  /** Every link passes, every process runs, Redis is there. */
  heal(): Promise<void>;
  close(): Promise<void>;
};

type Env = Record<string, string>;
const proxied = async (url: string, query = ''): Promise<{ url: string; proxy: Proxy }> => {
  const at = new URL(url);
  const port = Number(at.port || (at.protocol === 'redis:' ? 6_379 : 27_017));
  const proxy = await startProxy({ host: at.hostname, port });
  at.host = `127.0.0.1:${proxy.port}`;
  if (query) at.search = query;
  return { url: at.href, proxy };
};

const openMember = async (
  name: string,
  port: number,
  base: Env,
  backends: { redisUrl: string | null; mongoUrl: string | null },
): Promise<Member & { close(): Promise<void> }> => {
  const front = await startProxy({ host: '127.0.0.1', port });
  const side = await startProxy({ host: '127.0.0.1', port });
  const redis = backends.redisUrl ? await proxied(backends.redisUrl) : null;
  // Past the proxy there is one server as far as the driver is to know.
  const mongo = backends.mongoUrl
    ? await proxied(backends.mongoUrl, '?directConnection=true')
    : null;
  let env: Env = {
    ...base,
    ...(redis && { REDIS_URL: redis.url }),
    ...(mongo && { MONGO_URL: mongo.url }),
  };
  let wanted = true;
  const member = {
    name,
    node: await startNode(port, env),
    front,
    side,
    redis: redis?.proxy ?? null,
    mongo: mongo?.proxy ?? null,
    crashed: () => wanted && !member.node.alive(),
    ended: async (withinMs: number) => {
      wanted = false;
      const until = Date.now() + withinMs;
      while (member.node.alive() && Date.now() < until) await wait(POLL_MS);
      if (member.node.alive()) throw new Error(`process ${name} did not end by itself`);
    },
    end: async (signal: 'SIGKILL' | 'SIGTERM') => {
      wanted = false;
      if (member.node.alive()) await member.node.kill(signal);
    },
    start: async (changed: Env = {}) => {
      env = { ...env, ...changed };
      member.node = await startNode(port, env);
      wanted = true;
    },
    stop: () => void member.node.kill('SIGSTOP'),
    goOn: () => void member.node.kill('SIGCONT'),
    limitFiles: async (bytes: number | null) => {
      const limit = `--fsize=${bytes ?? 'unlimited'}:unlimited`;
      await run('prlimit', ['--pid', `${member.node.pid}`, limit]);
    },
    close: async () => {
      if (member.node.alive()) await member.node.kill('SIGKILL');
      const proxies = [front, side, redis?.proxy, mongo?.proxy].flatMap((each) => each ?? []);
      await Promise.all(proxies.map((proxy) => proxy.close()));
    },
  };
  return member;
};

const openRedis = async () => {
  const port = await freePort();
  let server: RedisServer | null = await startRedis(port);
  return {
    url: server.url,
    kill: async () => {
      await server?.kill('SIGKILL');
      server = null;
    },
    start: async () => {
      server ??= await startRedis(port);
    },
  };
};

/** Starts the processes of this shape on a store of their own. `env` is for all of them. */
export const openSite = async (
  shape: Shape,
  options: { mongoServer?: string | null; env?: Env; envOf?: Record<string, Env> } = {},
): Promise<Site> => {
  const folder = await freshFolder();
  const database = shape.store === 'mongodb' ? await freshMongo(options.mongoServer) : null;
  const redis = shape.redis ? await openRedis() : null;
  const backends = { redisUrl: redis?.url ?? null, mongoUrl: database?.url ?? null };
  const members: Awaited<ReturnType<typeof openMember>>[] = [];
  const close = async () => {
    await Promise.all(members.map((member) => member.close()));
    await redis?.kill();
    await database?.close();
    await folder.close();
  };
  try {
    for (const name of ['a', 'b', 'c'].slice(0, shape.processes)) {
      const port = await freePort();
      const env = {
        DATA_DIR: folder.path,
        ORIGIN: `http://127.0.0.1:${port}`,
        ...options.env,
        ...options.envOf?.[name],
      };
      members.push(await openMember(name, port, env, backends));
    }
  } catch (error) {
    await close();
    throw error;
  }
  const proxiesOf = ({ front, side, redis: bus, mongo }: Member) => [front, side, bus, mongo];
  return {
    shape,
    members: members as unknown as [Member, ...Member[]],
    links: ['front', 'side'].flatMap((way) =>
      members.map((member) => `http://127.0.0.1:${member[way as 'front' | 'side'].port}`),
    ),
    redis,
    dataDir: folder.path,
    mongoUrl: backends.mongoUrl,
    heal: async () => {
      await redis?.start();
      for (const member of members) {
        for (const proxy of proxiesOf(member)) proxy?.set({ kind: 'pass' });
        if (!member.node.alive() && !member.crashed()) await member.start();
      }
    },
    close,
  };
};

export type MongoServer = { url: string; pid: number; close(): Promise<void> };

/** The wire server that stands in for MongoDB in tests; null where it cannot be built. */
export const startMongoServer = async (): Promise<MongoServer | null> => {
  const script = fileURLToPath(new URL('../../.ci/mongo-wire/start', import.meta.url));
  const child = owned(spawn(script, ['0'], { stdio: ['ignore', 'pipe', 'ignore'] }));
  const url = await new Promise<string | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', () => resolve(null));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('ready ')) resolve(line.slice(6).trim());
    });
  });
  if (!url) return null;
  return {
    url,
    pid: child.pid ?? 0,
    close: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
};
