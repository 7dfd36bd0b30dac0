import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createMemoryBus } from '../../src/platform/bus.ts';
import type { Shared } from '../../src/platform/shared.ts';
import { describeOn } from '../support/backends.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';
import { openSharedWith, until } from './shared.ts';

test('the bus of a single process has nobody else to tell', async () => {
  const bus = createMemoryBus();
  const heard: string[] = [];
  const stop = bus.subscribe('news', (message) => heard.push(message));
  bus.publish('news', 'hello');
  stop();
  await bus.close();
  expect(heard).toEqual([]);
  expect(bus.healthy()).toBe(true);
});

describeOn(['redis'], 'the bus of several processes', () => {
  let server: RedisServer;
  let one: Shared;
  let two: Shared;
  const stops: (() => void)[] = [];
  beforeAll(async () => {
    server = await startRedis();
    const env = { REDIS_URL: server.url };
    [one, two] = [await openSharedWith(env), await openSharedWith(env)];
  });
  afterEach(() => {
    for (const stop of stops.splice(0)) stop();
  });
  afterAll(async () => {
    await Promise.all([one.close(), two.close()]);
    await server.close();
  });
  const hear = (shared: Shared, channel: string) => {
    const heard: string[] = [];
    const stop = shared.bus.subscribe(channel, (message) => heard.push(message));
    stops.push(stop);
    return { heard, stop };
  };
  /** Publishes until it is heard: a subscription takes a moment to reach Redis. */
  const open = (from: Shared, channel: string, heard: string[]) =>
    until(() => {
      from.bus.publish(channel, 'open');
      return heard.length > 0;
    });

  test('tells the others, in order, and never its sender', async () => {
    const [mine, theirs] = [hear(one, 'order'), hear(two, 'order')];
    await open(one, 'order', theirs.heard);
    await until(() => theirs.heard.at(-1) === 'open');
    for (let each = 0; each < 100; each += 1) one.bus.publish('order', `${each}`);
    await until(() => theirs.heard.at(-1) === '99');
    const numbers = theirs.heard.filter((message) => message !== 'open');
    expect(numbers).toEqual(Array.from({ length: 100 }, (_, each) => `${each}`));
    expect(mine.heard).toEqual([]);
  });

  test('tells only who listens to the channel, also with spaces in the words', async () => {
    const [news, weather] = [hear(two, 'news'), hear(two, 'weather')];
    await open(one, 'news', news.heard);
    await open(one, 'weather', weather.heard);
    one.bus.publish('news', 'a word with  spaces');
    await until(() => news.heard.at(-1) === 'a word with  spaces');
    expect(new Set(weather.heard)).toEqual(new Set(['open']));
  });

  test('one listener may leave without the others', async () => {
    const [first, second] = [hear(two, 'leaving'), hear(two, 'leaving')];
    await open(one, 'leaving', second.heard);
    first.stop();
    const before = first.heard.length;
    one.bus.publish('leaving', 'after');
    await until(() => second.heard.at(-1) === 'after');
    expect(first.heard).toHaveLength(before);
  });

  test('survives its Redis: says that something may be missed, and hears again', async () => {
    const { heard } = hear(two, 'outage');
    await open(one, 'outage', heard);
    let gaps = 0;
    two.bus.onGap(() => {
      gaps += 1;
    });
    await server.kill('SIGKILL');
    await until(() => !one.bus.healthy() && !two.bus.healthy());
    expect(() => one.bus.publish('outage', 'lost')).not.toThrow();
    server = await startRedis(Number(new URL(server.url).port));
    await until(() => one.bus.healthy() && gaps > 0);
    heard.length = 0;
    await open(one, 'outage', heard);
    expect(heard).not.toContain('lost');
  });
});
