import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Responses } from '../../client/src/articles/responses.ts';
import type { Branch } from '../../client/src/articles/tree.ts';
import type { Article } from '../../src/articles/contract.ts';
import type { Message, ThreadsPage } from '../../src/rooms/contract.ts';
import { beDevice, type Line, until } from '../client-rooms/device.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { describeOn } from '../support/backends.ts';
import { newClientId, signUp, type TestPerson } from '../support/client.ts';

/** The client's modules, once the device is there that they look at when they are loaded. */
const loadClient = async () => ({
  ...(await import('../../client/src/articles/responses.ts')),
  ...(await import('../../client/src/net/outbox.ts')),
  ...(await import('../../client/src/net/socket.ts')),
  ...(await import('../../client/src/rooms/acts.ts')),
  ...(await import('../../client/src/undo/state.ts')),
});

const outline = (branches: Branch[]): unknown[] =>
  branches.map(({ message, replies }) =>
    replies.length > 0 ? [message.body, outline(replies)] : message.body,
  );

/** Without what was deleted and holds no reply. */
const standing = (branches: Branch[]): Branch[] =>
  branches
    .map((branch) => ({ ...branch, replies: standing(branch.replies) }))
    .filter(({ message, replies }) => !message.deleted || replies.length > 0);

/** Ana reads with the client's own modules; Ben responds by HTTP. */
describeOn(['sqlite'], 'the conversation under an article in the client', () => {
  let app: TestApp;
  let line: Line;
  let ben: TestPerson;
  let article: Article;
  let client: Awaited<ReturnType<typeof loadClient>>;
  let responses: Responses;
  let leave = () => {};

  const firstPage = async () =>
    (await ben.get<ThreadsPage>(`/api/articles/${article.id}/responses`)).body;
  const benSays = async (body: string, replyTo?: string) => {
    const sent = { body, clientId: newClientId(), ...(replyTo ? { replyTo } : {}) };
    return (await ben.post<Message>(`/api/articles/${article.id}/responses`, sent)).body;
  };
  const roots = () => outline(responses.tree.value.roots);
  const branch = (body: string): Branch | undefined => {
    const find = (list: Branch[]): Branch | undefined =>
      list.find(({ message }) => message.body === body) ??
      list.map(({ replies }) => find(replies)).find(Boolean);
    return find(responses.tree.value.roots);
  };

  beforeAll(async () => {
    app = await startApp({ env: { RATE_SCALE: '1000' } });
    const ana = await signUp(app.url, 'ana');
    ben = await signUp(app.url, 'ben');
    const text = { title: 'Olives', body: 'They grow slowly.', publish: true };
    article = (await ben.post<Article>('/api/articles', text)).body;
    await benSays('first');
    line = await beDevice(ana);
    client = await loadClient();
    client.startOutbox();
    responses = client.createResponses(article, await firstPage());
    leave = responses.open();
    await until(() => responses.readers.value !== null, 'joined');
  });
  afterAll(async () => {
    leave();
    await line?.close();
    await app?.close();
  });

  test('is there before it is live, as the server sent it', () => {
    expect(roots()).toEqual(['first']);
    expect(responses.readers.value?.count).toBe(1);
  });

  test('what others write is counted, and shown when it is asked for', async () => {
    const parent = branch('first')?.message.id;
    await benSays('below', parent);
    await benSays('second');
    await until(() => responses.tree.value.waiting === 1, 'a waiting response');
    expect(branch('first')?.waiting).toBe(1);
    expect(roots()).toEqual(['first']);
    expect(responses.reveal(parent ?? null)).toHaveLength(1);
    expect(responses.reveal(null)).toHaveLength(1);
    expect(roots()).toEqual([['first', ['below']], 'second']);
  });

  test('what I write is there at once, and once', async () => {
    const below = branch('below')?.message.id ?? null;
    const sent = responses.respond('mine', below);
    expect(branch('mine')?.outgoing?.state).toBe('sending');
    const key = branch('mine')?.key;
    await sent;
    await until(() => branch('mine')?.outgoing === null, 'the stored response');
    expect(branch('mine')?.key).toBe(key);
    expect(roots()).toEqual([['first', [['below', ['mine']]]], 'second']);
    expect(client.outgoing.value).toEqual([]);
  });

  test('an edit and a reaction arrive, and mine are shown before they are stored', async () => {
    const id = branch('mine')?.message.id ?? '';
    expect(await responses.edit(id, 'mine, better')).toBeNull();
    await until(() => branch('mine, better')?.message.editedAt !== null, 'the edit');
    const reacting = responses.react(id, '👏', true);
    expect(branch('mine, better')?.message.reactions['👏']).toHaveLength(1);
    await reacting;
    await until(() => branch('mine, better')?.message.reactions['👏']?.length === 1, 'stored');
    const stored = await firstPage();
    expect(JSON.stringify(stored)).toContain('mine, better');
    expect(JSON.stringify(stored)).toContain('👏');
  });

  test('a refused change is taken back and told', async () => {
    const id = branch('first')?.message.id ?? '';
    await responses.react(id, 'no emoji', true);
    expect(branch('first')?.message.reactions).toEqual({});
    expect(responses.failure.value).not.toBeNull();
    expect(await responses.edit(id, 'not mine to change')).not.toBeNull();
    expect(branch('first')?.message.body).toBe('first');
  });

  test('an undone deletion never happens, a flushed one does and leaves its place', async () => {
    const mine = branch('mine, better')?.message;
    if (!mine) throw new Error('no response of mine');
    client.deleteSoon(mine);
    client.undo(mine.id);
    await client.flush();
    expect(branch('mine, better')).toBeDefined();
    client.deleteSoon(mine);
    await client.flush();
    await until(() => branch('mine, better') === undefined, 'deleted');
    expect(roots()).toEqual([['first', [['below', ['']]]], 'second']);
  });

  test('after a cut the conversation is whole, and what was typed meanwhile is sent', async () => {
    line.cut();
    await until(() => client.connection.value === 'offline', 'the cut is noticed');
    for (let i = 0; i < 5; i++) await benSays(`missed ${i}`);
    await responses.respond('typed offline', null);
    expect(branch('typed offline')?.outgoing?.state).toBe('sending');
    line.mend();
    await until(() => branch('typed offline')?.outgoing === null, 'sent by itself');
    await until(() => responses.tree.value.waiting === 5, 'all that was missed');
    responses.reveal(null);
    const fresh = client.createResponses(article, await firstPage());
    // A page that was there keeps the stubs of what was deleted; a fresh one needs none.
    expect(outline(standing(responses.tree.value.roots))).toEqual(
      outline(standing(fresh.tree.value.roots)),
    );
  });

  test('a link leads to a response that is not loaded yet', async () => {
    const page = await firstPage();
    const target = page.items.at(-1)?.message.id ?? '';
    const some = client.createResponses(article, {
      ...page,
      items: page.items.slice(0, 1),
      next: (await ben.get<ThreadsPage>(`/api/articles/${article.id}/responses?limit=1`)).body.next,
    });
    const done = some.open();
    expect(await some.find(target)).toBe(true);
    expect(JSON.stringify(outline(some.tree.value.roots))).toContain('typed offline');
    expect(await some.find('no-such-response')).toBe(false);
    done();
  });
});
