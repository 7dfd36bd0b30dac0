import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Article } from '../../src/articles/contract.ts';
import type { List } from '../../src/wire/contract.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { describeOnStores } from '../support/backends.ts';
import { newClientId, signUp, type TestPerson } from '../support/client.ts';
import { send } from '../support/http.ts';
import { openPlace, type Place } from '../support/place.ts';

const body = 'The *moon* pulls.';

describeOnStores('an article that is sent again', (store) => {
  let place: Place;
  let app: TestApp;
  let ana: TestPerson;
  let ben: TestPerson;
  beforeAll(async () => {
    place = await openPlace({ store });
    app = await startApp({ place });
    ana = await signUp(app.url, 'ana');
    ben = await signUp(app.url, 'ben');
  });
  afterAll(async () => {
    await app.close();
    await place.close();
  });

  const write = async (more: object): Promise<Article> => {
    const answer = await ana.post<Article>('/api/articles', {
      ...{ title: 'Why the sea moves', body, tags: ['sea'], publish: true },
      ...more,
    });
    expect(answer.status, answer.text).toBe(201);
    return answer.body;
  };

  test('what is sent again is stored once, also at the same time', async () => {
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
});
