import { randomBytes } from 'node:crypto';
import type { Me } from '../../src/accounts/contract.ts';
import { type Answer, cookieOf, send } from './http.ts';
import { connectSocket, type TestSocket } from './socket.ts';

/** One person's way into the site: HTTP as a browser sends it, and sockets. */
export type TestPerson = {
  url: string;
  me: Me;
  username: string;
  cookie: string;
  get: <T>(path: string) => Promise<Answer<T>>;
  post: <T>(path: string, body?: unknown) => Promise<Answer<T>>;
  put: <T>(path: string, body?: unknown) => Promise<Answer<T>>;
  patch: <T>(path: string, body?: unknown) => Promise<Answer<T>>;
  del: <T>(path: string) => Promise<Answer<T>>;
  /** A new connection, ready. */
  socket: () => Promise<TestSocket>;
  /** The same person and session, by the address of another process. */
  at: (url: string) => TestPerson;
};

export const testPassword = 'correct horse battery';

/** An id as a client makes one for each thing it sends. */
export const newClientId = (): string => randomBytes(15).toString('base64url');

const person = (url: string, me: Me, cookie: string): TestPerson => ({
  url,
  me,
  username: me.username,
  cookie,
  get: (path) => send(url, 'GET', path, { cookie }),
  post: (path, body) => send(url, 'POST', path, { cookie, body }),
  put: (path, body) => send(url, 'PUT', path, { cookie, body }),
  patch: (path, body) => send(url, 'PATCH', path, { cookie, body }),
  del: (path) => send(url, 'DELETE', path, { cookie }),
  socket: () => connectSocket(url, { cookie }),
  at: (other) => person(other, me, cookie),
});

const mustBe = (answer: Answer, status: number) => {
  if (answer.status !== status)
    throw new Error(`expected ${status}: ${answer.status} ${answer.text}`);
};

/** A new account under this username, logged in. */
export const signUp = async (url: string, username: string): Promise<TestPerson> => {
  const body = { username, email: `${username}@example.org`, password: testPassword };
  const answer = await send<Me>(url, 'POST', '/api/accounts', { body });
  mustBe(answer, 201);
  return person(url, answer.body, cookieOf(answer));
};

/** One more session of somebody who has an account: another device. */
export const logIn = async (
  url: string,
  username: string,
  password = testPassword,
): Promise<TestPerson> => {
  const body = { login: username, password };
  const answer = await send<Me>(url, 'POST', '/api/sessions', { body });
  mustBe(answer, 201);
  return person(url, answer.body, cookieOf(answer));
};
