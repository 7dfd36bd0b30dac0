import type { Config } from '../config.ts';
import { type Logger, named } from '../log.ts';
import { createRedisBus } from './bus.redis.ts';
import { type Bus, createMemoryBus } from './bus.ts';
import type { Clock } from './clock.ts';
import { createRedisLeases } from './leases.redis.ts';
import { createMemoryLeases, type Leases } from './leases.ts';
import { createRedisLimits } from './limits.redis.ts';
import { createMemoryLimits, type Limits } from './limits.ts';
import { connectRedis, redisReady } from './redis.ts';

/** What processes share besides the store: hints, leases and limits. */
export type Shared = { bus: Bus; leases: Leases; limits: Limits; close(): Promise<void> };

/** How long a start waits for Redis. */
const START_MS = 5_000;

/** In the process by default; in Redis when `redisUrl` is set. */
export const openShared = async (config: Config, clock: Clock, log: Logger): Promise<Shared> => {
  const leases = createMemoryLeases(clock);
  const limits = createMemoryLimits(clock, config.rateScale);
  if (!config.redisUrl) {
    return { bus: createMemoryBus(), leases, limits, close: async () => limits.close() };
  }
  const { redisUrl: url, redisPrefix: prefix } = config;
  const redis = connectRedis(url, named(log, 'redis'));
  try {
    await redisReady(redis, START_MS);
  } catch (error) {
    redis.disconnect();
    limits.close();
    throw error;
  }
  const bus = createRedisBus({ url, prefix, publisher: redis, log: named(log, 'bus') });
  return {
    bus,
    leases: createRedisLeases(redis, prefix, leases),
    limits: createRedisLimits(redis, prefix, config.rateScale, limits),
    close: async () => {
      limits.close();
      await bus.close();
      redis.disconnect();
    },
  };
};
