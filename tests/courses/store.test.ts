import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCoursesMongoStore } from '../../src/courses/store.mongo.ts';
import { createCoursesSqliteStore, migrations } from '../../src/courses/store.sqlite.ts';
import type { CourseRecord, CoursesStore } from '../../src/courses/store.ts';
import { newId } from '../../src/platform/ids.ts';
import { describeOnStores } from '../support/backends.ts';
import { type OpenStore, storeOpener } from '../support/store.ts';

const openOn = storeOpener<CoursesStore>({
  migrations,
  sqlite: createCoursesSqliteStore,
  mongo: createCoursesMongoStore,
});

let seconds = 0;
const tick = () => new Date(Date.UTC(2026, 0, 1) + ++seconds * 1_000).toISOString();
const courseOf = (more: Partial<CourseRecord> = {}): CourseRecord => {
  const at = tick();
  return {
    id: newId(),
    slug: `course-${newId()}`,
    title: 'Web frameworks',
    body: 'From the *inside*.',
    html: '<p>From the <em>inside</em>.</p>',
    authorId: newId(),
    articleIds: [],
    createdAt: at,
    updatedAt: at,
    ...more,
  };
};

describeOnStores('the courses store', (name) => {
  let open: OpenStore<CoursesStore>;
  let store: CoursesStore;
  beforeAll(async () => {
    open = await openOn(name);
    store = open.store;
  });
  afterAll(() => open.close());
  const add = async (more: Partial<CourseRecord> = {}) => {
    const course = courseOf(more);
    expect(await store.insert(course)).toBe(true);
    return course;
  };

  test('a course comes back as it was stored, by id and by slug', async () => {
    const course = await add({ articleIds: ['b', 'a', 'c'] });
    expect(await store.find(course.id)).toEqual(course);
    expect(await store.find(course.slug)).toEqual(course);
    expect(await store.find('nothing')).toBeNull();
  });

  test('a slug is given once, also when its course is gone', async () => {
    const first = await add();
    await store.remove(first.id, tick(), 'a');
    expect(await store.insert(courseOf({ slug: first.slug }))).toBe(false);
  });

  test('its articles keep their order, and a new order replaces them all', async () => {
    const course = await add();
    const many = Array.from({ length: 200 }, (_, index) => `article-${199 - index}`);
    expect(await store.order(course.id, many, tick())).toBe(true);
    expect((await store.find(course.id))?.articleIds).toEqual(many);
    const at = tick();
    await store.order(course.id, ['x', 'article-7'], at);
    expect(await store.find(course.id)).toMatchObject({
      articleIds: ['x', 'article-7'],
      updatedAt: at,
    });
    expect(await store.order(newId(), ['x'], tick())).toBe(false);
  });

  test('an article is found in the oldest course that has it', async () => {
    const [one, two] = [await add({ articleIds: ['p', 'shared'] }), await add()];
    await store.order(two.id, ['shared', 'q'], tick());
    const { body, html, ...head } = one;
    expect(await store.firstWith('shared')).toEqual(head);
    await store.remove(one.id, tick(), 'a');
    expect((await store.firstWith('shared'))?.id).toBe(two.id);
    expect(await store.firstWith('p')).toBeNull();
  });

  test('its words change, its order stays', async () => {
    const course = await add({ articleIds: ['a'] });
    const at = tick();
    const words = { title: 'New', body: 'N', html: '<p>N</p>' };
    expect(await store.change(course.id, words, at)).toBe(true);
    expect(await store.find(course.id)).toEqual({ ...course, ...words, updatedAt: at });
    expect(await store.change(newId(), words, at)).toBe(false);
  });

  test('a removed course is gone from everywhere', async () => {
    const course = await add({ articleIds: ['lonely'] });
    expect(await store.remove(course.id, tick(), 'a')).toBe(true);
    expect(await store.remove(course.id, tick(), 'a')).toBe(false);
    expect(await store.find(course.id)).toBeNull();
    expect(await store.firstWith('lonely')).toBeNull();
    expect(await store.order(course.id, ['lonely'], tick())).toBe(false);
    const listed = await store.list({ after: null, limit: 100 });
    expect(listed.map(({ id }) => id)).not.toContain(course.id);
  });

  test('the list is newest first, page by page, each once', async () => {
    const at = tick();
    const same = [await add({ createdAt: at }), await add({ createdAt: at })];
    const last = await add();
    const all: string[] = [];
    let after: { at: string; id: string } | null = null;
    for (;;) {
      const page = await store.list({ after, limit: 1 });
      const course = page[0];
      if (!course) break;
      all.push(course.id);
      after = { at: course.createdAt, id: course.id };
    }
    const newest = [
      last.id,
      ...same
        .map(({ id }) => id)
        .sort()
        .reverse(),
    ];
    expect(all.slice(0, 3)).toEqual(newest);
    expect(new Set(all).size).toBe(all.length);
  });
});
