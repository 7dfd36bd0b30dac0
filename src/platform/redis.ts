import { Redis, type RedisOptions } from 'ioredis';
import type { Logger } from '../log.ts';

/** A command that Redis does not answer in this time counts as failed. */
const COMMAND_TIMEOUT_MS = 2_000;

const options = (): RedisOptions => ({
  // A hint that waited for a reconnect would be old news; callers have their own way out.
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  connectTimeout: 3_000,
  commandTimeout: COMMAND_TIMEOUT_MS,
  keepAlive: 5_000,
  retryStrategy: (attempt) => Math.min(100 * attempt, 1_000) * (0.5 + Math.random()),
});

/** One connection that comes back by itself. Errors are logged once per outage. */
export const connectRedis = (url: string, log: Logger, extra: RedisOptions = {}): Redis => {
  const redis = new Redis(url, { ...options(), ...extra });
  let down = false;
  redis.on('error', (error: Error) => {
    if (!down) log.warn({ err: error }, 'redis is out of reach');
    down = true;
  });
  redis.on('ready', () => {
    if (down) log.info('redis is back');
    down = false;
  });
  return redis;
};

/** Resolves when the connection is ready, or rejects after `ms`. */
export const redisReady = (redis: Redis, ms: number): Promise<void> =>
  new Promise((resolve, reject) => {
    if (redis.status === 'ready') return resolve();
    const timer = setTimeout(() => reject(new Error(`redis did not answer in ${ms} ms`)), ms);
    redis.once('ready', () => {
      clearTimeout(timer);
      resolve();
    });
  });
