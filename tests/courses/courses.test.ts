import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Article, ArticleCard } from '../../src/articles/contract.ts';
import type { Course, CourseCard } from '../../src/courses/contract.ts';
import type { List } from '../../src/wire/contract.ts';
import type { TestApp } from '../support/app.ts';
import { describeOnStores } from '../support/backends.ts';
import type { TestPerson } from '../support/client.ts';
import { send } from '../support/http.ts';
import { openPair, type Pair } from '../support/pair.ts';

describeOnStores('courses', (store) => {
  let pair: Pair;
  let app: TestApp;
  let ana: TestPerson;
  let ben: TestPerson;
  beforeAll(async () => {
    pair = await openPair(store);
    ({ app, ana, ben } = pair);
  });
  afterAll(() => pair?.close());

  const write = async (title: string, by = ana, publish = true): Promise<Article> =>
    (await by.post<Article>('/api/articles', { title, body: title, publish })).body;
  const teach = async (title = 'Web frameworks', body = 'From the *inside*.'): Promise<Course> => {
    const answer = await ana.post<Course>('/api/courses', { title, body });
    expect(answer.status, answer.text).toBe(201);
    return answer.body;
  };
  const order = (course: Course, articles: readonly Article[], by = ana) =>
    by.put<Course>(`/api/courses/${course.id}/articles`, { articleIds: articles.map((a) => a.id) });

  test('a course shows its articles in order, and each article its place', async () => {
    const course = await teach();
    expect(course).toMatchObject({ count: 0, articles: [], body: 'From the *inside*.' });
    const [one, two, three] = [await write('one'), await write('two'), await write('three')];
    const ordered = await order(course, [three, one, two]);
    expect(ordered.body.articles.map(({ title }) => title)).toEqual(['three', 'one', 'two']);

    const read = await send<Course>(app.url, 'GET', `/api/courses/${course.slug}`);
    expect(read.body).toMatchObject({ count: 3, html: '<p>From the <em>inside</em>.</p>\n' });
    expect(read.body).not.toHaveProperty('body');

    const place = (await send<Article>(app.url, 'GET', `/api/articles/${one.id}`)).body.course;
    expect(place).toEqual({
      ...{ id: course.id, slug: course.slug, title: course.title, position: 2, count: 3 },
      previous: { slug: 'three', title: 'three' },
      next: { slug: 'two', title: 'two' },
    });
    const first = (await ben.get<Article>(`/api/articles/${three.id}`)).body.course;
    expect(first).toMatchObject({ position: 1, previous: null });

    const listed = await ben.get<List<ArticleCard>>(`/api/articles?course=${course.slug}&limit=2`);
    expect(listed.body.items.map(({ title }) => title)).toEqual(['three', 'one']);
    const rest = await ben.get<List<ArticleCard>>(
      `/api/articles?course=${course.id}&limit=2&cursor=${listed.body.next ?? ''}`,
    );
    expect(rest.body).toMatchObject({ items: [{ title: 'two' }], next: null });
  });

  test('a draft in a course is seen and counted by its author only', async () => {
    const course = await teach();
    const [shown, draft] = [await write('shown'), await write('draft', ana, false)];
    await order(course, [draft, shown]);
    expect((await ana.get<Course>(`/api/courses/${course.id}`)).body.count).toBe(2);
    const seen = (await ben.get<Course>(`/api/courses/${course.id}`)).body;
    expect(seen).toMatchObject({ count: 1, articles: [{ title: 'shown' }] });
    const place = (await ben.get<Article>(`/api/articles/${shown.id}`)).body.course;
    expect(place).toMatchObject({ position: 1, count: 1, previous: null, next: null });
  });

  test('only own articles go into a course', async () => {
    const course = await teach();
    const [own, others] = [await write('own'), await write('others', ben)];
    expect((await order(course, [own, others])).status).toBe(400);
    expect((await order(course, [own, own])).status).toBe(400);
    expect((await ana.get<Course>(`/api/courses/${course.id}`)).body.articles).toEqual([]);
  });

  test('others may not change it', async () => {
    const course = await teach();
    const at = `/api/courses/${course.id}`;
    expect((await ben.patch(at, { title: 'Mine' })).status).toBe(403);
    expect((await ben.del(at)).status).toBe(403);
    expect((await order(course, [], ben)).status).toBe(403);
    expect(
      (await send(app.url, 'POST', '/api/courses', { body: { title: 'x', body: '' } })).status,
    ).toBe(401);
  });

  test('its words change and its address stays', async () => {
    const course = await teach('A first title', '');
    expect(course.html).toBe('');
    const changed = await ana.patch<Course>(`/api/courses/${course.id}`, { title: 'Second' });
    expect(changed.body).toMatchObject({ title: 'Second', slug: course.slug });
    const again = await ana.patch<Course>(`/api/courses/${course.id}`, { body: '**Bold**' });
    expect(again.body.html).toBe('<p><strong>Bold</strong></p>\n');
  });

  test('a deleted course leaves its articles', async () => {
    const course = await teach();
    const article = await write('stays');
    await order(course, [article]);
    expect((await ana.del(`/api/courses/${course.id}`)).status).toBe(204);
    expect((await ana.get(`/api/courses/${course.slug}`)).status).toBe(404);
    const read = await ben.get<Article>(`/api/articles/${article.id}`);
    expect(read.body).not.toHaveProperty('course');
    const { body } = await ben.get<List<CourseCard>>('/api/courses?limit=100');
    expect(body.items.map(({ id }) => id)).not.toContain(course.id);
  });
});
