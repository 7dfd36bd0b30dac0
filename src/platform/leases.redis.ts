import type { Redis } from 'ioredis';
import type { Leases } from './leases.ts';

/** Expiry by the clock of Redis: the clocks of the processes need not agree. */
const RENEW = `
local t = redis.call('TIME'); local now = t[1] * 1000 + math.floor(t[2] / 1000)
local ttl = tonumber(ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
for i = 2, #ARGV do redis.call('ZADD', KEYS[1], now + ttl, ARGV[i]) end
if redis.call('PTTL', KEYS[1]) < ttl then redis.call('PEXPIRE', KEYS[1], ttl) end`;
const MEMBERS = `
local t = redis.call('TIME'); local now = t[1] * 1000 + math.floor(t[2] / 1000)
return redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. now, '+inf')`;

const bySet = (held: readonly (readonly [string, string])[]) => {
  const sets = new Map<string, string[]>();
  for (const [set, member] of held) {
    const members = sets.get(set);
    if (members) members.push(member);
    else sets.set(set, [member]);
  }
  return sets;
};

/**
 * Leases in Redis sorted sets. While Redis is out of reach, what this process holds is answered
 * from `fallback`, so that its own people stay visible to each other.
 */
export const createRedisLeases = (redis: Redis, prefix: string, fallback: Leases): Leases => {
  let complete = true;
  return {
    renew: async (held, ttlMs) => {
      await fallback.renew(held, ttlMs);
      const pipeline = redis.pipeline();
      for (const [set, members] of bySet(held))
        pipeline.eval(RENEW, 1, prefix + set, ttlMs, ...members);
      await pipeline.exec().catch(() => null);
    },
    release: async (set, member) => {
      await fallback.release(set, member);
      await redis.zrem(prefix + set, member).catch(() => 0);
    },
    members: async (sets) => {
      if (sets.length === 0) return [];
      const pipeline = redis.pipeline();
      for (const set of sets) pipeline.eval(MEMBERS, 1, prefix + set);
      const replies = await pipeline.exec().catch(() => null);
      complete = replies !== null && replies.every(([error]) => !error);
      if (!replies || !complete) return fallback.members(sets);
      return replies.map(([, members]) => members as string[]);
    },
    isComplete: () => complete,
  };
};
