import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { newId } from '../../src/platform/ids.ts';
import { createRedisLeases } from '../../src/platform/leases.redis.ts';
import { createMemoryLeases, type Leases } from '../../src/platform/leases.ts';
import { connectRedis, redisReady } from '../../src/platform/redis.ts';
import type { PersonStatus } from '../../src/presence/contract.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { describeOn } from '../support/backends.ts';
import { signUp, type TestPerson } from '../support/client.ts';
import { openPlace, type Place } from '../support/place.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';
import type { TestSocket } from '../support/socket.ts';

const quiet = createLog('silent');

describeOn(['redis'], 'leases', () => {
  let server: RedisServer;
  let redis: ReturnType<typeof connectRedis>;
  let leases: Leases;
  beforeAll(async () => {
    server = await startRedis();
    redis = connectRedis(server.url, quiet);
    await redisReady(redis, 5_000);
    leases = createRedisLeases(redis, 'test:', createMemoryLeases(systemClock));
  });
  afterAll(async () => {
    redis?.disconnect();
    await server?.close();
  });

  test('a short lease never shortens the life of others in its set', async () => {
    const set = newId();
    await leases.renew([[set, 'stays']], 60_000);
    await leases.renew([[set, 'leaves']], 1);
    await expect.poll(() => leases.members([set])).toEqual([['stays']]);
    expect(await redis.pttl(`test:${set}`)).toBeGreaterThan(50_000);
  });

  test('a lease can be cut short, and ends by itself', async () => {
    const set = newId();
    await leases.renew([[set, 'device']], 60_000);
    expect(await leases.members([set])).toEqual([['device']]);
    await leases.renew([[set, 'device']], 1);
    await expect.poll(() => leases.members([set])).toEqual([[]]);
  });

  test('while Redis is gone, what is held here is known, and that it is not all', async () => {
    const set = newId();
    await leases.renew([[set, 'here']], 60_000);
    expect(leases.isComplete()).toBe(true);
    await server.kill('SIGKILL');
    expect(await leases.members([set])).toEqual([['here']]);
    expect(leases.isComplete()).toBe(false);
  });
});

describeOn(['sqlite', 'redis'], 'presence over two processes', () => {
  let place: Place;
  let apps: TestApp[];
  let ana: TestPerson;
  let ben: TestPerson;
  let anaLive: TestSocket;
  let benLive: TestSocket;
  beforeAll(async () => {
    place = await openPlace({ redis: true });
    apps = [await startApp({ place }), await startApp({ place })];
    const [first, second] = apps.map(({ url }) => url) as [string, string];
    [ana, ben] = [await signUp(first, 'ana'), await signUp(second, 'ben')];
    await ana.post('/api/friend-requests', { to: 'ben' });
    await ben.post('/api/friend-requests', { to: 'ana' });
    anaLive = await ana.socket();
  });
  afterAll(async () => {
    for (const live of [anaLive, benLive]) live?.close();
    for (const app of apps ?? []) await app.close();
    await place?.close();
  });

  const told = (status: PersonStatus['status'], withinMs: number) =>
    anaLive.next(
      'presence',
      ({ people }) => people.some((each) => each.userId === ben.me.id && each.status === status),
      withinMs,
    );

  test('an arrival, a choice and a block on one are told on the other', async () => {
    benLive = await ben.socket();
    await told('online', 2_000);
    await benLive.ask('presence:set', { status: 'busy' });
    await told('busy', 3_000);
    const { people } = await anaLive.ask('presence:subscribe', { userIds: [ben.me.id] });
    expect(people).toEqual([{ userId: ben.me.id, status: 'busy' }]);
    await ben.put('/api/blocks/ana');
    await told('offline', 2_000);
    const after = await anaLive.ask('presence:subscribe', { userIds: [ben.me.id] });
    expect(after.people).toEqual([{ userId: ben.me.id, status: 'offline' }]);
  });
});
