import type { Redis } from 'ioredis';
import type { Limits } from './limits.ts';

const TAKE = `
local t = redis.call('TIME'); local now = t[1] * 1000 + math.floor(t[2] / 1000)
local burst, refill = tonumber(ARGV[1]), tonumber(ARGV[2])
local level = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = tonumber(level[1]) or burst
local at = tonumber(level[2]) or now
tokens = math.min(burst, tokens + math.max(0, now - at) / refill)
local wait = 0
if tokens >= 1 then tokens = tokens - 1 else wait = math.ceil((1 - tokens) * refill) end
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', now)
redis.call('PEXPIRE', KEYS[1], math.ceil(burst * refill) + 1000)
return wait`;

/** Buckets shared by all processes; those of `fallback` while Redis is out of reach. */
export const createRedisLimits = (
  redis: Redis,
  prefix: string,
  scale: number,
  fallback: Limits,
): Limits => ({
  take: async (key, bucket) => {
    if (redis.status !== 'ready') return fallback.take(key, bucket);
    const burst = bucket.burst * scale;
    const refill = bucket.refillMs / scale;
    try {
      return Number(await redis.eval(TAKE, 1, `${prefix}limit:${key}`, burst, refill));
    } catch {
      return fallback.take(key, bucket);
    }
  },
  close: () => fallback.close(),
});
