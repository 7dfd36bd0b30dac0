import { expect, test } from 'vitest';
import type { Article } from '../../src/articles/contract.ts';
import type { Notification } from '../../src/notifications/contract.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { type Backend, describeOn } from '../support/backends.ts';
import type { TestPerson } from '../support/client.ts';
import { openPlace } from '../support/place.ts';
import type { TestSocket } from '../support/socket.ts';
import { good, page, people, publish, respond } from './world.ts';

type State = { items: Notification[]; unread: number };

/** What a client makes of what it is told. */
const told = (state: State, { event, payload }: { event: string; payload: unknown }): State => {
  if (event === 'notification') {
    const { notification, unread } = payload as { notification: Notification; unread: number };
    const known = state.items.find(({ id }) => id === notification.id);
    if (known && known.rev > notification.rev) return state;
    const others = state.items.filter(({ id }) => id !== notification.id);
    return { items: [notification, ...others], unread };
  }
  if (event === 'notification:read') {
    const { ids, unread } = payload as { ids: string[]; unread: number };
    const readAt = new Date().toISOString();
    const items = state.items.map((one) => (ids.includes(one.id) ? { ...one, readAt } : one));
    return { items, unread };
  }
  if (event === 'notification:removed') {
    const { ids, unread } = payload as { ids: string[]; unread: number };
    return { items: state.items.filter(({ id }) => !ids.includes(id)), unread };
  }
  return state;
};

/** Two states that look the same: what was read tells neither when exactly nor its new `rev`. */
const shown = ({ items, unread }: State) => ({
  unread,
  items: items
    .map(({ readAt, rev, ...rest }) => ({ ...rest, isRead: readAt !== null }))
    .toSorted((a, b) => (a.at === b.at ? (a.id < b.id ? 1 : -1) : a.at < b.at ? 1 : -1)),
});

const stateOf = (socket: TestSocket, start: State): State => socket.told().reduce(told, start);

/** Waits for the words of an article that nobody else responds to: all before them has come. */
const settled = async (sockets: readonly TestSocket[], title: string) => {
  for (const socket of sockets)
    while (!socket.told().some(({ payload }) => JSON.stringify(payload).includes(title)))
      await new Promise((resolve) => setImmediate(resolve));
};

/** Numbers that look random and are the same in every run. */
const randomOf = (seed: number) => {
  let state = seed;
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
};

const twoDevices = async (apps: readonly TestApp[], seed: number) => {
  const [first, last] = [apps[0], apps.at(-1)] as [TestApp, TestApp];
  const [ana, ...others] = (await people(first.url, 'Ana', 'Ben', 'Cleo', 'Dora')) as [
    TestPerson,
    ...TestPerson[],
  ];
  const articles: Article[] = [];
  for (const title of ['One', 'Two', 'Three']) articles.push(await publish(ana, title));
  const mine = await respond(ana, articles[0] as Article, 'Mine.');
  const start = await page(ana);
  const sockets = [await ana.socket(), await ana.at(last.url).socket()];
  const random = randomOf(seed);
  const pick = <T>(all: readonly T[]): T => all[random(all.length)] as T;

  const act = async () => {
    const person = pick(others).at(pick(apps).url);
    const reader = ana.at(pick(apps).url);
    const article = pick(articles);
    switch (random(6)) {
      case 0: {
        const { items } = await page(reader);
        if (items.length === 0) return;
        const ids = [pick(items).id];
        good(await reader.put('/api/notifications/read', { ids }));
        return;
      }
      case 1: {
        const { items } = await page(reader);
        if (items.length === 0) return;
        good(await reader.put('/api/notifications/read', { upTo: pick(items).id }));
        return;
      }
      case 2: {
        const path = `/api/rooms/${mine.roomId}/messages/${mine.id}/reactions/%F0%9F%91%8D`;
        good(await person.put(path));
        return;
      }
      case 3:
        await respond(person, article, `What do you say, @${ana.username}?`);
        return;
      default:
        await respond(person, article);
    }
  };
  for (let round = 0; round < 6; round += 1)
    await Promise.all(Array.from({ length: 5 }, () => act()));
  // One last word through each process: what it told before has arrived with it.
  for (const app of apps) {
    const title = `The end, by ${app.url}`;
    await respond(others[0]?.at(app.url) as TestPerson, await publish(ana, title));
    await settled(sockets, title);
  }
  const fresh = await page(ana, '?limit=100');
  for (const socket of sockets) expect(shown(stateOf(socket, start))).toEqual(shown(fresh));
  expect(fresh.unread).toBe(fresh.items.filter(({ readAt }) => readAt === null).length);
  expect(new Set(fresh.items.map(({ kind, subject }) => `${kind}|${subject}`)).size).toBe(
    fresh.items.length,
  );
  for (const socket of sockets) socket.close();
};

const places: [needs: Backend[], title: string, processes: number][] = [
  [['sqlite'], 'one process', 1],
  [['mongodb'], 'one process', 1],
  [['mongodb', 'redis'], 'two processes', 2],
];
for (const [needs, title, processes] of places)
  describeOn(needs, `what is told, by ${title},`, () => {
    test.each([1, 2])('adds up to what is stored (seed %i)', async (seed) => {
      const store = needs.includes('mongodb') ? 'mongodb' : 'sqlite';
      const place = await openPlace({ store, redis: needs.includes('redis') });
      const apps: TestApp[] = [];
      for (let each = 0; each < processes; each += 1) apps.push(await startApp({ place }));
      try {
        await twoDevices(apps, seed);
      } finally {
        await Promise.all(apps.map((app) => app.close()));
        await place.close();
      }
    });
  });
