import { startMongoServer } from '../../faults/cluster.ts';
import { missing, mongoUrl } from '../../support/backends.ts';
import { freshMongo } from '../../support/place.ts';
import { startRedis } from '../../support/redis.ts';
import { opening } from '../closers.ts';
import type { Peer } from '../peer.ts';
import { pin } from '../processes.ts';
import { makeWorld } from '../world.ts';
import { seatsOf, startLyceum } from './lyceum.ts';

const ownServer = async () => {
  const own = await startMongoServer();
  if (!own) throw new Error('no MongoDB: MONGO_URL is not set and .ci/mongo-wire does not start');
  return own;
};

/** Two processes on MongoDB and Redis; members in turns on one and the other. */
export const lyceumRedis: Peer = {
  name: 'lyceum-redis',
  title: 'Lyceum × 2',
  line: 'lyceum',
  stores: 'every message, in MongoDB with w: majority and j: true, before anybody sees it',
  missing: () => missing('redis'),
  start: (crowd, options) =>
    opening(async (closers) => {
      // It stays on the generator's core, as a database stays on a machine of its own.
      const server = mongoUrl ? null : closers.add(await ownServer());
      const database = closers.add(await freshMongo(mongoUrl ?? server?.url));
      const redis = closers.add(await startRedis());
      if (options.core !== null) await pin([redis.pid], options.core);
      const env = { MONGO_URL: database.url, REDIS_URL: redis.url };
      const world = await makeWorld(env, crowd);
      const one = closers.add(await startLyceum(env, options));
      const other = closers.add(await startLyceum(env, { core: options.core }));
      return {
        seats: seatsOf(world, (member) => (member % 2 === 0 ? one.port : other.port)),
        pids: [one.pid, other.pid, redis.pid],
        apartPids: server ? [server.pid] : [],
        url: one.url,
        close: closers.close,
      };
    }),
};
