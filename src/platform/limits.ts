import type { Clock } from './clock.ts';
import { remember } from './remember.ts';

/** A token bucket: `burst` tokens at most, one more every `refillMs`. */
export type Bucket = Readonly<{ burst: number; refillMs: number }>;

export type Limits = {
  /** Takes one token; 0 when there was one, otherwise the milliseconds until there is. */
  take(key: string, bucket: Bucket): number | Promise<number>;
  close(): void;
};

type Level = { tokens: number; at: number; bucket: Bucket };
/** Beyond this many buckets the oldest are forgotten. */
const MAX_BUCKETS = 100_000;
/** Those that are full again are forgotten so often: most are, after a few seconds. */
const SWEEP_MS = 15_000;

/** Buckets of this process. `scale` multiplies every limit, for load tests. */
export const createMemoryLimits = (clock: Clock, scale: number): Limits => {
  const levels = new Map<string, Level>();
  /** A clock that steps back takes nothing away. */
  const refilled = ({ tokens, at, bucket }: Level, now: number) =>
    Math.min(bucket.burst * scale, tokens + Math.max(0, now - at) / (bucket.refillMs / scale));
  const levelOf = (key: string, bucket: Bucket, now: number): Level => {
    const known = levels.get(key);
    if (known) return known;
    const full = { tokens: bucket.burst * scale, at: now, bucket };
    remember(levels, key, full, MAX_BUCKETS);
    return full;
  };
  const sweep = () => {
    const now = clock.now();
    for (const [key, level] of levels)
      if (refilled(level, now) >= level.bucket.burst * scale) levels.delete(key);
  };
  const timer = setInterval(sweep, SWEEP_MS).unref();
  return {
    take: (key, bucket) => {
      const now = clock.now();
      const level = levelOf(key, bucket, now);
      const tokens = refilled(level, now);
      level.tokens = tokens >= 1 ? tokens - 1 : tokens;
      level.at = now;
      return tokens >= 1 ? 0 : Math.ceil((1 - tokens) * (bucket.refillMs / scale));
    },
    close: () => clearInterval(timer),
  };
};
