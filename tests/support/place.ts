import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { newId } from '../../src/platform/ids.ts';
import { mongoUrl, redisUrl, type StoreName } from './backends.ts';
import { startRedis } from './redis.ts';

/** Where the data of one test lives: what a process is started with, and how all of it goes away. */
export type Place = {
  store: StoreName;
  env: Record<string, string>;
  close: () => Promise<void>;
};

type Part = { env: Record<string, string>; close: () => Promise<void> };

/** A MongoDB database with a name of its own; `close` drops it. */
export const freshMongo = async (
  server: string | null = mongoUrl,
): Promise<{ url: string; close: () => Promise<void> }> => {
  if (!server) throw new Error('MONGO_URL is not set');
  const at = new URL(server);
  at.pathname = `/lyceum_${newId()}`;
  const drop = async () => {
    const connection = await mongoose.createConnection(at.href).asPromise();
    await connection.dropDatabase();
    await connection.close();
  };
  return { url: at.href, close: drop };
};

/** An empty folder; `close` removes it with all it holds. */
export const freshFolder = async (): Promise<{ path: string; close: () => Promise<void> }> => {
  const path = await mkdtemp(join(tmpdir(), 'lyceum-test-'));
  return { path, close: () => rm(path, { recursive: true, force: true }) };
};

const folderPart = async (): Promise<Part> => {
  const folder = await freshFolder();
  return { env: { DATA_DIR: folder.path }, close: folder.close };
};

const mongoPart = async (): Promise<Part> => {
  const database = await freshMongo();
  return { env: { MONGO_URL: database.url }, close: database.close };
};

const redisPart = async (): Promise<Part> => {
  const REDIS_PREFIX = `test-${newId().toLowerCase()}:`;
  if (redisUrl) return { env: { REDIS_URL: redisUrl, REDIS_PREFIX }, close: async () => {} };
  const server = await startRedis();
  return { env: { REDIS_URL: server.url, REDIS_PREFIX }, close: server.close };
};

/** Data of its own on the named store, with or without Redis. */
export const openPlace = async (
  wanted: { store?: StoreName; redis?: boolean } = {},
): Promise<Place> => {
  const store = wanted.store ?? 'sqlite';
  const parts = [await folderPart()];
  if (store === 'mongodb') parts.push(await mongoPart());
  if (wanted.redis) parts.push(await redisPart());
  return {
    store,
    env: Object.assign({}, ...parts.map((part) => part.env)),
    close: async () => {
      await Promise.all(parts.map((part) => part.close()));
    },
  };
};
