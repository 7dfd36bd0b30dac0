import { expect, test } from 'vitest';
import type { FriendRequest } from '../../src/people/contract.ts';
import type { Room } from '../../src/rooms/contract.ts';
import { describeOnStores } from '../support/backends.ts';
import { logIn, newClientId } from '../support/client.ts';
import { send } from '../support/http.ts';
import { good, openSite, page, publish, respond, say, type Three, texts } from './world.ts';

describeOnStores('notifications', (store) => {
  const { persons, url } = openSite(store);

  test('a response reaches the author at once, and leads to itself', async () => {
    const [ana, ben]: Three = await persons('Ana', 'Ben');
    const article = await publish(ana, 'How Django answers');
    const socket = await ana.socket();
    expect(socket.ready.notifications).toEqual({ unread: 0 });
    const response = await respond(ben, article);
    const told = await socket.next('notification');
    expect(told.unread).toBe(1);
    expect(told.notification).toMatchObject({
      kind: 'response',
      subject: article.id,
      count: 1,
      text: 'Ben responded to “How Django answers”',
      url: `/a/${article.slug}#r-${response.id}`,
      at: response.at,
      readAt: null,
    });
    expect(told.notification.people.map(({ id }) => id)).toEqual([ben.me.id]);
    expect(await page(ana)).toEqual({ items: [told.notification], next: null, unread: 1 });
    expect((await page(ben)).items).toEqual([]);
    socket.close();
    const again = await ana.socket();
    expect(again.ready.notifications).toEqual({ unread: 1 });
    again.close();
  });

  test('several people are one line; a resend of the same response counts once', async () => {
    const [ana, ben, cleo]: Three = await persons('Ana', 'Ben', 'Cleo');
    const article = await publish(ana);
    const body = { body: 'Once.', clientId: newClientId() };
    for (let each = 0; each < 3; each += 1)
      good(await ben.post(`/api/articles/${article.id}/responses`, body));
    await respond(cleo, article);
    await respond(ben, article);
    const { items, unread } = await page(ana);
    expect(unread).toBe(1);
    expect(items).toMatchObject([{ count: 2, text: 'Ben and Cleo responded to “How it works”' }]);
  });

  test('one post is one notification, of its strongest kind', async () => {
    const [ana, ben]: Three = await persons('Ana', 'Ben');
    const article = await publish(ana);
    const mine = await respond(ana, article, 'What do you think?');
    await respond(ben, article, `@${ana.username} I agree.`, mine.id);
    expect(await texts(ana)).toEqual(['mention: Ben mentioned you under “How it works”']);
    await respond(ben, article, 'And more.', mine.id);
    expect(await texts(ana)).toEqual([
      'reply: Ben replied to your response under “How it works”',
      'mention: Ben mentioned you under “How it works”',
    ]);
  });

  test('a reply goes to whom it answers, and to the author as a response', async () => {
    const [ana, ben, cleo]: Three = await persons('Ana', 'Ben', 'Cleo');
    const article = await publish(ana);
    const response = await respond(ben, article);
    await respond(cleo, article, 'Indeed.', response.id);
    expect(await texts(ben)).toEqual(['reply: Cleo replied to your response under “How it works”']);
    expect(await texts(ana)).toEqual(['response: Cleo and Ben responded to “How it works”']);
  });

  test('nobody is told of what they did themselves', async () => {
    const [ana]: Three = await persons('Ana');
    const article = await publish(ana);
    const mine = await respond(ana, article, `I, @${ana.username}, wrote this.`);
    await respond(ana, article, 'And answer myself.', mine.id);
    const path = `/api/rooms/${article.roomId}/messages/${mine.id}/reactions/%F0%9F%91%8D`;
    good(await ana.put(path));
    expect(await page(ana)).toEqual({ items: [], next: null, unread: 0 });
  });

  test('nothing passes a block, and what was told before goes', async () => {
    const [ana, ben, cleo]: Three = await persons('Ana', 'Ben', 'Cleo');
    const [first, second] = [await publish(ana, 'First'), await publish(ana, 'Second')];
    await respond(ben, first);
    await respond(cleo, second);
    await respond(ben, second);
    const before = await page(ana);
    expect(before.items).toHaveLength(2);
    const socket = await ana.socket();
    good(await ana.put(`/api/blocks/${ben.username}`));
    const removed = await socket.next('notification:removed');
    expect(removed).toEqual({ ids: [before.items[1]?.id], unread: 1 });
    await socket.next('notification', ({ notification }) => notification.count === 1);
    expect(await texts(ana)).toEqual(['response: Cleo responded to “Second”']);
    await respond(ben, first, `@${ana.username}!`);
    await respond(cleo, first);
    expect(await texts(ana)).toEqual([
      'response: Cleo responded to “First”',
      'response: Cleo responded to “Second”',
    ]);
    socket.close();
  });

  test('a muted room is silent', async () => {
    const [ana, ben]: Three = await persons('Ana', 'Ben');
    const [loud, quiet] = [await publish(ana, 'Loud'), await publish(ana, 'Quiet')];
    await respond(ana, quiet);
    good(await ana.put(`/api/rooms/${quiet.roomId}/muted`, { muted: true }));
    await respond(ben, quiet, `@${ana.username}, here!`);
    await respond(ben, loud);
    expect(await texts(ana)).toEqual(['response: Ben responded to “Loud”']);
  });

  test('in a chat only what is meant for somebody is told', async () => {
    const [ana, ben, cleo]: Three = await persons('Ana', 'Ben', 'Cleo');
    const room = good(
      await ana.post<Room>('/api/rooms', {
        kind: 'group',
        title: 'Readers',
        members: [ben.username, cleo.username],
      }),
    );
    expect(await texts(ben)).toEqual(['room_invite: Ana invited you to “Readers”']);
    const plain = await say(ana, room.id, 'Hello all.');
    expect(await page(ben)).toMatchObject({ unread: 1 });
    await say(cleo, room.id, `Hello @${ben.username}.`);
    const reply = await say(cleo, room.id, 'Hello Ana.', plain.id);
    expect((await texts(ben))[0]).toBe('mention: Cleo mentioned you in “Readers”');
    const { items } = await page(ana);
    expect(items).toMatchObject([
      { text: 'Cleo replied to your message in “Readers”', url: `/chat/${room.id}?at=${reply.id}` },
    ]);
    const [outsider]: Three = await persons('Dora');
    await say(cleo, room.id, `What would @${outsider.username} say?`);
    expect(await texts(outsider)).toEqual([]);
  });

  test('reactions to one message are one line, however often they come and go', async () => {
    const [ana, ben, cleo]: Three = await persons('Ana', 'Ben', 'Cleo');
    const direct = good(await ana.put<Room>(`/api/rooms/direct/${ben.username}`));
    const message = await say(ana, direct.id, 'A good day.');
    const path = `/api/rooms/${direct.id}/messages/${message.id}/reactions/%F0%9F%91%8D`;
    for (let each = 0; each < 2; each += 1) {
      good(await ben.put(path));
      good(await ben.del(path));
    }
    expect(await page(ana)).toMatchObject({
      items: [{ kind: 'reaction', count: 1, text: 'Ben reacted to your message' }],
      unread: 1,
    });
    const article = await publish(ana);
    const response = await respond(cleo, article);
    const reaction = `/api/rooms/${article.roomId}/messages/${response.id}/reactions/`;
    good(await ana.put(`${reaction}%F0%9F%91%8D`));
    good(await ben.put(`${reaction}%E2%9D%A4`));
    expect(await texts(cleo)).toEqual([
      'reaction: Ben and Ana reacted to your response under “How it works”',
    ]);
  });

  test('a friend request is told, and settled when it is answered', async () => {
    const [ana, ben]: Three = await persons('Ana', 'Ben');
    const socket = await ben.socket();
    const ask = () => ana.post<FriendRequest>('/api/friend-requests', { to: ben.username });
    const request = good(await ask());
    await ask();
    const told = await socket.next('notification');
    expect(told).toMatchObject({
      notification: { kind: 'friend_request', url: '/people', count: 1 },
      unread: 1,
    });
    good(await ben.post(`/api/friend-requests/${request.id}/acceptance`));
    expect(await socket.next('notification:read')).toEqual({
      ids: [told.notification.id],
      unread: 0,
    });
    expect((await page(ana)).items).toMatchObject([
      {
        kind: 'friend_accepted',
        text: 'Ben accepted your friend request',
        url: `/@${ben.username}`,
      },
    ]);
    socket.close();
  });

  test('a withdrawn friend request leaves nothing unread', async () => {
    const [ana, ben]: Three = await persons('Ana', 'Ben');
    const request = good(
      await ana.post<FriendRequest>('/api/friend-requests', { to: ben.username }),
    );
    expect((await page(ben)).unread).toBe(1);
    good(await ana.del(`/api/friend-requests/${request.id}`));
    expect((await page(ben)).unread).toBe(0);
  });

  test('an article reaches friends and followers of its tags, once each', async () => {
    const [ana, ben, cleo]: Three = await persons('Ana', 'Ben', 'Cleo');
    const [dora, emil]: Three = await persons('Dora', 'Emil');
    for (const friend of [ben, dora]) {
      const request = good(
        await ana.post<FriendRequest>('/api/friend-requests', { to: friend.username }),
      );
      good(await friend.post(`/api/friend-requests/${request.id}/acceptance`));
    }
    const tag = `tag-${newClientId()
      .toLowerCase()
      .replaceAll(/[^a-z]/g, '')}`.slice(0, 30);
    for (const follower of [cleo, dora]) good(await follower.put(`/api/tags/${tag}/follow`));
    const socket = await cleo.socket();
    const article = await publish(ana, 'News', [tag]);
    expect(await socket.next('notification')).toMatchObject({
      notification: { kind: 'article', text: 'Ana published “News”', url: `/a/${article.slug}` },
      unread: 1,
    });
    for (const reader of [ben, cleo, dora])
      expect((await texts(reader)).filter((text) => text.startsWith('article'))).toEqual([
        'article: Ana published “News”',
      ]);
    expect(await texts(emil)).toEqual([]);
    good(await ana.del(`/api/articles/${article.id}/publication`));
    good(await ana.put(`/api/articles/${article.id}/publication`));
    expect((await page(cleo)).items).toHaveLength(1);
    socket.close();
  });

  test('what is read on one device is read on all', async () => {
    const [ana, ben]: Three = await persons('Ana', 'Ben');
    const there = await logIn(url(), ana.username);
    const [first, second] = [await publish(ana, 'First'), await publish(ana, 'Second')];
    await respond(ben, first);
    await respond(ben, second);
    const [newest, oldest] = (await page(ana)).items;
    const sockets = [await ana.socket(), await there.socket()] as const;
    const answer = await ana.put('/api/notifications/read', { ids: [newest?.id] });
    expect(answer.body).toEqual({ unread: 1 });
    for (const socket of sockets)
      expect(await socket.next('notification:read')).toEqual({ ids: [newest?.id], unread: 1 });
    await respond(ben, second);
    for (const socket of sockets)
      expect(await socket.next('notification')).toMatchObject({
        notification: { id: newest?.id, readAt: null },
        unread: 2,
      });
    expect(await sockets[1].ask('notification:read', { upTo: newest?.id ?? '' })).toEqual({
      unread: 0,
    });
    const read = await sockets[0].next('notification:read');
    expect(read.ids.toSorted()).toEqual([newest?.id ?? '', oldest?.id ?? ''].toSorted());
    expect(await page(ana)).toMatchObject({ unread: 0 });
    for (const socket of sockets) socket.close();
  });

  test('a long list goes on page by page', async () => {
    const [ana, ben]: Three = await persons('Ana', 'Ben');
    for (const title of ['One', 'Two', 'Three']) await respond(ben, await publish(ana, title));
    const first = await page(ana, '?limit=2');
    expect(first.items.map(({ text }) => text)).toEqual([
      'Ben responded to “Three”',
      'Ben responded to “Two”',
    ]);
    const second = await page(ana, `?limit=2&cursor=${first.next}`);
    expect(second.items.map(({ text }) => text)).toEqual(['Ben responded to “One”']);
    expect(second.next).toBeNull();
    expect((await ana.get('/api/notifications?cursor=nonsense')).status).toBe(400);
  });

  test('nobody reads or changes what is another’s', async () => {
    const [ana, ben]: Three = await persons('Ana', 'Ben');
    await respond(ben, await publish(ana));
    const [mine] = (await page(ana)).items;
    const byIds = await ben.put('/api/notifications/read', { ids: [mine?.id] });
    expect(byIds.body).toEqual({ unread: 0 });
    const upTo = await ben.put('/api/notifications/read', { upTo: mine?.id });
    expect(upTo.status).toBe(404);
    expect(await page(ana)).toMatchObject({ unread: 1 });
    expect((await send(url(), 'GET', '/api/notifications')).status).toBe(401);
    for (const bad of [{}, { ids: [] }, { upTo: mine?.id, ids: [mine?.id] }])
      expect((await ana.put('/api/notifications/read', bad)).status).toBe(400);
  });
});
