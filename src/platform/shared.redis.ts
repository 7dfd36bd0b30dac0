import type { Config } from '../config.ts';
import { type Logger, named } from '../log.ts';
import { createRedisBus } from './bus.redis.ts';
import { createRedisLeases } from './leases.redis.ts';
import type { Leases } from './leases.ts';
import { createRedisLimits } from './limits.redis.ts';
import type { Limits } from './limits.ts';
import { connectRedis, redisReady } from './redis.ts';
import type { Shared } from './shared.ts';

/** How long a start waits for Redis. */
const START_MS = 5_000;

/** Bus, leases and limits in Redis; those of this process stand in while it is out of reach. */
export const openRedisShared = async (
  { redisUrl, redisPrefix: prefix, rateScale }: Config,
  own: { leases: Leases; limits: Limits },
  log: Logger,
): Promise<Shared> => {
  const url = redisUrl ?? '';
  const redis = connectRedis(url, named(log, 'redis'));
  try {
    await redisReady(redis, START_MS);
  } catch (error) {
    redis.disconnect();
    throw error;
  }
  const bus = createRedisBus({ url, prefix, publisher: redis, log: named(log, 'bus') });
  return {
    bus,
    leases: createRedisLeases(redis, prefix, own.leases),
    limits: createRedisLimits(redis, prefix, rateScale, own.limits),
    close: async () => {
      await bus.close();
      redis.disconnect();
    },
  };
};
