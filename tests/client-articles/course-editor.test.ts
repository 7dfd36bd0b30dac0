import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CourseEditor } from '../../client/src/courses/state.ts';
import type { Article } from '../../src/articles/contract.ts';
import type { Course, CourseCard } from '../../src/courses/contract.ts';
import type { List } from '../../src/wire/contract.ts';
import { beDevice, type Line } from '../client-rooms/device.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { describeOn } from '../support/backends.ts';
import { signUp, type TestPerson } from '../support/client.ts';

describeOn(['sqlite'], 'a course on its author’s desk', () => {
  let app: TestApp;
  let line: Line;
  let ana: TestPerson;
  let editor: CourseEditor;
  const { fetch } = globalThis;
  const courses = async () => (await ana.get<List<CourseCard>>('/api/courses')).body.items;

  beforeAll(async () => {
    app = await startApp({ env: { RATE_SCALE: '1000' } });
    ana = await signUp(app.url, 'ana');
    for (const title of ['One', 'Two'])
      await ana.post<Article>('/api/articles', { title, body: title, publish: true });
    line = await beDevice(ana);
    const { createCourseEditor } = await import('../../client/src/courses/state.ts');
    editor = createCourseEditor(null);
    await editor.load();
  });
  afterAll(async () => {
    globalThis.fetch = fetch;
    await line?.close();
    await app?.close();
  });

  test('offers what its author published', () => {
    expect(editor.mine.value.map(({ title }) => title)).toEqual(['Two', 'One']);
  });

  test('whose first save is cut off half-way becomes one course, with the words of the next', async () => {
    editor.title.value = 'Counting';
    editor.body.value = 'From one.';
    for (const card of editor.mine.value) editor.add(card);
    const asDevice = globalThis.fetch;
    globalThis.fetch = async (...asked) => {
      await asDevice(...asked);
      throw new TypeError('fetch failed');
    };
    expect(await editor.save()).toBeNull();
    expect(editor.failure.value).toBeTruthy();
    globalThis.fetch = asDevice;
    editor.title.value = 'Counting up';
    editor.move(1, 0);
    const saved = await editor.save();
    expect(await courses()).toMatchObject([{ id: saved?.id, title: 'Counting up', count: 2 }]);
    const stored = (await ana.get<Course>(`/api/courses/${saved?.id}`)).body;
    expect(stored.articles.map(({ title }) => title)).toEqual(['One', 'Two']);
  });

  test('whose later saves change the same one', async () => {
    editor.body.value = 'From one, upwards.';
    expect(await editor.save()).toMatchObject({ title: 'Counting up' });
    expect(await courses()).toHaveLength(1);
    const [course] = await courses();
    const stored = (await ana.get<Course>(`/api/courses/${course?.id}`)).body;
    expect(stored.body).toBe('From one, upwards.');
  });
});
