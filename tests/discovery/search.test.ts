import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Article } from '../../src/articles/contract.ts';
import type { SearchHit } from '../../src/discovery/contract.ts';
import type { Message, Room } from '../../src/rooms/contract.ts';
import type { List } from '../../src/wire/contract.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { describeOnStores } from '../support/backends.ts';
import { newClientId, signUp, type TestPerson } from '../support/client.ts';
import { send } from '../support/http.ts';
import { openPlace, type Place } from '../support/place.ts';

describeOnStores('search', (store) => {
  let place: Place;
  let app: TestApp;
  let ana: TestPerson;
  let ben: TestPerson;
  let eve: TestPerson;
  let article: Article;

  beforeAll(async () => {
    place = await openPlace({ store });
    app = await startApp({ place });
    [ana, ben, eve] = [
      await signUp(app.url, 'ana'),
      await signUp(app.url, 'ben'),
      await signUp(app.url, 'eve'),
    ];
    article = await publish('Walking on the moon', 'Boots, *dust* and silence.');
  });
  afterAll(async () => {
    await app?.close();
    await place?.close();
  });

  const publish = async (title: string, body: string, tags: string[] = []) =>
    (await ana.post<Article>('/api/articles', { title, body, tags, publish: true })).body;
  const search = async (who: TestPerson | null, query: string): Promise<SearchHit[]> => {
    const path = `/api/search?${query}`;
    const answer = who
      ? await who.get<List<SearchHit>>(path)
      : await send<List<SearchHit>>(app.url, 'GET', path);
    expect(answer.status).toBe(200);
    return answer.body.items;
  };
  const idsOf = async (who: TestPerson | null, query: string) =>
    (await search(who, query)).map(({ id }) => id);
  /** What is said can be found a moment after it was acked. */
  const found = (who: TestPerson | null, query: string) => expect.poll(() => idsOf(who, query));
  const message = (body: string) => ({ body, clientId: newClientId() });

  test('articles by their words, titles first, with a snippet', async () => {
    const other = await publish('Tides', 'The moon pulls the sea.', ['ocean']);
    const [first, second] = await search(null, 'q=moon&kind=articles');
    expect(first).toMatchObject({
      kind: 'articles',
      id: article.id,
      title: 'Walking on the moon',
      url: `/a/${article.slug}`,
      snippet: 'Boots, dust and silence.',
      person: { username: 'ana' },
    });
    expect(second).toMatchObject({
      id: other.id,
      snippet: 'The moon pulls the sea.',
      marks: [[4, 4]],
    });
    expect(await idsOf(null, 'q=ocean')).toEqual([other.id]);
    expect(await idsOf(null, 'q=')).toEqual([]);
    expect((await send(app.url, 'GET', '/api/search?q=x&kind=nothing')).status).toBe(400);
  });

  test('excerpts are words, not Markdown; whatever was typed is told as text', async () => {
    const code = '```js\nconst zebra = "<b>";\n```';
    const { id, slug } = await publish('Stripes', `# The zebra\n\n${code}\n\nIt is **striped**.`);
    const [hit] = await search(null, 'q=zebra&kind=articles');
    expect(hit).toMatchObject({ id, snippet: 'The zebra const zebra = "<b>"; It is striped.' });
    expect(hit?.marks).toEqual([
      [4, 5],
      [16, 5],
    ]);
    await ben.post(`/api/articles/${slug}/responses`, message(`## My zebra\n\n${code}\n\n- *ran*`));
    await found(null, 'q=zebra&kind=responses').toHaveLength(1);
    const [said] = await search(null, 'q=zebra&kind=responses');
    expect(said).toMatchObject({ snippet: 'My zebra const zebra = "<b>"; ran' });
    expect(said?.marks).toEqual([
      [3, 5],
      [15, 5],
    ]);
  });

  test('page by page, without doubles', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1)
      ids.push((await publish(n < 2 ? `Glacier ${n}` : `Ice ${n}`, 'A glacier moves.')).id);
    const seen: string[] = [];
    let cursor = '';
    for (let page = 0; page < 6; page += 1) {
      const path = `/api/search?q=glacier&limit=2${cursor && `&cursor=${cursor}`}`;
      const { body } = await ana.get<List<SearchHit>>(path);
      seen.push(...body.items.map(({ id }) => id));
      if (!body.next) break;
      cursor = body.next;
    }
    expect(seen).toEqual([ids[1], ids[0], ids[4], ids[3], ids[2]]);
  });

  test('articles and people first, then what was said, on pages without doubles', async () => {
    const under = await publish('Fjords', 'Deep water.');
    const said: string[] = [];
    for (const body of ['fjords one', 'fjords two', 'fjords three']) {
      const path = `/api/articles/${under.id}/responses`;
      said.unshift((await ben.post<Message>(path, message(body))).body.id);
    }
    await found(null, 'q=fjords&kind=responses').toEqual(said);
    const later = await publish('Cold water', 'As in fjords.');
    const expected = [under.id, later.id, ...said];
    expect(await idsOf(null, 'q=fjords')).toEqual(expected);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const path: string = `/api/search?q=fjords&limit=1${cursor && `&cursor=${cursor}`}`;
      const { body } = await ana.get<List<SearchHit>>(path);
      seen.push(...body.items.map(({ id }) => id));
      cursor = body.next;
    }
    expect(seen).toEqual(expected);
    expect((await ana.get('/api/search?q=fjords&cursor=WyJ4IiwiIl0')).status).toBe(400);
  });

  test('never a draft, what was withdrawn or deleted; always the words as they are', async () => {
    const draft = await ana.post<Article>('/api/articles', { title: 'Quokkas', body: 'Soon' });
    expect(await idsOf(ana, 'q=quokkas')).toEqual([]);
    await ana.put(`/api/articles/${draft.body.id}/publication`);
    expect(await idsOf(null, 'q=quokkas')).toEqual([draft.body.id]);
    await ana.del(`/api/articles/${draft.body.id}/publication`);
    expect(await idsOf(ana, 'q=quokkas')).toEqual([]);
    const changing = await publish('Wombats', 'dig');
    const change = { body: 'sleep', baseVersion: changing.version };
    await ana.patch(`/api/articles/${changing.id}`, change);
    expect(await idsOf(null, 'q=wombats+dig')).toEqual([]);
    expect(await idsOf(null, 'q=wombats+sleep')).toEqual([changing.id]);
    await ana.del(`/api/articles/${changing.id}`);
    expect(await idsOf(null, 'q=wombats')).toEqual([]);
  });

  test('responses, as long as their article is there', async () => {
    const under = await publish('Kites', 'Wind');
    const said = await ben.post<Message>(
      `/api/articles/${under.id}/responses`,
      message('What about *zephyrs*?'),
    );
    await found(null, 'q=zephyrs&kind=responses').toEqual([said.body.id]);
    const [hit] = await search(null, 'q=zephyrs');
    expect(hit).toMatchObject({ title: 'Kites', url: `/a/${under.slug}#r-${said.body.id}` });
    await ana.del(`/api/articles/${under.id}/publication`);
    expect(await idsOf(ben, 'q=zephyrs')).toEqual([]);
  });

  test('private messages for those in the room, as long as they are in it', async () => {
    const room = await ana.post<Room>('/api/rooms', {
      kind: 'group',
      title: 'Plans',
      members: ['ben'],
    });
    const said = await ana.post<Message>(
      `/api/rooms/${room.body.id}/messages`,
      message('The password is xylophone'),
    );
    await found(ana, 'q=xylophone').toEqual([said.body.id]);
    expect(await search(ben, 'q=xylophone&kind=messages')).toMatchObject([
      {
        kind: 'messages',
        title: 'Plans',
        url: expect.stringMatching(new RegExp(`^/chat/${room.body.id}\\?at=[\\w-]+$`)),
        person: { username: 'ana' },
      },
    ]);
    for (const who of [eve, null]) expect(await idsOf(who, 'q=xylophone')).toEqual([]);
    await ana.del(`/api/rooms/${room.body.id}/members/ben`);
    expect(await idsOf(ben, 'q=xylophone')).toEqual([]);
  });

  test('messages as they stand: edited ones by their new words, deleted ones not at all', async () => {
    const room = await ana.put<Room>('/api/rooms/direct/ben');
    const roomId = room.body.id;
    const said = await ana.post<Message>(`/api/rooms/${roomId}/messages`, message('Buy apricots'));
    await found(ben, 'q=apricots').toEqual([said.body.id]);
    const live = await ana.socket();
    const messageId = said.body.id;
    await live.ask('message:edit', { roomId, messageId, body: 'Buy nectarines' });
    await found(ben, 'q=nectarines').toEqual([messageId]);
    await found(ben, 'q=apricots').toEqual([]);
    await live.ask('message:delete', { roomId, messageId });
    await found(ben, 'q=nectarines').toEqual([]);
    live.close();
  });

  test('people by name and by what they say of themselves', async () => {
    await found(null, 'q=eve&kind=people').toEqual([eve.me.id]);
    await eve.patch('/api/me', { name: 'Evelyn Brontë', bio: 'Keeps bees' });
    for (const query of ['bronte', 'evel', 'bees', 'eve'])
      await found(null, `q=${query}&kind=people`).toEqual([eve.me.id]);
    expect((await search(null, 'q=bees&kind=people'))[0]).toMatchObject({
      title: 'Evelyn Brontë',
      url: '/@eve',
      snippet: 'Keeps bees',
    });
  });

  test('people with a block between them do not find each other', async () => {
    await eve.put('/api/blocks/ana');
    expect(await idsOf(ana, 'q=evelyn')).toEqual([]);
    expect(await idsOf(eve, 'q=walking+moon')).toEqual([]);
    expect(await idsOf(eve, 'q=ana&kind=people')).toEqual([]);
    await eve.del('/api/blocks/ana');
    expect(await idsOf(ana, 'q=evelyn')).toEqual([eve.me.id]);
  });
});
