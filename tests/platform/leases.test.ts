import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMemoryLeases, type Leases } from '../../src/platform/leases.ts';
import type { Shared } from '../../src/platform/shared.ts';
import { describeOn } from '../support/backends.ts';
import { createTestClock } from '../support/clock.ts';
import { openPlace, type Place } from '../support/place.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';
import { openSharedWith, until } from './shared.ts';

const LONG = 60_000;
const sorted = async (leases: Leases, sets: string[]) =>
  (await leases.members(sets)).map((members) => members.toSorted());

const holdsAndLetsGo = async (leases: Leases) => {
  await leases.renew(
    [
      ['readers', 'ana'],
      ['readers', 'ben'],
      ['writers', 'ana'],
    ],
    LONG,
  );
  await leases.renew([['readers', 'ana']], LONG);
  expect(await sorted(leases, ['writers', 'nobody', 'readers'])).toEqual([
    ['ana'],
    [],
    ['ana', 'ben'],
  ]);
  await leases.release('readers', 'ana');
  await leases.release('readers', 'nobody');
  expect(await sorted(leases, ['readers', 'writers'])).toEqual([['ben'], ['ana']]);
  expect(await leases.members([])).toEqual([]);
  expect(leases.isComplete()).toBe(true);
};

test('leases in the process hold what is renewed and let go what is released', async () => {
  await holdsAndLetsGo(createMemoryLeases(createTestClock()));
});

test('a lease in the process ends by itself when nobody renews it', async () => {
  const clock = createTestClock();
  const leases = createMemoryLeases(clock);
  await leases.renew([['readers', 'ana']], 100);
  await leases.renew([['readers', 'ben']], 200);
  clock.forward(99);
  expect(await sorted(leases, ['readers'])).toEqual([['ana', 'ben']]);
  clock.forward(1);
  expect(await sorted(leases, ['readers'])).toEqual([['ben']]);
  await leases.renew([['readers', 'ben']], 200);
  clock.forward(199);
  expect(await sorted(leases, ['readers'])).toEqual([['ben']]);
});

describeOn(['redis'], 'leases of several processes', () => {
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

  test('hold what is renewed and let go what is released', () => holdsAndLetsGo(one.leases));

  test('are seen by all of them', async () => {
    await one.leases.renew([['shared', 'ana']], LONG);
    await two.leases.renew([['shared', 'ben']], LONG);
    for (const { leases } of [one, two])
      expect(await sorted(leases, ['shared'])).toEqual([['ana', 'ben']]);
    await two.leases.release('shared', 'ana');
    expect(await sorted(one.leases, ['shared'])).toEqual([['ben']]);
  });

  test('end by themselves, each at its own time', async () => {
    await one.leases.renew([['short', 'long']], LONG);
    await one.leases.renew([['short', 'brief']], 30);
    await until(async () => (await two.leases.members(['short']))[0]?.join() === 'long');
  });
});

describeOn(['redis'], 'leases without their Redis', () => {
  let server: RedisServer;
  let shared: Shared;
  beforeAll(async () => {
    server = await startRedis();
    shared = await openSharedWith({ REDIS_URL: server.url });
  });
  afterAll(() => shared.close());

  test('show what this process holds, and say that it is not all', async () => {
    await shared.leases.renew([['readers', 'ana']], LONG);
    await server.kill('SIGKILL');
    await until(async () => {
      await shared.leases.members(['readers']);
      return !shared.leases.isComplete();
    });
    await shared.leases.renew([['readers', 'ben']], LONG);
    expect(await sorted(shared.leases, ['readers'])).toEqual([['ana', 'ben']]);
  });
});
