import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Article } from '../../src/articles/contract.ts';
import type { Message, Room, ThreadsPage } from '../../src/rooms/contract.ts';
import type { List } from '../../src/wire/contract.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { describeOn } from '../support/backends.ts';
import { newClientId, signUp, type TestPerson } from '../support/client.ts';
import { send } from '../support/http.ts';
import { connectSocket, type TestSocket } from '../support/socket.ts';

describeOn(['sqlite'], 'the conversation under an article', () => {
  let app: TestApp;
  let ana: TestPerson;
  let ben: TestPerson;
  const sockets: TestSocket[] = [];
  beforeAll(async () => {
    app = await startApp();
    ana = await signUp(app.url, 'ana');
    ben = await signUp(app.url, 'ben');
  });
  afterAll(async () => {
    for (const socket of sockets) socket.close();
    await app.close();
  });

  const write = async (): Promise<Article> =>
    (await ana.post<Article>('/api/articles', { title: 'Tides', body: 'Moon', publish: true }))
      .body;
  const socketOf = async (person: TestPerson | null) => {
    const socket = person
      ? await person.socket()
      : await connectSocket(app.url, { anonymous: true });
    sockets.push(socket);
    return socket;
  };
  const say = (body: string, replyTo?: string) => ({
    ...{ body, clientId: newClientId() },
    ...(replyTo && { replyTo }),
  });

  test('responses stand as a tree, also for those without an account', async () => {
    const { id } = await write();
    const at = `/api/articles/${id}/responses`;
    const root = (await ben.post<Message>(at, say('Why?'))).body;
    const reply = (await ana.post<Message>(at, say('Because.', root.id))).body;
    await ben.post(at, say('I see.', reply.id));
    await ben.post(at, say('And the sun?'));
    const { body } = await send<ThreadsPage>(app.url, 'GET', at);
    expect(body.items.map(({ message }) => message.body)).toEqual(['Why?', 'And the sun?']);
    expect(body.items[0]).toMatchObject({
      replyCount: 2,
      replies: [{ message: { body: 'Because.' }, replies: [{ message: { body: 'I see.' } }] }],
    });
    const newest = await send<ThreadsPage>(app.url, 'GET', `${at}?order=newest&limit=1`);
    expect(newest.body.items.map(({ message }) => message.body)).toEqual(['And the sun?']);
    expect(newest.body.next).not.toBeNull();
  });

  test('a response that is sent again is stored once', async () => {
    const { id } = await write();
    const response = say('Once');
    const first = await ben.post<Message>(`/api/articles/${id}/responses`, response);
    const again = await ben.post<Message>(`/api/articles/${id}/responses`, response);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body.id).toBe(first.body.id);
    expect((await ben.get<Article>(`/api/articles/${id}`)).body.responses).toBe(1);
  });

  test('its author finds it among the rooms from the first response on', async () => {
    const { id, roomId } = await write();
    const socket = await socketOf(ana);
    const listed = async () =>
      (await ana.get<List<Room>>('/api/rooms')).body.items.some((room) => room.id === roomId);
    expect(await listed()).toBe(false);
    await ben.post(`/api/articles/${id}/responses`, say('First!'));
    const { room } = await socket.next('room:added', (told) => told.room.id === roomId);
    expect(room).toMatchObject({ unread: 1, title: 'Tides' });
    expect(await listed()).toBe(true);
  });

  test('reading never asks, writing does', async () => {
    const { id } = await write();
    const at = `/api/articles/${id}/responses`;
    expect((await send(app.url, 'GET', at)).status).toBe(200);
    expect((await send(app.url, 'POST', at, { body: say('Hi') })).status).toBe(401);
  });

  test('readers hear of each other and of each response', async () => {
    const { id: articleId, roomId } = await write();
    const first = await socketOf(ana);
    const joined = await first.ask('article:join', { articleId });
    expect(joined).toMatchObject({ head: expect.any(Number), messages: [] });
    expect(joined.readers).toMatchObject({ count: 1, people: [{ username: 'ana' }] });

    const second = await socketOf(ben);
    await second.ask('article:join', { articleId });
    const told = await first.next('article:readers', ({ count }) => count === 2);
    expect(told.articleId).toBe(articleId);
    expect(told.people.map(({ username }) => username).sort()).toEqual(['ana', 'ben']);

    const visitor = await socketOf(null);
    const seen = await visitor.ask('article:join', { articleId });
    expect(seen.readers.count).toBe(3);
    expect(seen.readers.people).toHaveLength(2);

    await ben.post(`/api/articles/${articleId}/responses`, say('Live'));
    for (const socket of [first, second, visitor]) {
      const { events } = await socket.next('room:events', (frame) => frame.roomId === roomId);
      expect(
        events.some((event) => event.kind === 'message' && event.message.body === 'Live'),
      ).toBe(true);
    }

    await second.ask('article:leave', { articleId });
    await first.next('article:readers', ({ count }) => count === 2);
    visitor.close();
    await first.next('article:readers', ({ count }) => count === 1);
  });

  test('two windows of one person are one reader', async () => {
    const { id: articleId } = await write();
    const [one, two] = [await socketOf(ana), await socketOf(ana)];
    await one.ask('article:join', { articleId });
    expect((await two.ask('article:join', { articleId })).readers.count).toBe(1);
    one.close();
    await one.closed;
    const three = await socketOf(ben);
    expect((await three.ask('article:join', { articleId })).readers.count).toBe(2);
  });

  test('who hides from others is counted but not named', async () => {
    const { id: articleId } = await write();
    const shy = await signUp(app.url, 'shy');
    await shy.patch('/api/me', { settings: { presence: 'nobody' } });
    await (await socketOf(shy)).ask('article:join', { articleId });
    const { readers } = await (await socketOf(ben)).ask('article:join', { articleId });
    expect(readers.count).toBe(2);
    expect(readers.people.map(({ username }) => username)).toEqual(['ben']);
  });

  test('behind a block nobody reads', async () => {
    const { id: articleId } = await write();
    const dora = await signUp(app.url, 'dora');
    const emil = await signUp(app.url, 'emil');
    await dora.put('/api/blocks/emil');
    await (await socketOf(dora)).ask('article:join', { articleId });
    const { readers } = await (await socketOf(emil)).ask('article:join', { articleId });
    expect(readers.count).toBe(1);
    expect(readers.people.map(({ username }) => username)).toEqual(['emil']);
    const others = await (await socketOf(ana)).ask('article:join', { articleId });
    expect(others.readers.count).toBe(3);
  });

  test('a draft cannot be joined by others', async () => {
    const draft = (await ana.post<Article>('/api/articles', { title: 'D', body: 'D' })).body;
    const ack = await (await socketOf(ben)).askRaw('article:join', { articleId: draft.id });
    expect(ack).toMatchObject({ ok: false, error: { code: 'not_found' } });
    const mine = await (await socketOf(ana)).ask('article:join', { articleId: draft.id });
    expect(mine.readers.count).toBe(1);
  });
});
