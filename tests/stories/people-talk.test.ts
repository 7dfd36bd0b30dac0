import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Article } from '../../src/articles/contract.ts';
import type { NotificationsPage } from '../../src/notifications/contract.ts';
import type { FriendRequests, Profile } from '../../src/people/contract.ts';
import type { Message, Room, ThreadsPage } from '../../src/rooms/contract.ts';
import { startApp } from '../support/app.ts';
import { type Backend, describeOn, type StoreName, storeNames } from '../support/backends.ts';
import { newClientId, signUp, type TestPerson } from '../support/client.ts';
import { startCluster } from '../support/cluster.ts';
import { openPlace } from '../support/place.ts';
import type { TestSocket } from '../support/socket.ts';
import { inChapters } from '../support/story.ts';

type Site = { urls: [string, string]; close: () => Promise<void> };

/** One process with the bus inside it: both people use the same address. */
const oneProcess = async (store: StoreName): Promise<Site> => {
  const place = await openPlace({ store });
  const app = await startApp({ place });
  return {
    urls: [app.url, app.url],
    close: async () => {
      await app.close();
      await place.close();
    },
  };
};

/** Two real processes joined by Redis: each person uses another one. */
const twoProcesses = async (store: StoreName): Promise<Site> => {
  const place = await openPlace({ store, redis: true });
  const cluster = await startCluster(place, 2);
  const [first, second] = cluster.nodes;
  return {
    urls: [first.url, second?.url ?? first.url],
    close: async () => {
      await cluster.close();
      await place.close();
    },
  };
};

const shapes: { title: string; redis: boolean; open: (store: StoreName) => Promise<Site> }[] = [
  { title: 'in one process', redis: false, open: oneProcess },
  { title: 'in two processes', redis: true, open: twoProcesses },
];

const story = (open: () => Promise<Site>) => {
  let site: Site;
  let ana: TestPerson;
  let ben: TestPerson;
  let anaLive: TestSocket;
  let benLive: TestSocket;
  let article: Article;
  let response: Message;
  let direct: Room;

  inChapters();

  beforeAll(async () => {
    site = await open();
  });
  afterAll(async () => {
    anaLive?.close();
    benLive?.close();
    await site?.close();
  });

  test('two people sign up and connect', async () => {
    [ana, ben] = await Promise.all([signUp(site.urls[0], 'ana'), signUp(site.urls[1], 'ben')]);
    [anaLive, benLive] = await Promise.all([ana.socket(), ben.socket()]);
    expect(anaLive.ready.me?.username).toBe('ana');
    expect(benLive.ready.notifications.unread).toBe(0);
    expect(benLive.ready.epoch).toBe(anaLive.ready.epoch);
  });

  test('one publishes an article, the other finds and opens it', async () => {
    const made = await ana.post<Article>('/api/articles', {
      title: 'How a request becomes a response',
      body: '## The way in\n\n1. Middleware\n2. The view\n\n```python\ndef view(request): ...\n```',
      tags: ['django', 'python'],
      publish: true,
    });
    expect(made.status).toBe(201);
    article = made.body;
    const list = await ben.get<{ items: Article[] }>('/api/articles?tag=django');
    expect(list.body.items.map((each) => each.slug)).toEqual([article.slug]);
    const page = await ben.get(`/a/${article.slug}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('How a request becomes a response');
    const joined = await benLive.ask('article:join', { articleId: article.id });
    expect(joined.messages).toEqual([]);
    await anaLive.ask('article:join', { articleId: article.id });
    const readers = await benLive.next('article:readers', (told) => told.count === 2);
    expect(readers.people.map((person) => person.username).sort()).toEqual(['ana', 'ben']);
  });

  test('a response arrives under the article and as a notification, live', async () => {
    const clientId = newClientId();
    const path = `/api/articles/${article.id}/responses`;
    const body = { body: 'Where do *signals* come in?', clientId };
    const sent = await ben.post<Message>(path, body);
    expect(sent.status).toBe(201);
    response = sent.body;
    const frame = await anaLive.next('room:events', (told) => told.roomId === article.roomId);
    expect(frame.events).toMatchObject([
      { kind: 'message', seq: response.seq, message: { id: response.id, body: body.body } },
    ]);
    const told = await anaLive.next(
      'notification',
      ({ notification }) => notification.kind === 'response',
    );
    expect(told.unread).toBe(1);
    expect(told.notification.people.map((person) => person.username)).toEqual(['ben']);
    const again = await ben.post<Message>(path, body);
    expect([again.status, again.body.id, again.body.seq]).toEqual([200, response.id, response.seq]);
    const other = await ben.post(path, { ...body, body: 'Something else' });
    expect(other.status).toBe(409);
  });

  test('a reply stands under the response and notifies its writer', async () => {
    const acked = await anaLive.ask('message:send', {
      roomId: article.roomId,
      clientId: newClientId(),
      body: 'After the view, when the response is ready.',
      replyTo: response.id,
    });
    const frame = await benLive.next('room:events', (told) =>
      told.events.some(
        (event) => event.kind === 'message' && event.message.id === acked.message.id,
      ),
    );
    expect(frame.events.at(-1)?.seq).toBe(acked.message.seq);
    const told = await benLive.next(
      'notification',
      ({ notification }) => notification.kind === 'reply',
    );
    expect(told.notification.url).toContain(article.slug);
    const tree = await ben.get<ThreadsPage>(`/api/articles/${article.slug}/responses`);
    expect(tree.body.items).toHaveLength(1);
    expect(tree.body.items[0]?.message.id).toBe(response.id);
    expect(tree.body.items[0]?.replies.map((reply) => reply.message.id)).toEqual([
      acked.message.id,
    ]);
    expect(tree.body.head).toBe(acked.message.seq);
  });

  test('from the response it is one step to a friend request, accepted live', async () => {
    const request = await anaLive.ask('friend:request', {
      to: 'ben',
      about: { messageId: response.id },
    });
    expect(request.state).toBe('pending');
    const { request: got } = await benLive.next('friend:requested');
    expect(got.id).toBe(request.id);
    expect(got.about?.text).toContain('signals');
    const waiting = await ben.get<FriendRequests>('/api/friend-requests');
    expect(waiting.body.incoming.map((each) => each.id)).toEqual([request.id]);
    await benLive.ask('friend:accept', { requestId: request.id });
    const { person } = await anaLive.next('friend:accepted');
    expect(person.username).toBe('ben');
    await anaLive.next(
      'notification',
      ({ notification }) => notification.kind === 'friend_accepted',
    );
    const profile = await ana.get<Profile>('/api/people/ben');
    expect(profile.body.relation).toBe('friend');
    expect(profile.body.presence.status).toBe('online');
  });

  test('they chat, see it live, and unread is counted until it is read', async () => {
    const opened = await ana.put<Room>('/api/rooms/direct/ben');
    expect(opened.status).toBe(200);
    direct = opened.body;
    const same = await ben.put<Room>('/api/rooms/direct/ana');
    expect(same.body.id).toBe(direct.id);
    await anaLive.ask('room:join', { roomId: direct.id });
    for (const body of ['Hi Ben', 'That was a good question', 'Shall we write about it?']) {
      await anaLive.ask('message:send', { roomId: direct.id, clientId: newClientId(), body });
    }
    const head = await benLive.next(
      'room:head',
      // What is counted may be newer than the message that is told.
      ({ roomId, preview }) => roomId === direct.id && preview?.body === 'Shall we write about it?',
    );
    expect(head.unread).toBe(3);
    const joined = await benLive.ask('room:join', { roomId: direct.id });
    expect(joined.messages?.map((message) => message.body)).toEqual([
      'Hi Ben',
      'That was a good question',
      'Shall we write about it?',
    ]);
    await benLive.ask('typing:start', { roomId: direct.id });
    const typing = await anaLive.next('typing', (told) => told.roomId === direct.id);
    expect(typing.userIds).toEqual([ben.me.id]);
    await benLive.ask('room:read', { roomId: direct.id, n: joined.n });
    const read = await anaLive.next('room:read', (told) => told.userId === ben.me.id);
    expect(read.n).toBe(joined.n);
    const rooms = await ben.get<{ items: Room[] }>('/api/rooms');
    const mine = rooms.body.items.find((room) => room.id === direct.id);
    expect([mine?.unread, mine?.lastRead, mine?.n]).toEqual([0, joined.n, joined.n]);
  });

  test('a third person sees none of it', async () => {
    const eve = await signUp(site.urls[1], 'eve');
    for (const path of ['', '/events', '/messages']) {
      expect((await eve.get(`/api/rooms/${direct.id}${path}`)).status).toBe(404);
    }
    const live = await eve.socket();
    const ack = await live.askRaw('room:join', { roomId: direct.id });
    expect(ack).toMatchObject({ ok: false, error: { code: 'not_found' } });
    live.close();
  });

  test('notifications read on one device are read everywhere', async () => {
    const page = await ana.get<NotificationsPage>('/api/notifications');
    expect(page.body.unread).toBeGreaterThan(0);
    const phone = await ana.at(site.urls[1]).socket();
    const newest = page.body.items[0]?.id ?? '';
    const { unread } = await anaLive.ask('notification:read', { upTo: newest });
    expect(unread).toBe(0);
    const told = await phone.next('notification:read', (each) => each.unread === 0);
    expect(told.ids).toContain(newest);
    phone.close();
  });

  test('who comes back is given all they missed, in order', async () => {
    const { seq } = (await ana.get<Room>(`/api/rooms/${direct.id}`)).body.lastMessage as Message;
    const { epoch } = benLive.ready;
    benLive.close();
    await benLive.closed;
    const missed: number[] = [];
    for (const body of ['One', 'Two']) {
      const send = { roomId: direct.id, clientId: newClientId(), body };
      missed.push((await anaLive.ask('message:send', send)).message.seq);
    }
    benLive = await ben.at(site.urls[0]).socket();
    const joined = await benLive.ask('room:join', { roomId: direct.id, after: { epoch, seq } });
    expect(joined.events?.map((event) => event.seq)).toEqual(missed);
  });

  test('after logging out nothing more arrives', async () => {
    const out = await ben.del('/api/sessions/current');
    expect(out.status).toBeLessThan(300);
    const told = await benLive.next('session:closed', () => true, 2_000);
    expect(told.reason).toBe('logout');
    await benLive.closed;
    expect((await ben.get('/api/me')).status).toBe(401);
  });
};

for (const store of storeNames) {
  for (const shape of shapes) {
    const needs: Backend[] = shape.redis ? [store, 'redis'] : [store];
    describeOn(needs, `two people talk under an article, ${shape.title},`, () =>
      story(() => shape.open(store)),
    );
  }
}
