import { signUp, testPassword } from '../support/client.ts';
import { type Method, send } from '../support/http.ts';
import type { RowOptions } from './row.ts';

export const LOGINS_PER_SECOND = 10;
const SAVES_PER_SECOND = 5;
const PARAGRAPH = 'What is written here is saved again and again, a little longer each time. ';

type Account = Awaited<ReturnType<typeof signUp>>;
type Draft = { id: string; version: number };

/** Begins `what` so many times a second; `end` waits for all of them. */
const every = (perSecond: number, what: (turn: number) => Promise<void>) => {
  const going: Promise<void>[] = [];
  const timer = setInterval(() => {
    const one = what(going.length);
    // It is looked at in the end.
    one.catch(() => {});
    going.push(one);
  }, 1_000 / perSecond);
  return async () => {
    clearInterval(timer);
    await Promise.all(going);
  };
};

const mustBe = (
  { status, text }: { status: number; text: string },
  wanted: number,
  what: string,
) => {
  if (status !== wanted) throw new Error(`${what}: ${status} ${text.slice(0, 300)}`);
};

/** People log in, and writers save what they write, while others talk. */
export const loginsAndSaves: NonNullable<RowOptions['beside']> = async ({ url }) => {
  if (!url) throw new Error('this server has no HTTP');
  const accounts: Account[] = [];
  const drafts: Draft[] = [];
  for (let number = 0; number < LOGINS_PER_SECOND; number += 1)
    accounts.push(await signUp(url, `writer_${number}`));
  for (const account of accounts.slice(0, SAVES_PER_SECOND)) {
    const article = { title: `Draft of ${account.username}`, body: PARAGRAPH.repeat(40) };
    const made = await account.post<Draft>('/api/articles', article);
    mustBe(made, 201, 'a new article');
    drafts.push(made.body);
  }
  const ask = (method: Method, path: string, cookie: string | undefined, body: unknown) =>
    send<Draft>(url, method, path, { cookie, body });
  const logIn = async (turn: number) => {
    const login = accounts[turn % accounts.length]?.username;
    mustBe(
      await ask('POST', '/api/sessions', undefined, { login, password: testPassword }),
      201,
      'a login',
    );
  };
  const save = async (turn: number) => {
    const index = turn % drafts.length;
    const { id, version } = drafts[index] as Draft;
    const body = { body: PARAGRAPH.repeat(40 + (turn % 20)), baseVersion: version };
    const saved = await ask('PATCH', `/api/articles/${id}`, accounts[index]?.cookie, body);
    mustBe(saved, 200, 'saving');
    drafts[index] = saved.body;
  };
  const ends = [every(LOGINS_PER_SECOND, logIn), every(SAVES_PER_SECOND, save)];
  return {
    // All stop, also when one has failed.
    end: async () => void (await Promise.all(ends.map((end) => end()))),
  };
};
