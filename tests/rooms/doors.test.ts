import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventsPage, Message, MessagesPage, Room } from '../../src/rooms/contract.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { describeOn } from '../support/backends.ts';
import { newClientId, signUp, type TestPerson } from '../support/client.ts';
import { connectSocket } from '../support/socket.ts';

const message = (body: string, replyTo?: string) => ({
  ...{ clientId: newClientId(), body },
  ...(replyTo && { replyTo }),
});
const thumb = encodeURIComponent('👍🏽');

describeOn(['sqlite'], 'the doors of rooms', () => {
  let app: TestApp;
  let ana: TestPerson;
  let ben: TestPerson;
  beforeAll(async () => {
    app = await startApp();
    [ana, ben] = [await signUp(app.url, 'ana'), await signUp(app.url, 'ben')];
  });
  afterAll(async () => app?.close());

  test('a message lives and ends over HTTP as over the socket', async () => {
    const made = await ana.post<Room>('/api/rooms', {
      kind: 'group',
      title: 'Us',
      members: ['Ben'],
    });
    expect([made.status, made.body.memberCount]).toEqual([201, 2]);
    const at = `/api/rooms/${made.body.id}`;
    const words = message('Hello *you*');
    const sent = await ana.post<Message>(`${at}/messages`, words);
    expect([sent.status, sent.body.seq, sent.body.html]).toEqual([
      ...[201, 1, '<p>Hello <em>you</em></p>'],
    ]);
    const again = await ana.post<Message>(`${at}/messages`, words);
    expect([again.status, again.body]).toEqual([200, sent.body]);
    expect((await ana.post(`${at}/messages`, { ...words, body: 'Else' })).status).toBe(409);
    expect((await ana.post(`${at}/messages`, message('x'.repeat(4_001)))).status).toBe(400);
    expect((await ana.post(`${at}/messages`, { ...message('x'), more: 1 })).status).toBe(400);
    const one = `${at}/messages/${sent.body.id}`;
    expect((await ben.patch(one, { body: 'Mine' })).status).toBe(403);
    expect((await ana.patch<{ seq: number }>(one, { body: 'Hi' })).body).toEqual({ seq: 2 });
    expect((await ben.put<{ seq: number }>(`${one}/reactions/${thumb}`)).body).toEqual({ seq: 3 });
    expect((await ben.put(`${one}/reactions/x`)).status).toBe(400);
    const page = await ben.get<MessagesPage>(`${at}/messages?limit=5`);
    expect(page.body.messages).toMatchObject([{ body: 'Hi', reactions: { '👍🏽': [ben.me.id] } }]);
    expect((await ben.del<{ seq: number }>(`${one}/reactions/${thumb}`)).body).toEqual({ seq: 4 });
    expect((await ana.del<{ seq: number }>(one)).body).toEqual({ seq: 5 });
    const log = await ben.get<EventsPage>(`${at}/events?after=0`);
    expect(log.body.events.map(({ kind }) => kind)).toEqual([
      ...['message', 'edit', 'reaction', 'reaction', 'delete'],
    ]);
    expect(log.text).not.toContain('Hello');
    expect((await ben.get<EventsPage>(`${at}/events?after=9`)).body).toMatchObject({ reset: true });
    expect((await ben.get(`${at}/events?after=-1`)).status).toBe(400);
    expect((await ben.get(`${at}/messages?limit=101`)).status).toBe(400);
  });

  test('a room is renamed, muted, entered and left', async () => {
    const { body: room } = await ana.post<Room>('/api/rooms', { kind: 'public', title: 'Open' });
    const at = `/api/rooms/${room.id}`;
    expect((await ben.post(`${at}/messages`, message('Hi'))).status).toBe(403);
    expect((await ben.put<Room>(`${at}/members/ben`)).body.role).toBe('member');
    expect((await ben.patch(at, { title: 'Mine' })).status).toBe(403);
    expect((await ana.patch<Room>(at, { title: 'Ours' })).body.title).toBe('Ours');
    expect((await ben.put<Room>(`${at}/muted`, { muted: true })).body.muted).toBe(true);
    expect((await ana.del(`${at}/members/ben`)).status).toBe(204);
    expect((await ben.get<Room>(at)).body.role).toBeNull();
    expect((await ana.get(`/api/rooms/${'x'.repeat(20)}`)).status).toBe(404);
    const listed = await ben.get<{ items: Room[] }>('/api/rooms/public');
    expect(listed.body.items.map(({ title }) => title)).toEqual(['Ours']);
  });

  test('nobody signed in reads what is public, and writes nothing', async () => {
    const { body: room } = await ana.post<Room>('/api/rooms', { kind: 'public', title: 'Seen' });
    const guest = await connectSocket(app.url, { anonymous: true });
    const joined = await guest.ask('room:join', { roomId: room.id });
    expect(joined).toMatchObject({ head: 0, n: 0, lastRead: 0, messages: [] });
    const mine = await ana.socket();
    const sent = await mine.ask('message:send', { roomId: room.id, ...message('Hello all') });
    const told = await guest.next('room:events');
    expect(told.events).toMatchObject([{ seq: sent.message.seq, message: { body: 'Hello all' } }]);
    for (const [event, payload] of [
      ['message:send', { roomId: room.id, ...message('Hi') }],
      ['room:read', { roomId: room.id, n: 1 }],
      ['typing:start', { roomId: room.id }],
      ['message:delete', { roomId: room.id, messageId: sent.message.id }],
    ] as const)
      expect(await guest.askRaw(event, payload)).toMatchObject({
        ok: false,
        error: { code: 'unauthorized' },
      });
    guest.close();
    mine.close();
  });

  test('what is missed is synced; a room that was left tells nothing more', async () => {
    const { body: room } = await ana.put<Room>('/api/rooms/direct/ben');
    const roomId = room.id;
    const [a, b] = [await ana.socket(), await ben.socket()];
    await b.ask('room:join', { roomId });
    const first = await a.ask('message:send', { roomId, ...message('One') });
    await b.next('room:events', (told) => told.roomId === roomId);
    await b.ask('room:leave', { roomId });
    await a.ask('message:send', { roomId, ...message('Two') });
    const head = await b.next('room:head', (told) => told.roomId === roomId && told.n === 2);
    expect([head.unread, head.preview?.body]).toEqual([2, 'Two']);
    const missed = await b.ask('room:sync', { roomId, after: first.message.seq });
    expect(missed.events?.map(({ seq }) => seq)).toEqual([2]);
    expect(b.told().filter(({ event }) => event === 'room:events')).toEqual([]);
    await a.ask('room:join', { roomId });
    expect(await b.ask('room:read', { roomId, n: 2 })).toEqual({ lastRead: 2 });
    expect(await a.next('room:read', (told) => told.userId === ben.me.id)).toMatchObject({ n: 2 });
    await b.ask('typing:start', { roomId });
    expect((await a.next('typing')).userIds).toEqual([ben.me.id]);
    await b.ask('typing:stop', { roomId });
    expect((await a.next('typing', ({ userIds }) => userIds.length === 0)).roomId).toBe(roomId);
    a.close();
    b.close();
  });
});
