import { startMongoServer } from '../../faults/cluster.ts';
import { mongoUrl } from '../../support/backends.ts';
import { freshMongo } from '../../support/place.ts';
import type { Closers } from '../closers.ts';

/** What those that use it keep. */
export const KEPT_IN_MONGODB =
  'every message, in MongoDB with w: majority and j: true, before anybody sees it';

const ownServer = async () => {
  const own = await startMongoServer();
  if (!own) throw new Error('no MongoDB: MONGO_URL is not set and .ci/mongo-wire does not start');
  return own;
};

/**
 * An empty database, on MONGO_URL or on a server of its own. That stays on the generator's core, as a
 * database stays on a machine of its own.
 */
export const openDatabase = async (closers: Closers): Promise<{ url: string; pids: number[] }> => {
  const server = mongoUrl ? null : closers.add(await ownServer());
  const { url } = closers.add(await freshMongo(mongoUrl ?? server?.url));
  return { url, pids: server ? [server.pid] : [] };
};
