import { expect, test } from 'vitest';
import type { Room } from '../../src/rooms/contract.ts';
import { describeOnStores } from '../support/backends.ts';
import type { TestPerson } from '../support/client.ts';
import { good, openSite, page, publish, respond, say, type Three } from './world.ts';

describeOnStores('notifications of what is changed or deleted', (store) => {
  const { persons } = openSite(store);

  test('a mention that an edit adds is told once; what was told before is not told again', async () => {
    const [ana, ben, cleo]: Three = await persons('Ana', 'Ben', 'Cleo');
    const members = [ben.username, cleo.username];
    const created = { kind: 'group', title: 'Proof readers', members };
    const room = good(await ana.post<Room>('/api/rooms', created));
    const message = await say(ana, room.id, `Hello @${ben.username}.`);
    const socket = await ana.socket();
    const edit = (body: string) =>
      socket.ask('message:edit', { roomId: room.id, messageId: message.id, body });
    await edit(`Hello @${ben.username} and @${cleo.username}.`);
    await edit(`Hello again @${cleo.username}, @${ana.username}, @${ben.username}.`);
    await expect.poll(() => page(cleo)).toMatchObject({ unread: 2 });
    expect((await page(cleo)).items[0]).toMatchObject({
      ...{ kind: 'mention', count: 1, url: expect.stringContaining(`/chat/${room.id}`) },
    });
    expect(await page(ben)).toMatchObject({ unread: 2 });
    const [told] = (await page(ben)).items;
    expect(told).toMatchObject({ kind: 'mention', at: message.at });
    expect((await page(ana)).items).toEqual([]);
    socket.close();
  });

  test('a deleted message takes what was told of it along, on all devices', async () => {
    const [ana, ben, cleo]: Three = await persons('Ana', 'Ben', 'Cleo');
    const created = { kind: 'group', title: 'Editors', members: [ben.username, cleo.username] };
    const room = good(await ana.post<Room>('/api/rooms', created));
    const mine = await say(ana, room.id, 'What now?');
    const named = await say(ben, room.id, `You, @${ana.username}.`);
    const replies = [
      await say(ben, room.id, 'First.', mine.id),
      await say(cleo, room.id, 'Second.', mine.id),
      await say(cleo, room.id, 'Third.', mine.id),
    ] as const;
    good(await ben.put(`/api/rooms/${room.id}/messages/${mine.id}/reactions/%F0%9F%91%8D`));
    const remove = async (person: TestPerson, messageId: string) =>
      good(await person.del(`/api/rooms/${room.id}/messages/${messageId}`));
    const before = await page(ana);
    expect(before).toMatchObject({ unread: 3 });
    const idOf = (wanted: string) => before.items.find(({ kind }) => kind === wanted)?.id;
    const sockets = [await ana.socket(), await ana.socket()] as const;
    await remove(ben, named.id);
    for (const socket of sockets)
      expect(await socket.next('notification:removed')).toEqual({
        ids: [idOf('mention')],
        unread: 2,
      });
    // Who said another thing stays named; the line leads to what is left.
    await remove(cleo, replies[2].id);
    expect((await sockets[0].next('notification')).notification).toMatchObject({
      ...{ id: idOf('reply'), count: 2, at: replies[1].at },
      url: `/chat/${room.id}?at=${replies[1].id}`,
    });
    await remove(cleo, replies[1].id);
    expect((await sockets[0].next('notification')).notification).toMatchObject({
      ...{ id: idOf('reply'), count: 1, text: 'Ben replied to your message in “Editors”' },
    });
    await remove(ana, mine.id);
    expect(await sockets[0].next('notification:removed')).toEqual({
      ids: [idOf('reaction')],
      unread: 1,
    });
    await remove(ben, replies[0].id);
    await sockets[0].next('notification:removed');
    expect(await page(ana)).toEqual({ items: [], next: null, unread: 0 });
    const article = await publish(ana);
    const response = await respond(ben, article);
    expect(await page(ana)).toMatchObject({ unread: 1 });
    good(await ben.del(`/api/rooms/${article.roomId}/messages/${response.id}`));
    await sockets[0].next('notification:removed');
    expect((await page(ana)).items).toEqual([]);
    for (const socket of sockets) socket.close();
  });
});
