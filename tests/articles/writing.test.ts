import { afterAll, beforeAll, expect, test } from 'vitest';
import type {
  Article,
  Difference,
  ListedRevision,
  Preview,
  Revision,
} from '../../src/articles/contract.ts';
import type { List, Problem } from '../../src/wire/contract.ts';
import type { TestApp } from '../support/app.ts';
import { describeOnStores } from '../support/backends.ts';
import { newClientId, type TestPerson } from '../support/client.ts';
import { send } from '../support/http.ts';
import { openPair, type Pair } from '../support/pair.ts';

const body = 'The *moon* pulls.\n\n## Why\n\n1. Mass\n2. Distance\n\n```py\nx = 1\n```';

describeOnStores('writing articles', (store) => {
  let pair: Pair;
  let app: TestApp;
  let ana: TestPerson;
  let ben: TestPerson;
  beforeAll(async () => {
    pair = await openPair(store);
    ({ app, ana, ben } = pair);
  });
  afterAll(() => pair?.close());

  const write = async (more: object = {}): Promise<Article> => {
    const answer = await ana.post<Article>('/api/articles', {
      ...{ title: 'Why the sea moves', body, tags: ['sea'], publish: true },
      ...more,
    });
    expect(answer.status, answer.text).toBe(201);
    return answer.body;
  };

  test('what is published is there for everybody, whole', async () => {
    const article = await write();
    expect(article).toMatchObject({
      ...{ title: 'Why the sea moves', tags: ['sea'], state: 'published', version: 1 },
      ...{ minutes: 1, responses: 0, reactions: {}, reacted: [], body },
      toc: [{ id: 'h-why', level: 2, text: 'Why' }],
      excerpt: 'The moon pulls. Mass Distance',
    });
    expect(article.slug).toMatch(/^why-the-sea-moves/);
    expect(article.author.username).toBe('ana');
    expect(article.publishedAt).toBe(article.updatedAt);
    const read = await send<Article>(app.url, 'GET', `/api/articles/${article.slug}`);
    const { body: _body, ...shown } = article;
    expect(read.body).toEqual(shown);
    expect(read.body.html).toContain('<em>moon</em>');
    expect(read.body.html).toContain('data-language="python"');
  });

  test('two articles of one title get two addresses', async () => {
    const [one, two] = [await write({ title: 'Same' }), await write({ title: 'Same' })];
    expect(one.slug).toBe('same');
    expect(two.slug).toMatch(/^same-[a-z0-9]{6}$/);
  });

  test.each([
    ['Über Äpfel & Öl!', /^uber-apfel-ol/],
    ['Как устроен рендер', /^как-устроен-рендер/],
    ['...', /^untitled/],
    ['x'.repeat(150), /^x{60}/],
    ["Don't panic", /^dont-panic/],
    ['длинное слово '.repeat(10).trim(), /^длинное-слово-длинное-слово/],
    ['文'.repeat(150), /^文{20}/],
    ['🎈'.repeat(70), /^untitled/],
  ])('the address of %j', async (title, slug) => {
    const article = await write({ title });
    expect(article.slug).toMatch(slug);
    const read = await ben.get(`/api/articles/${encodeURIComponent(article.slug)}`);
    expect(read.status).toBe(200);
    const twin = await send(app.url, 'GET', `/a/${encodeURIComponent(article.slug)}.md`);
    expect(twin.status).toBe(200);
  });

  test('a draft is its author’s alone, on every way to it', async () => {
    const draft = await write({ publish: false, tags: ['hidden-sea'] });
    expect(draft).toMatchObject({ state: 'draft', publishedAt: null });
    const at = `/api/articles/${draft.id}`;
    for (const path of [at, `/api/articles/${draft.slug}`, `${at}/revisions`, `${at}/revisions/1`])
      expect((await ben.get(path)).status).toBe(404);
    expect((await ben.get(`${at}/responses`)).status).toBe(404);
    const said = { body: 'I see it', clientId: newClientId() };
    expect((await ben.post(`${at}/responses`, said)).status).toBe(404);
    expect((await ben.put(`${at}/reaction`, { emoji: '👍', on: true })).status).toBe(404);
    expect((await ben.put(`${at}/publication`)).status).toBe(404);
    expect((await ben.patch(at, { title: 'Mine', baseVersion: 1 })).status).toBe(404);
    expect((await ben.del(at)).status).toBe(404);
    const lists = ['?tag=hidden-sea', '?author=ana', ''].map((query) => `/api/articles${query}`);
    for (const path of lists) expect((await ben.get(path)).text).not.toContain(draft.id);
    expect((await ben.get('/api/tags')).text).not.toContain('hidden-sea');
    const mine = await ana.get<List<Article>>('/api/articles?author=ana&state=draft');
    expect(mine.body.items.map(({ id }) => id)).toContain(draft.id);
    expect((await ben.get('/api/articles?author=ana&state=draft')).status).toBe(403);
    expect((await ana.get(at)).status).toBe(200);
  });

  test('a draft’s address follows its title until it is published, then it stays', async () => {
    const draft = await write({ title: 'Untitled', publish: false });
    const at = `/api/articles/${draft.id}`;
    await ana.patch(at, { title: 'Tides explained', baseVersion: 1 });
    const published = (await ana.put<Article>(`${at}/publication`)).body;
    expect(published).toMatchObject({ slug: 'tides-explained', state: 'published' });
    await ana.patch(at, { title: 'Another title', baseVersion: 2 });
    await ana.del(`${at}/publication`);
    expect((await ben.get(at)).status).toBe(404);
    const again = (await ana.put<Article>(`${at}/publication`)).body;
    expect(again).toMatchObject({
      ...{ slug: 'tides-explained', title: 'Another title', publishedAt: published.publishedAt },
    });
    expect((await ana.put<Article>(`${at}/publication`)).body).toEqual(again);
  });

  test('an edit of a stale version is refused and brings the current one', async () => {
    const article = await write();
    const at = `/api/articles/${article.id}`;
    const first = await ana.patch<Article>(at, { body: 'First', baseVersion: 1 });
    expect(first.body).toMatchObject({ version: 2, body: 'First', title: article.title });
    const stale = await ana.patch<Problem>(at, { body: 'Second', baseVersion: 1 });
    expect(stale.status).toBe(409);
    expect(stale.body).toMatchObject({ code: 'conflict', current: first.body });
    // The answer to the first one may have been lost: sent again it is no conflict.
    const resent = await ana.patch<Article>(at, { body: 'First', baseVersion: 1 });
    expect(resent.status).toBe(200);
    expect(resent.body).toEqual(first.body);
  });

  test('others may not change it', async () => {
    const { id } = await write();
    const at = `/api/articles/${id}`;
    expect((await ben.patch(at, { title: 'Mine', baseVersion: 1 })).status).toBe(403);
    expect((await ben.del(at)).status).toBe(403);
    expect((await ben.del(`${at}/publication`)).status).toBe(403);
    expect((await send(app.url, 'DELETE', at)).status).toBe(401);
    expect((await ben.get<Article>(at)).body.title).toBe('Why the sea moves');
  });

  test('its history is kept, and readers see it from the first publication on', async () => {
    const draft = await write({ body: 'Secret notes', publish: false });
    const at = `/api/articles/${draft.id}`;
    await ana.patch(at, { body: 'Fit to print', baseVersion: 1 });
    await ana.put(`${at}/publication`);
    await ana.patch(at, { body: 'Corrected', baseVersion: 2 });
    const versions = async (person: TestPerson) =>
      (await person.get<List<Revision>>(`${at}/revisions`)).body.items.map((each) => each.version);
    expect(await versions(ana)).toEqual([3, 2, 1]);
    expect(await versions(ben)).toEqual([3, 2]);
    expect((await ben.get(`${at}/revisions/1`)).status).toBe(404);
    expect((await ana.get(`${at}/revisions/1`)).body).toMatchObject({ body: 'Secret notes' });
    expect((await ben.get(`${at}/revisions/2`)).body).toMatchObject({
      ...{ body: 'Fit to print', version: 2, size: 12 },
      by: { username: 'ana' },
    });
    const page = await ana.get<List<Revision>>(`${at}/revisions?limit=2`);
    const rest = await ana.get<List<Revision>>(
      `${at}/revisions?limit=2&cursor=${page.body.next ?? ''}`,
    );
    expect(rest.body.items.map((each) => each.version)).toEqual([1]);
    expect(rest.body.next).toBeNull();
  });

  test('versions saved while it was a draft again stay its author’s', async () => {
    const { id } = await write({ body: 'Open' });
    const at = `/api/articles/${id}`;
    await ana.del(`${at}/publication`);
    await ana.patch(at, { body: 'A secret', baseVersion: 1 });
    await ana.patch(at, { body: 'Open again', baseVersion: 2 });
    expect((await ben.get(`${at}/revisions`)).status).toBe(404);
    await ana.put(`${at}/publication`);
    const listed = (await ben.get<List<ListedRevision>>(`${at}/revisions`)).body.items;
    expect(listed.map(({ version, grew }) => [version, grew])).toEqual([
      [3, 6],
      [1, null],
    ]);
    expect((await ben.get(`${at}/revisions/2`)).status).toBe(404);
    expect((await ben.get(`${at}/revisions/2/difference`)).status).toBe(404);
    expect((await ben.get(`${at}/revisions/3/difference?from=2`)).status).toBe(404);
    const seen = await ben.get<Difference>(`${at}/revisions/3/difference`);
    expect(seen.body).toMatchObject({ from: { version: 1 }, to: { version: 3 } });
    expect(seen.text).not.toContain('secret');
    const own = await ana.get<Difference>(`${at}/revisions/3/difference`);
    expect(own.body.from).toMatchObject({ version: 2 });
  });

  test('the difference of two versions names words, title and tags', async () => {
    const { id } = await write({
      title: 'Why tides come',
      body: 'The moon pulls.\n\nTwice a day.',
      tags: ['sea'],
    });
    const at = `/api/articles/${id}`;
    const change = {
      title: 'Why high tides come',
      body: 'The moon pulls the sea.\n\nTwice a day.',
      tags: [],
    };
    await ana.patch(at, { ...change, baseVersion: 1 });
    const { body: made } = await ben.get<Difference>(`${at}/revisions/2/difference`);
    expect(made.title.map(({ kind, text }) => [kind, text.trim()])).toContainEqual([
      'added',
      'high',
    ]);
    expect(made.tags).toEqual([{ kind: 'removed', text: 'sea' }]);
    expect(made.parts[0]).toMatchObject({
      pieces: [
        { kind: 'same', text: 'The moon pulls' },
        { kind: 'added', text: ' the sea' },
        { kind: 'same', text: '.' },
      ],
    });
    const first = await ben.get<Difference>(`${at}/revisions/1/difference`);
    expect(first.body).toMatchObject({ from: null, to: { version: 1 } });
    expect((await ben.get(`${at}/revisions/9/difference`)).status).toBe(404);
    expect((await ben.get(`${at}/revisions/2/difference?from=x`)).status).toBe(400);
  });

  test('a deleted article is gone with its conversation, and its address is not given again', async () => {
    const article = await write({ title: 'Gone soon' });
    const at = `/api/articles/${article.id}`;
    await ben.post(`${at}/responses`, { body: 'Stay', clientId: newClientId() });
    expect((await ana.del(at)).status).toBe(204);
    for (const path of [at, '/api/articles/gone-soon', `${at}/responses`, `${at}/revisions/1`])
      expect((await ana.get(path)).status).toBe(404);
    expect((await ben.get(`/api/rooms/${article.roomId}`)).status).toBe(404);
    expect((await write({ title: 'Gone soon' })).slug).toMatch(/^gone-soon-/);
  });

  test('the preview is what the page will show', async () => {
    const preview = await ana.post<Preview>('/api/preview', { body });
    const article = await write();
    expect(preview.body).toEqual({
      html: article.html,
      toc: article.toc,
      minutes: article.minutes,
    });
    expect((await send(app.url, 'POST', '/api/preview', { body: { body } })).status).toBe(401);
  });

  test('reactions are counted and shown to who gave them', async () => {
    const { id } = await write();
    const at = `/api/articles/${id}/reaction`;
    await ana.put(at, { emoji: '👍', on: true });
    const given = await ben.put<Article>(at, { emoji: '👍', on: true });
    expect(given.body).toMatchObject({ reactions: { '👍': 2 }, reacted: ['👍'] });
    const taken = await ben.put<Article>(at, { emoji: '👍', on: false });
    expect(taken.body).toMatchObject({ reactions: { '👍': 1 }, reacted: [] });
    expect((await ben.put(at, { emoji: 'like', on: true })).status).toBe(400);
  });

  test.each([
    ['no title', { title: '' }],
    ['blanks as title', { title: '  ' }],
    ['a long title', { title: 'x'.repeat(151) }],
    ['no body', { body: '' }],
    ['a tag with a space', { tags: ['a b'] }],
    ['a tag twice', { tags: ['a', 'a'] }],
    ['six tags', { tags: ['a', 'b', 'c', 'd', 'e', 'f'] }],
    ['an unknown field', { html: '<b>' }],
    ['NUL', { body: 'a\0b' }],
  ])('refused: %s', async (_name, more) => {
    const answer = await ana.post('/api/articles', { title: 'T', body: 'B', ...more });
    expect(answer.status).toBe(400);
  });

  test('the longest body is taken, a longer one is not', async () => {
    const longest = 'é'.repeat(200_000);
    expect((await write({ body: longest })).body).toBe(longest);
    const longer = { title: 'T', body: `${longest}é` };
    expect((await ana.post('/api/articles', longer)).status).toBe(400);
    const huge = { title: 'T', body: 'x'.repeat(1_100_000) };
    expect((await ana.post('/api/articles', huge)).status).toBe(413);
  });
});
