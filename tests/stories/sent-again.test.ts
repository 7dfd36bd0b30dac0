import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Article } from '../../src/articles/contract.ts';
import type { Course } from '../../src/courses/contract.ts';
import type { Notification } from '../../src/notifications/contract.ts';
import type { FriendRequest } from '../../src/people/contract.ts';
import type { Room } from '../../src/rooms/contract.ts';
import type { List } from '../../src/wire/contract.ts';
import type { TestApp } from '../support/app.ts';
import { describeOnStores } from '../support/backends.ts';
import { newClientId, type TestPerson } from '../support/client.ts';
import { send } from '../support/http.ts';
import { openPair, type Pair } from '../support/pair.ts';

const body = 'The *moon* pulls.';

describeOnStores('what is sent again with its clientId', (store) => {
  let pair: Pair;
  let app: TestApp;
  let ana: TestPerson;
  let ben: TestPerson;
  beforeAll(async () => {
    pair = await openPair(store);
    ({ app, ana, ben } = pair);
  });
  afterAll(() => pair?.close());

  const write = async (more: object): Promise<Article> => {
    const answer = await ana.post<Article>('/api/articles', {
      ...{ title: 'Why the sea moves', body, tags: ['sea'], publish: true },
      ...more,
    });
    expect(answer.status, answer.text).toBe(201);
    return answer.body;
  };

  test('an article is stored once, also when it is sent twice at the same time', async () => {
    const clientId = newClientId();
    const sent = { title: 'Sent twice', body: 'Once.', clientId };
    const [first, second] = await Promise.all([write(sent), write(sent)]);
    expect(second.id).toBe(first.id);
    const third = await write({ ...sent, body: 'With other words.' });
    expect(third).toMatchObject({ id: first.id, slug: first.slug, body: 'Once.', version: 1 });
    const list = await send<List<Article>>(app.url, 'GET', '/api/articles?author=ana');
    expect(list.body.items.filter(({ title }) => title === 'Sent twice')).toHaveLength(1);
    // Its conversation is there: neither of them took it away.
    const said = { body: 'Heard.', clientId: newClientId() };
    const answer = await ben.post(`/api/rooms/${first.roomId}/messages`, said);
    expect(answer.status, answer.text).toBe(201);
  });

  test('an id of one person is no id of another', async () => {
    const clientId = newClientId();
    const mine = await write({ clientId });
    const theirs = await ben.post<Article>('/api/articles', { title: 'Theirs', body, clientId });
    expect(theirs.body).toMatchObject({ title: 'Theirs', state: 'draft' });
    expect(theirs.body.id).not.toBe(mine.id);
  });

  test('an article that was deleted stays away', async () => {
    const sent = { title: 'Written in haste', body: 'No.', clientId: newClientId() };
    const { id } = await write(sent);
    expect((await ana.del(`/api/articles/${id}`)).status).toBe(204);
    const answer = await ana.post('/api/articles', sent);
    expect([answer.status, answer.body]).toMatchObject([409, { code: 'conflict' }]);
  });

  test('a course is stored once, and a deleted one stays away', async () => {
    const sent = { title: 'Seas', body: 'All of *them*.', clientId: newClientId() };
    const teach = () => ana.post<Course>('/api/courses', sent);
    const [first, second] = await Promise.all([teach(), teach()]);
    expect([first.status, second.status], first.text + second.text).toEqual([201, 201]);
    expect(second.body.id).toBe(first.body.id);
    const theirs = await ben.post<Course>('/api/courses', sent);
    expect(theirs.body.id).not.toBe(first.body.id);
    expect((await ana.del(`/api/courses/${first.body.id}`)).status).toBe(204);
    const late = await teach();
    expect([late.status, late.body]).toMatchObject([409, { code: 'conflict' }]);
  });

  test('a room is made once; who is invited is told once, and who left stays away', async () => {
    const asked = await ana.post<FriendRequest>('/api/friend-requests', { to: 'ben' });
    await ben.post(`/api/friend-requests/${asked.body.id}/acceptance`);
    const sent = { kind: 'group', title: 'Sailors', members: ['ben'], clientId: newClientId() };
    const make = () => ana.post<Room>('/api/rooms', sent);
    const [first, second] = await Promise.all([make(), make()]);
    expect([first.status, second.status], first.text + second.text).toEqual([201, 201]);
    const { id } = first.body;
    expect(second.body).toMatchObject({ id, title: 'Sailors', memberCount: 2, role: 'owner' });
    const told = await ben.get<List<Notification>>('/api/notifications');
    expect(told.body.items.filter(({ url }) => url.includes(id))).toHaveLength(1);

    expect((await ben.del(`/api/rooms/${id}/members/ben`)).status).toBe(204);
    expect((await make()).body).toMatchObject({ id, memberCount: 1 });
  });
});
