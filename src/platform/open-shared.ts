import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import { createMemoryBus } from './bus.ts';
import type { Clock } from './clock.ts';
import { createMemoryLeases } from './leases.ts';
import { createMemoryLimits } from './limits.ts';
import type { Shared } from './shared.ts';

/** In the process by default; in Redis when `redisUrl` is set, whose driver is loaded only then. */
export const openShared = async (config: Config, clock: Clock, log: Logger): Promise<Shared> => {
  const own = {
    leases: createMemoryLeases({ now: () => performance.now() }),
    limits: createMemoryLimits(clock, config.rateScale),
  };
  if (!config.redisUrl) {
    return { bus: createMemoryBus(), ...own, close: async () => own.limits.close() };
  }
  const { openRedisShared } = await import('./shared.redis.ts');
  const shared = await openRedisShared(config, own, log);
  return {
    ...shared,
    close: async () => {
      await shared.close();
      own.limits.close();
    },
  };
};
