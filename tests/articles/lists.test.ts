import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Article, ArticleCard, TagCount } from '../../src/articles/contract.ts';
import type { FriendRequest } from '../../src/people/contract.ts';
import type { List } from '../../src/wire/contract.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { describeOnStores } from '../support/backends.ts';
import { newClientId, signUp, type TestPerson } from '../support/client.ts';
import { send } from '../support/http.ts';
import { openPlace, type Place } from '../support/place.ts';

describeOnStores('lists of articles', (store) => {
  let place: Place;
  let app: TestApp;
  let ana: TestPerson;
  let ben: TestPerson;
  let cleo: TestPerson;
  const written: Record<string, Article> = {};
  beforeAll(async () => {
    place = await openPlace({ store });
    app = await startApp({ place });
    ana = await signUp(app.url, 'ana');
    ben = await signUp(app.url, 'ben');
    cleo = await signUp(app.url, 'cleo');
    const write = async (by: TestPerson, title: string, tags: string[]) => {
      const article = { title, body: title, tags, publish: true };
      written[title] = (await by.post<Article>('/api/articles', article)).body;
    };
    await write(ana, 'one', ['sea']);
    await write(ben, 'two', ['sky', 'sea']);
    await write(ana, 'three', ['sky']);
    await write(cleo, 'four', []);
    await write(ben, 'five', ['sea']);
  });
  afterAll(async () => {
    await app.close();
    await place.close();
  });

  const titles = async (query: string, person?: TestPerson) => {
    const path = `/api/articles${query}`;
    const answer = person
      ? await person.get<List<ArticleCard>>(path)
      : await send<List<ArticleCard>>(app.url, 'GET', path);
    expect(answer.status, answer.text).toBe(200);
    return answer.body.items.map(({ title }) => title);
  };

  test('newest first, by tag, by author, by both', async () => {
    expect(await titles('')).toEqual(['five', 'four', 'three', 'two', 'one']);
    expect(await titles('?feed=latest')).toEqual(['five', 'four', 'three', 'two', 'one']);
    expect(await titles('?tag=sea')).toEqual(['five', 'two', 'one']);
    expect(await titles('?author=ANA')).toEqual(['three', 'one']);
    expect(await titles('?author=ben&tag=sky')).toEqual(['two']);
    expect(await titles('?tag=nothing')).toEqual([]);
  });

  test('page by page, each once', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const path = `/api/articles?limit=2${cursor && `&cursor=${cursor}`}`;
      const { body } = await send<List<ArticleCard>>(app.url, 'GET', path);
      seen.push(...body.items.map(({ title }) => title));
      cursor = body.next ?? '';
    } while (cursor);
    expect(seen).toEqual(['five', 'four', 'three', 'two', 'one']);
  });

  test('cards count responses and carry no text', async () => {
    const at = `/api/articles/${written.one?.id}/responses`;
    await ben.post(at, { body: 'Yes', clientId: newClientId() });
    const { body } = await ana.get<List<ArticleCard>>('/api/articles?author=ana');
    const card = body.items.find(({ title }) => title === 'one');
    expect(card).toMatchObject({ responses: 1, author: { username: 'ana' }, excerpt: 'one' });
    expect(card).not.toHaveProperty('html');
    expect(card).not.toHaveProperty('body');
  });

  test('what I follow: my friends and my tags', async () => {
    expect(await titles('?feed=following', cleo)).toEqual([]);
    await cleo.put('/api/tags/sky/follow');
    expect(await titles('?feed=following', cleo)).toEqual(['three', 'two']);
    const asked = await cleo.post<FriendRequest>('/api/friend-requests', { to: 'ana' });
    await ana.post(`/api/friend-requests/${asked.body.id}/acceptance`);
    expect(await titles('?feed=following', cleo)).toEqual(['three', 'two', 'one']);
    await cleo.del('/api/tags/sky/follow');
    expect(await titles('?feed=following', cleo)).toEqual(['three', 'one']);
    expect((await send(app.url, 'GET', '/api/articles?feed=following')).status).toBe(401);
  });

  test('tags with their numbers, mine first', async () => {
    const anyone = await send<List<TagCount>>(app.url, 'GET', '/api/tags');
    expect(anyone.body.items).toEqual([
      { tag: 'sea', articles: 3, following: false },
      { tag: 'sky', articles: 2, following: false },
    ]);
    await ben.put('/api/tags/sky/follow');
    await ben.put('/api/tags/unused/follow');
    const mine = await ben.get<List<TagCount>>('/api/tags');
    expect(mine.body.items).toEqual([
      { tag: 'sky', articles: 2, following: true },
      { tag: 'unused', articles: 0, following: true },
      { tag: 'sea', articles: 3, following: false },
    ]);
  });

  test.each([
    ['?author=nobody_here', 404],
    ['?tag=Not a tag', 400],
    ['?limit=0', 400],
    ['?limit=101', 400],
    ['?cursor=bm9uc2Vuc2U', 400],
    ['?unknown=1', 400],
    ['?course=nothing-here', 404],
    ['?feed=following&tag=sea', 400],
  ])('%s is answered with %i', async (query, status) => {
    expect((await ana.get(`/api/articles${query}`)).status).toBe(status);
  });
});
