import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Writing } from '../../client/src/articles/writing.ts';
import type { Article } from '../../src/articles/contract.ts';
import type { List } from '../../src/wire/contract.ts';
import { beDevice, type Line } from '../client-rooms/device.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { describeOn } from '../support/backends.ts';
import { signUp, type TestPerson } from '../support/client.ts';

describeOn(['sqlite'], 'a text on its author’s desk', () => {
  let app: TestApp;
  let line: Line;
  let ana: TestPerson;
  let desk: Writing;
  let createWriting: (id: string | null) => Writing;
  const storedNow = async () =>
    (await ana.get<Article>(`/api/articles/${desk.stored.value?.id}`)).body;

  beforeAll(async () => {
    app = await startApp({ env: { RATE_SCALE: '1000' } });
    ana = await signUp(app.url, 'ana');
    line = await beDevice(ana);
    ({ createWriting } = await import('../../client/src/articles/writing.ts'));
    desk = createWriting(null);
    await desk.load();
  });
  afterAll(async () => {
    await line?.close();
    await app?.close();
  });

  test('begins empty and unchanged', () => {
    expect(desk.phase.value).toBe('ready');
    expect(desk.changed.value).toBe(false);
  });

  test('a first save makes a draft', async () => {
    desk.type({ title: ' Olives ', body: 'They grow slowly.', tags: ['trees'] });
    expect(desk.changed.value).toBe(true);
    expect(await desk.save()).toBe(true);
    expect(desk.changed.value).toBe(false);
    expect(await storedNow()).toMatchObject({ title: 'Olives', state: 'draft', tags: ['trees'] });
  });

  test('what is typed while it is being stored stays a change', async () => {
    desk.type({ body: 'They grow slowly, and live long.' });
    const saving = desk.save();
    desk.type({ body: 'They grow slowly, and live very long.' });
    expect(await saving).toBe(true);
    expect(desk.draft.value.body).toBe('They grow slowly, and live very long.');
    expect(desk.changed.value).toBe(true);
    expect((await storedNow()).body).toBe('They grow slowly, and live long.');
  });

  test('publishing stores the words and shows them', async () => {
    expect(await desk.publish()).toBe(true);
    expect(await storedNow()).toMatchObject({
      state: 'published',
      body: 'They grow slowly, and live very long.',
    });
  });

  test('a version from elsewhere is put beside mine, and neither is lost', async () => {
    const elsewhere = await storedNow();
    const change = { body: 'From the other device.', baseVersion: elsewhere.version };
    await ana.patch(`/api/articles/${elsewhere.id}`, change);
    desk.type({ body: 'From this one.' });
    expect(await desk.save()).toBe(false);
    expect(desk.conflict.value?.body).toBe('From the other device.');
    expect(desk.draft.value.body).toBe('From this one.');
    expect(await desk.save()).toBe(false);
    desk.keepMine();
    expect(await desk.save()).toBe(true);
    expect((await storedNow()).body).toBe('From this one.');
  });

  test('the other version can be taken instead', async () => {
    const elsewhere = await storedNow();
    const change = { body: 'Newer still.', baseVersion: elsewhere.version };
    await ana.patch(`/api/articles/${elsewhere.id}`, change);
    desk.type({ body: 'Mine again.' });
    expect(await desk.save()).toBe(false);
    await desk.takeTheirs();
    expect(desk.draft.value.body).toBe('Newer still.');
    expect(desk.changed.value).toBe(false);
  });

  test('a refusal names the field and keeps the words', async () => {
    desk.type({ tags: ['a', 'b', 'c', 'd', 'e', 'f'] });
    expect(await desk.save()).toBe(false);
    expect(Object.keys(desk.errors.value)).toEqual(['tags']);
    expect(desk.draft.value.tags).toHaveLength(6);
    desk.type({ tags: [] });
    expect(desk.errors.value).toEqual({});
  });

  test('without a net the words stay, and a later save works', async () => {
    const { fetch } = globalThis;
    globalThis.fetch = () => Promise.reject(new TypeError('fetch failed'));
    desk.type({ body: 'Typed in a tunnel.' });
    expect(await desk.save()).toBe(false);
    expect(desk.failure.value).toContain('offline');
    globalThis.fetch = fetch;
    expect(await desk.save()).toBe(true);
    expect((await storedNow()).body).toBe('Typed in a tunnel.');
  });

  test('a first save whose answer is lost is stored once, with the words of the next try', async () => {
    const other = createWriting(null);
    await other.load();
    other.type({ title: 'Figs', body: 'Green.', tags: [] });
    const { fetch } = globalThis;
    globalThis.fetch = async (...asked) => {
      await fetch(...asked);
      throw new TypeError('fetch failed');
    };
    expect(await other.save()).toBe(false);
    globalThis.fetch = fetch;
    other.type({ body: 'Blue.' });
    expect(await other.publish()).toBe(true);
    expect(other.changed.value).toBe(false);
    const listed = await ana.get<List<Article>>('/api/articles?author=ana');
    const drafts = await ana.get<List<Article>>('/api/articles?author=ana&state=draft');
    const figs = [...listed.body.items, ...drafts.body.items].filter(
      ({ title }) => title === 'Figs',
    );
    expect(figs.map(({ id, state }) => [id, state])).toEqual([
      [other.stored.value?.id, 'published'],
    ]);
    expect(other.stored.value).toMatchObject({ body: 'Blue.', version: 2 });

    const next = createWriting(null);
    await next.load();
    next.type({ title: 'Pears', body: 'Yellow.', tags: [] });
    expect(await next.save()).toBe(true);
    expect(next.stored.value?.id).not.toBe(other.stored.value?.id);
  });

  test('an article of nobody is absent; a deleted one is gone', async () => {
    const other = createWriting('no-such-article');
    await other.load();
    expect(other.phase.value).toBe('absent');
    desk.remove();
    await (await import('../../client/src/undo/state.ts')).flush();
    expect((await ana.get(`/api/articles/${desk.stored.value?.id}`)).status).toBe(404);
  });
});
