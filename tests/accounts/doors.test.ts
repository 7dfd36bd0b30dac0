import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Me, Session, Token } from '../../src/accounts/contract.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { describeOn, describeOnStores } from '../support/backends.ts';
import { logIn, signUp, testPassword } from '../support/client.ts';
import { cookieOf, send } from '../support/http.ts';
import { openPlace } from '../support/place.ts';
import { connectSocket } from '../support/socket.ts';
import { createMailbox, tokenIn } from './mailbox.ts';

const NEXT = 'another horse battery';
const items = (answer: { body: { items: unknown[] } }) => answer.body.items;

describeOnStores('the doors of accounts', (store) => {
  const mailbox = createMailbox();
  let app: TestApp;
  beforeAll(async () => {
    const place = await openPlace({ store });
    app = await startApp({ place, overrides: { log: mailbox.log } });
  });
  afterAll(async () => {
    await app.close();
    await app.place.close();
  });
  const post = (path: string, body?: unknown, cookie?: string) =>
    send<Me>(app.url, 'POST', path, { body, cookie });
  const status = async (cookie: string) =>
    (await send(app.url, 'GET', '/api/me', { cookie })).status;

  test('a new account is signed in by a cookie that scripts cannot read', async () => {
    const body = { username: 'Ana_One', name: 'Ana', email: 'ana@example.org' };
    const answer = await post('/api/accounts', { ...body, password: testPassword });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      username: 'ana_one',
      name: 'Ana',
      emailVerified: false,
      roles: [],
      settings: { theme: 'system', presence: 'everyone' },
    });
    expect(answer.text).not.toContain(testPassword);
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^sid=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/);
    const me = await send(app.url, 'GET', '/api/me', { cookie: cookieOf(answer) });
    expect(me.body).toEqual(answer.body);
  });

  test('a taken username is a conflict; a taken address is not told', async () => {
    const { me } = await signUp(app.url, 'taken');
    const input = { username: 'TAKEN', email: 'other@example.org', password: testPassword };
    expect((await post('/api/accounts', input)).body).toMatchObject({ code: 'conflict' });
    const same = await post('/api/accounts', { ...input, username: 'taken_too', email: me.email });
    expect(same.status).toBe(201);
  });

  test('an unknown login and a wrong password get the same answer', async () => {
    await signUp(app.url, 'same');
    const wrong = await post('/api/sessions', { login: 'same', password: 'not this one' });
    const nobody = await post('/api/sessions', { login: 'nobody_at_all', password: testPassword });
    const nowhere = await post('/api/sessions', { login: 'x@example.net', password: testPassword });
    expect(wrong.status).toBe(401);
    expect(nobody.text).toBe(wrong.text);
    expect(nowhere.text).toBe(wrong.text);
    expect(wrong.headers.getSetCookie()).toEqual([]);
  });

  test('bodies are small, strict and not converted', async () => {
    const good = { username: 'strict', email: 'strict@example.org', password: testPassword };
    for (const bad of [
      { ...good, admin: true },
      { ...good, password: 'too short' },
      { ...good, password: 'x'.repeat(257) },
      { ...good, username: 'has space' },
      { ...good, email: 'nowhere' },
      { ...good, username: 12345 },
    ]) {
      const answer = await post('/api/accounts', bad);
      expect(answer.body, JSON.stringify(bad)).toMatchObject({ code: 'bad_request' });
    }
    const large = { ...good, name: 'x'.repeat(5_000) };
    expect((await post('/api/accounts', large)).status).toBe(413);
    expect((await post('/api/accounts', good)).status).toBe(201);
  });

  test('devices are listed; ending one closes its sockets and its cookie', async () => {
    const here = await signUp(app.url, 'devices');
    const there = await logIn(app.url, 'devices');
    const socket = await there.socket();
    const listed = items(await here.get('/api/sessions')) as Session[];
    expect(listed).toHaveLength(2);
    expect(listed.filter(({ current }) => current)).toHaveLength(1);
    expect(listed[0]?.ip).toBe('127.0.0.1');
    const other = listed.find(({ current }) => !current);
    expect((await here.del(`/api/sessions/${other?.id}`)).status).toBe(204);
    expect(await socket.next('session:closed')).toEqual({ reason: 'revoked' });
    await socket.closed;
    expect(await status(there.cookie)).toBe(401);
    expect(await status(here.cookie)).toBe(200);
    expect((await here.del(`/api/sessions/${other?.id}`)).status).toBe(404);
  });

  test('all other devices end at once', async () => {
    const here = await signUp(app.url, 'all_others');
    const others = [await logIn(app.url, 'all_others'), await logIn(app.url, 'all_others')];
    const mine = await here.socket();
    const sockets = await Promise.all(others.map((each) => each.socket()));
    expect((await here.del('/api/sessions')).status).toBe(204);
    for (const socket of sockets)
      expect(await socket.next('session:closed')).toEqual({ reason: 'revoked' });
    for (const each of others) expect(await status(each.cookie)).toBe(401);
    expect(mine.connected()).toBe(true);
    mine.close();
  });

  test('logging out clears the cookie and ends the sockets of this session alone', async () => {
    const here = await signUp(app.url, 'leaver');
    const there = await logIn(app.url, 'leaver');
    const [mine, other] = [await here.socket(), await there.socket()];
    const answer = await here.del('/api/sessions/current');
    expect(answer.status).toBe(204);
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^sid=; .*(Max-Age=0|Expires=Thu, 01 Jan 1970)/,
    );
    expect(await mine.next('session:closed')).toEqual({ reason: 'logout' });
    expect(await status(here.cookie)).toBe(401);
    expect(other.connected()).toBe(true);
    other.close();
  });

  test('a personal token works until it is deleted, sockets included', async () => {
    const ana = await signUp(app.url, 'bot_owner');
    const made = await ana.post<Token & { token: string }>('/api/tokens', { name: 'a bot' });
    expect(made.status).toBe(201);
    const headers = { authorization: `Bearer ${made.body.token}` };
    const me = () => send<Me>(app.url, 'GET', '/api/me', { headers });
    expect((await me()).body.id).toBe(ana.me.id);
    const list = await ana.get<{ items: Token[] }>('/api/tokens');
    expect(list.body.items).toMatchObject([{ id: made.body.id, name: 'a bot' }]);
    expect(list.text).not.toContain(made.body.token);
    const socket = await connectSocket(app.url, { token: made.body.token });
    expect(socket.ready.me?.id).toBe(ana.me.id);
    expect((await ana.del(`/api/tokens/${made.body.id}`)).status).toBe(204);
    expect(await socket.next('session:closed')).toEqual({ reason: 'revoked' });
    expect((await me()).status).toBe(401);
  });

  test('my name, words and settings change; the rest stays', async () => {
    const ana = await signUp(app.url, 'changer');
    const change = { name: 'Ana B.', bio: 'I read.', settings: { theme: 'dark' } };
    const answer = await ana.patch<Me>('/api/me', change);
    expect(answer.body).toEqual({
      ...ana.me,
      name: 'Ana B.',
      bio: 'I read.',
      settings: { ...ana.me.settings, theme: 'dark' },
    });
    expect((await ana.get<Me>('/api/me')).body).toEqual(answer.body);
    for (const bad of [{ roles: ['admin'] }, { settings: { theme: 'pink' } }, { name: ' ' }])
      expect((await ana.patch('/api/me', bad)).status).toBe(400);
  });

  test('a new password needs the old one, gives a new cookie and ends all other devices', async () => {
    const here = await signUp(app.url, 'rekeyed');
    const there = await logIn(app.url, 'rekeyed');
    const [mine, other] = [await here.socket(), await there.socket()];
    const wrong = await here.post('/api/me/password', { current: 'not this', next: NEXT });
    expect(wrong.body).toMatchObject({ code: 'forbidden' });
    const common = { current: testPassword, next: '1234567890' };
    expect((await here.post('/api/me/password', common)).status).toBe(400);
    const change = { current: testPassword, next: NEXT };
    const answer = await here.post('/api/me/password', change);
    expect(answer.status).toBe(204);
    expect(await other.next('session:closed')).toEqual({ reason: 'revoked' });
    expect(await status(here.cookie)).toBe(401);
    expect(await status(there.cookie)).toBe(401);
    expect(await status(cookieOf(answer))).toBe(200);
    expect(mine.connected()).toBe(true);
    mine.close();
    const login = (password: string) => post('/api/sessions', { login: 'rekeyed', password });
    expect((await login(testPassword)).status).toBe(401);
    expect((await login(NEXT)).status).toBe(201);
  });

  test('a mailed link proves an address, once', async () => {
    const ana = await signUp(app.url, 'prover');
    const mail = await mailbox.next(ana.me.email);
    expect(mail.text).toContain(`${app.url}/verify?token=`);
    const proof = () => post('/api/me/email-verification', { token: tokenIn(mail) });
    expect((await proof()).status).toBe(204);
    expect((await ana.get<Me>('/api/me')).body.emailVerified).toBe(true);
    expect((await proof()).body).toMatchObject({ code: 'not_found' });
  });

  test('another mail can be asked for; its link works too', async () => {
    const ana = await signUp(app.url, 'asks_again');
    const first = tokenIn(await mailbox.next(ana.me.email));
    expect((await ana.post('/api/me/email-verification/mail')).status).toBe(202);
    const second = tokenIn(await mailbox.next(ana.me.email));
    expect(second).not.toBe(first);
    expect((await post('/api/me/email-verification', { token: second })).status).toBe(204);
  });

  test('an address is proven for one account only', async () => {
    const first = await signUp(app.url, 'prover_one');
    const email = first.me.email;
    const mine = tokenIn(await mailbox.next(email));
    await post('/api/accounts', { username: 'prover_two', email, password: testPassword });
    const theirs = tokenIn(await mailbox.next(email));
    expect((await post('/api/me/email-verification', { token: mine })).status).toBe(204);
    expect((await post('/api/me/email-verification', { token: theirs })).status).toBe(409);
  });

  test('a mailed link sets a new password, once, and ends every device', async () => {
    const ana = await signUp(app.url, 'forgetful');
    await mailbox.next(ana.me.email);
    const socket = await ana.socket();
    expect((await post('/api/password-resets', { email: ana.me.email })).status).toBe(202);
    const mail = await mailbox.next(ana.me.email);
    expect(mail.text).toContain(`${app.url}/reset?token=`);
    const common = await post(`/api/password-resets/${tokenIn(mail)}`, { password: '1234567890' });
    expect(common.status).toBe(400);
    const reset = () => post(`/api/password-resets/${tokenIn(mail)}`, { password: NEXT });
    expect((await reset()).status).toBe(204);
    expect(await socket.next('session:closed')).toEqual({ reason: 'revoked' });
    expect(await status(ana.cookie)).toBe(401);
    expect((await reset()).status).toBe(404);
    const login = await post('/api/sessions', { login: 'forgetful', password: NEXT });
    expect(login.status).toBe(201);
  });

  test('asking for a reset says the same whether or not there is an account', async () => {
    const ana = await signUp(app.url, 'known_here');
    const known = await post('/api/password-resets', { email: ana.me.email });
    const unknown = await post('/api/password-resets', { email: 'nobody@example.net' });
    expect(unknown.status).toBe(202);
    expect(unknown.text).toBe(known.text);
    await mailbox.next(ana.me.email);
    expect(mailbox.count('nobody@example.net')).toBe(0);
  });

  test('the token of the console makes its first holder an administrator', async () => {
    const [ana, ben] = [await signUp(app.url, 'first_admin'), await signUp(app.url, 'too_late')];
    const token = await app.app.administratorToken();
    if (!token) throw new Error('there is an administrator already');
    const wrong = await ana.post('/api/me/administration', { token: 'x'.repeat(43) });
    expect(wrong.status).toBe(409);
    const answer = await ana.post<Me>('/api/me/administration', { token });
    expect(answer.body.roles).toEqual(['admin']);
    expect(await status(ana.cookie)).toBe(401);
    expect(await status(cookieOf(answer))).toBe(200);
    expect((await ben.post('/api/me/administration', { token })).status).toBe(409);
    expect(await app.app.administratorToken()).toBeNull();
  });

  test('what needs a person says so to nobody', async () => {
    for (const path of ['/api/me', '/api/sessions', '/api/tokens'])
      expect((await send(app.url, 'GET', path)).body).toMatchObject({ code: 'unauthorized' });
    const headers = { 'sec-fetch-site': 'cross-site' };
    const { cookie } = await signUp(app.url, 'victim');
    const foreign = await send(app.url, 'DELETE', '/api/sessions', { cookie, headers });
    expect(foreign.body).toMatchObject({ code: 'forbidden' });
  });
});

describeOn(['sqlite'], 'the limits of accounts', () => {
  test('the sixth sign-up from one address in an hour has to wait', async () => {
    const app = await startApp({ env: { RATE_SCALE: '1' } });
    try {
      for (let each = 0; each < 5; each += 1) await signUp(app.url, `quick_${each}`);
      const body = { username: 'quick_6', email: 'q@example.org', password: testPassword };
      const answer = await send(app.url, 'POST', '/api/accounts', { body });
      expect(answer.body).toMatchObject({ code: 'rate_limited' });
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(60);
    } finally {
      await app.close();
    }
  });
});

describeOn(['sqlite', 'redis'], 'ending a session', () => {
  test('closes its sockets on every process', async () => {
    const place = await openPlace({ redis: true });
    const [one, two] = [await startApp({ place }), await startApp({ place })];
    try {
      const here = await signUp(one.url, 'two_places');
      const there = (await logIn(one.url, 'two_places')).at(two.url);
      const socket = await connectSocket(two.url, { cookie: there.cookie });
      expect((await here.del('/api/sessions')).status).toBe(204);
      expect(await socket.next('session:closed', () => true, 1_000)).toEqual({ reason: 'revoked' });
    } finally {
      await Promise.all([one.close(), two.close()]);
      await place.close();
    }
  });
});
