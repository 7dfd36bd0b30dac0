import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Article, ArticleCard } from '../../src/articles/contract.ts';
import type { CourseCard } from '../../src/courses/contract.ts';
import type { Room, Thread, ThreadsPage } from '../../src/rooms/contract.ts';
import type { List } from '../../src/wire/contract.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { describeOnStores } from '../support/backends.ts';
import { send } from '../support/http.ts';
import { openPlace, type Place } from '../support/place.ts';
import { seed } from '../support/seed.ts';

const depth = ({ replies }: Thread): number => 1 + Math.max(0, ...replies.map(depth));

describeOnStores('the sample world', (store) => {
  let place: Place;
  let app: TestApp;
  let articles: ArticleCard[];
  const get = async <T>(path: string) => (await send<T>(app.url, 'GET', path)).body;

  beforeAll(async () => {
    place = await openPlace({ store });
    await seed(place);
    app = await startApp({ place });
    articles = (await get<List<ArticleCard>>('/api/articles?limit=100')).items;
  }, 90_000);
  afterAll(async () => {
    await app?.close();
    await place?.close();
  });

  test('has people, articles and a course that belong together', async () => {
    expect(articles.length).toBeGreaterThanOrEqual(15);
    expect(new Set(articles.map(({ author }) => author.username)).size).toBeGreaterThanOrEqual(5);
    const { items: courses } = await get<List<CourseCard>>('/api/courses');
    expect(courses.length).toBeGreaterThan(0);
    const card = articles.find(({ title }) => /request/i.test(title) && /django/i.test(title));
    expect(card).toBeDefined();
    const django = await get<Article>(`/api/articles/${card?.slug}`);
    expect(django.html).toContain('<ol');
    expect(django.html).toMatch(/<pre[^>]*>/);
    expect(django.course?.title).toBeTruthy();
    expect(django.tags).toContain('django');
  });

  test('has talk: responses three levels deep and a public room', async () => {
    const pages = await Promise.all(
      articles.map(({ id }) => get<ThreadsPage>(`/api/articles/${id}/responses`)),
    );
    const threads = pages.flatMap(({ items }) => items);
    expect(Math.max(...threads.map(depth))).toBeGreaterThanOrEqual(3);
    const rooms = await get<List<Room>>('/api/rooms/public');
    expect(rooms.items.length).toBeGreaterThan(0);
  });

  test('is not planted twice', async () => {
    await expect(seed(place)).rejects.toThrow('Command failed');
    const again = await get<List<ArticleCard>>('/api/articles?limit=100');
    expect(again.items.length).toBe(articles.length);
  });
});
