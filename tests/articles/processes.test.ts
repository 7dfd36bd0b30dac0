import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Article } from '../../src/articles/contract.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { describeOn } from '../support/backends.ts';
import { signUp } from '../support/client.ts';
import { openPlace, type Place } from '../support/place.ts';

describeOn(['mongodb', 'redis'], 'readers on two processes', () => {
  let place: Place;
  let one: TestApp;
  let two: TestApp;
  beforeAll(async () => {
    place = await openPlace({ store: 'mongodb', redis: true });
    one = await startApp({ place });
    two = await startApp({ place });
  });
  afterAll(async () => {
    await one.close();
    await two.close();
    await place.close();
  });

  test('hear of each other, and of who has gone', async () => {
    const ana = await signUp(one.url, 'ana');
    const ben = (await signUp(one.url, 'ben')).at(two.url);
    const words = { title: 'Tides', body: 'Moon', publish: true };
    const { id: articleId } = (await ana.post<Article>('/api/articles', words)).body;
    const [here, there] = [await ana.socket(), await ben.socket()];
    await here.ask('article:join', { articleId });
    const joined = await there.ask('article:join', { articleId });
    expect(joined.readers.people.map(({ username }) => username).sort()).toEqual(['ana', 'ben']);
    await here.next('article:readers', ({ count }) => count === 2);
    there.close();
    const told = await here.next('article:readers', ({ count }) => count === 1);
    expect(told.people.map(({ username }) => username)).toEqual(['ana']);
    here.close();
  });
});
