import { afterAll, beforeAll } from 'vitest';
import type { Article } from '../../src/articles/contract.ts';
import type { Notification, NotificationsPage } from '../../src/notifications/contract.ts';
import type { Message } from '../../src/rooms/contract.ts';
import { startApp, type TestApp } from '../support/app.ts';
import type { StoreName } from '../support/backends.ts';
import { newClientId, signUp, type TestPerson } from '../support/client.ts';
import type { Answer } from '../support/http.ts';
import { openPlace } from '../support/place.ts';

export type Three = [TestPerson, TestPerson, TestPerson];

/** The site for the tests of a file, opened before the first and closed after the last. */
export const openSite = (store: StoreName) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ place: await openPlace({ store }) });
  });
  afterAll(async () => {
    await app.close();
    await app.place.close();
  });
  return {
    url: () => app.url,
    persons: (...names: string[]) => people(app.url, ...names) as Promise<never>,
  };
};

let taken = 0;

/** The body of an answer that must be a success. */
export const good = <T>(answer: Answer<T>): T => {
  if (answer.status >= 300) throw new Error(`${answer.status}: ${answer.text}`);
  return answer.body;
};

/** New accounts whose usernames begin with these names, shown under them. */
export const people = async (url: string, ...names: string[]): Promise<TestPerson[]> =>
  Promise.all(
    names.map(async (name) => {
      const person = await signUp(url, `${name.toLowerCase()}_${(taken += 1)}`);
      good(await person.patch('/api/me', { name }));
      return person;
    }),
  );

export const publish = async (
  author: TestPerson,
  title = 'How it works',
  tags: string[] = [],
): Promise<Article> =>
  good(await author.post<Article>('/api/articles', { title, body: 'Words.', tags, publish: true }));

export const respond = async (
  person: TestPerson,
  article: Article,
  body = 'Well said.',
  replyTo?: string,
): Promise<Message> => {
  const response = { body, clientId: newClientId(), ...(replyTo && { replyTo }) };
  return good(await person.post<Message>(`/api/articles/${article.id}/responses`, response));
};

export const say = async (
  person: TestPerson,
  roomId: string,
  body: string,
  replyTo?: string,
): Promise<Message> => {
  const message = { body, clientId: newClientId(), ...(replyTo && { replyTo }) };
  return good(await person.post<Message>(`/api/rooms/${roomId}/messages`, message));
};

export const page = async (person: TestPerson, query = ''): Promise<NotificationsPage> =>
  good(await person.get<NotificationsPage>(`/api/notifications${query}`));

/** Kind and words of all that a person has, newest first. */
export const texts = async (person: TestPerson): Promise<string[]> =>
  (await page(person)).items.map(({ kind, text }: Notification) => `${kind}: ${text}`);
