import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMemoryLimits, type Limits } from '../../src/platform/limits.ts';
import type { Shared } from '../../src/platform/shared.ts';
import { describeOn } from '../support/backends.ts';
import { createTestClock } from '../support/clock.ts';
import { openPlace, type Place } from '../support/place.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';
import { openSharedWith, until } from './shared.ts';

const bucket = { burst: 3, refillMs: 1_000 };
const takeAll = async (limits: Limits, key: string, times: number) => {
  const waits = [];
  for (let each = 0; each < times; each += 1) waits.push(await limits.take(key, bucket));
  return waits;
};

describe('limits in the process', () => {
  test('a full bucket gives its burst, then one token for each refill', async () => {
    const clock = createTestClock();
    const limits = createMemoryLimits(clock, 1);
    expect(await takeAll(limits, 'ana', 4)).toEqual([0, 0, 0, 1_000]);
    clock.forward(400);
    expect(await limits.take('ana', bucket)).toBe(600);
    clock.forward(600);
    expect(await takeAll(limits, 'ana', 2)).toEqual([0, 1_000]);
    clock.forward(60_000);
    expect(await takeAll(limits, 'ana', 4)).toEqual([0, 0, 0, 1_000]);
    limits.close();
  });

  test('a clock that steps back takes nothing away', async () => {
    const clock = createTestClock();
    const limits = createMemoryLimits(clock, 1);
    expect(await limits.take('ana', bucket)).toBe(0);
    clock.forward(-7_200_000);
    expect(await takeAll(limits, 'ana', 3)).toEqual([0, 0, 1_000]);
    limits.close();
  });

  test('each key has its own bucket', async () => {
    const limits = createMemoryLimits(createTestClock(), 1);
    await takeAll(limits, 'ana', 4);
    expect(await limits.take('ben', bucket)).toBe(0);
    limits.close();
  });

  test('the scale multiplies the burst and the pace', async () => {
    const clock = createTestClock();
    const limits = createMemoryLimits(clock, 10);
    expect((await takeAll(limits, 'ana', 31)).filter((wait) => wait > 0)).toEqual([100]);
    limits.close();
  });

  test('buckets are bounded: the oldest is forgotten', async () => {
    const limits = createMemoryLimits(createTestClock(), 1);
    await takeAll(limits, 'first', 4);
    for (let each = 0; each < 100_000; each += 1) await limits.take(`key-${each}`, bucket);
    expect(await limits.take('first', bucket)).toBe(0);
    limits.close();
  });
});

describeOn(['redis'], 'limits of several processes', () => {
  let place: Place;
  let one: Shared;
  let two: Shared;
  beforeAll(async () => {
    place = await openPlace({ redis: true });
    [one, two] = [await openSharedWith(place.env), await openSharedWith(place.env)];
  });
  afterAll(async () => {
    await Promise.all([one.close(), two.close()]);
    await place.close();
  });

  test('share one bucket', async () => {
    const slow = { burst: 3, refillMs: 60_000 };
    const waits = [];
    for (const { limits } of [one, two, one, two]) waits.push(await limits.take('ana', slow));
    expect(waits.slice(0, 3)).toEqual([0, 0, 0]);
    expect(waits[3]).toBeGreaterThan(50_000);
    expect(waits[3]).toBeLessThanOrEqual(60_000);
  });

  test('give no token twice, however many ask at once', async () => {
    const slow = { burst: 5, refillMs: 60_000 };
    const asked = Array.from({ length: 40 }, async (_, index) =>
      (index % 2 ? one : two).limits.take('many', slow),
    );
    expect((await Promise.all(asked)).filter((wait) => wait === 0)).toHaveLength(5);
  });

  test('refill with time', async () => {
    const fast = { burst: 1, refillMs: 20 };
    expect(await one.limits.take('fast', fast)).toBe(0);
    await until(async () => (await two.limits.take('fast', fast)) === 0);
  });
});

describeOn(['redis'], 'limits without their Redis', () => {
  let server: RedisServer;
  let shared: Shared;
  beforeAll(async () => {
    server = await startRedis();
    shared = await openSharedWith({ REDIS_URL: server.url });
  });
  afterAll(() => shared.close());

  test('hold in each process', async () => {
    expect(await shared.limits.take('ana', bucket)).toBe(0);
    await server.kill('SIGKILL');
    const waits = await takeAll(shared.limits, 'ana', 4);
    expect(waits.slice(0, 3)).toEqual([0, 0, 0]);
    expect(waits[3]).toBeGreaterThan(0);
  });
});
