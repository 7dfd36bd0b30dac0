import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Room } from '../../src/rooms/contract.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { describeOnStores } from '../support/backends.ts';
import { openPlace } from '../support/place.ts';
import { good, page, people, publish, respond, say } from './world.ts';

describeOnStores('notifications of what is deleted', (store) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ place: await openPlace({ store }) });
  });
  afterAll(async () => {
    await app.close();
    await app.place.close();
  });
  const persons = (...names: string[]) => people(app.url, ...names) as Promise<never>;
  type Person = Awaited<ReturnType<typeof people>>[number];
  type Three = [Person, Person, Person];

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
    const remove = async (person: Person, messageId: string) =>
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
