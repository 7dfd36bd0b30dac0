import { missing } from '../../support/backends.ts';
import { startRedis } from '../../support/redis.ts';
import { opening } from '../closers.ts';
import type { Peer } from '../peer.ts';
import { pin } from '../processes.ts';
import { makeWorld } from '../world.ts';
import { KEPT_IN_MONGODB, openDatabase } from './database.ts';
import { seatsOf, startLyceum } from './lyceum.ts';

/** Two processes on MongoDB and Redis; members in turns on one and the other. */
export const lyceumRedis: Peer = {
  name: 'lyceum-redis',
  title: 'Lyceum × 2',
  line: 'lyceum',
  stores: KEPT_IN_MONGODB,
  missing: () => missing('redis'),
  start: (crowd, options) =>
    opening(async (closers) => {
      const database = await openDatabase(closers);
      const redis = closers.add(await startRedis());
      if (options.core !== null) await pin([redis.pid], options.core);
      const env = { MONGO_URL: database.url, REDIS_URL: redis.url };
      const world = await makeWorld(env, crowd);
      const one = closers.add(await startLyceum(env, options));
      const other = closers.add(await startLyceum(env, { core: options.core }));
      return {
        seats: seatsOf(world, (member) => (member % 2 === 0 ? one.port : other.port)),
        pids: [one.pid, other.pid, redis.pid],
        apartPids: database.pids,
        url: one.url,
        close: closers.close,
      };
    }),
};
