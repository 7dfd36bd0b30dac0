import argon2 from 'argon2';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createLoginAttempts } from '../../src/accounts/attempts.ts';
import { createPasswords, type Passwords } from '../../src/accounts/passwords.ts';
import { type Accounts, createAccounts } from '../../src/accounts/service.ts';
import { createLog } from '../../src/log.ts';
import { createMemoryBus } from '../../src/platform/bus.ts';
import { newId } from '../../src/platform/ids.ts';
import { createMemoryLimits } from '../../src/platform/limits.ts';
import { describeOn } from '../support/backends.ts';
import { createTestClock, type TestClock } from '../support/clock.ts';
import { type OpenStore, openAccountsStore } from './stores.ts';

const PASSWORD = 'correct horse battery';
const home = { ip: '192.0.2.1', agent: 'a browser' };
const away = { ip: '198.51.100.7', agent: 'another' };
const DAY = 86_400_000;

let open: OpenStore;
let clock: TestClock;
let accounts: Accounts;
let ended: string[];
let compared: number;
let taken = 0;

beforeAll(async () => {
  open = await openAccountsStore('sqlite');
});
afterAll(() => open.close());

beforeEach(() => {
  clock = createTestClock();
  compared = 0;
  ended = [];
  const passwords = createPasswords();
  const counted: Passwords = {
    ...passwords,
    verify: (hash, password) => {
      compared += 1;
      return passwords.verify(hash, password);
    },
  };
  accounts = createAccounts({
    store: open.store,
    live: { end: ({ viaIds }) => void ended.push(...(viaIds ?? [])) },
    bus: createMemoryBus(),
    limits: createMemoryLimits(clock, 1),
    mailer: { send: async () => {}, close: () => {} },
    clock,
    log: createLog('silent'),
    config: { origins: ['http://localhost:3000'], sessionDays: 30, rateScale: 1 },
    passwords: counted,
  });
});

const person = async () => {
  const username = `login_${(taken += 1)}_${newId().slice(0, 4).toLowerCase().replaceAll('-', '_')}`;
  const email = `${username}@example.org`;
  const signedUp = await accounts.signUp({ username, email, password: PASSWORD }, home);
  return { username, email, ...signedUp };
};
const actorOf = async (secret: string) => {
  const actor = await accounts.authenticate({ session: secret });
  if (!actor) throw new Error('this session lets nobody in');
  return actor;
};
const refusal = (login: string, password: string, device = away) =>
  accounts.logIn({ login, password }, device).then(
    () => 'let in',
    (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
  );
const wrongTries = async (login: string, times: number, device = away) => {
  for (let each = 0; each < times; each += 1) await refusal(login, 'wrong password', device);
};

describeOn(['sqlite'], 'logging in', () => {
  test('works with the username or the address, in any case', async () => {
    const { username, email } = await person();
    for (const login of [username, username.toUpperCase(), email, email.toUpperCase()]) {
      const { me } = await accounts.logIn({ login, password: PASSWORD }, home);
      expect(me.username).toBe(username);
    }
  });

  test('a password typed in another Unicode form is the same', async () => {
    const username = `nfkc_${(taken += 1)}`;
    const password = 'cafe\u0301 au lait, twice';
    await accounts.signUp({ username, email: 'x@example.org', password }, home);
    const composed = password.normalize('NFC');
    expect(composed).not.toBe(password);
    expect((await accounts.logIn({ login: username, password: composed }, home)).me).toBeDefined();
  });

  test('an unknown login, a wrong password and a locked account get the same words and work', async () => {
    const { username } = await person();
    const locked = (await person()).username;
    await wrongTries(locked, 6, { ...away, ip: '203.0.113.9' });
    const answers = [];
    const work = [];
    for (const login of ['nobody_has_this', username, locked]) {
      const before = compared;
      answers.push(await refusal(login, 'wrong password'));
      work.push(compared - before);
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^unauthorized: /);
    expect(work).toEqual([1, 1, 1]);
    const before = compared;
    expect(await refusal(locked, PASSWORD)).toBe(answers[0]);
    expect(compared - before).toBe(1);
  });

  test('raises the hash to the parameters of today', async () => {
    const weaker = { type: argon2.argon2id, memoryCost: 8_192, timeCost: 1, parallelism: 1 };
    const { me, username } = await person();
    const holder = await open.store.findHolder({ id: me.id });
    const old = await argon2.hash(PASSWORD, weaker);
    await open.store.rehashPassword(me.id, holder?.passwordHash ?? '', old);
    await accounts.logIn({ login: username, password: PASSWORD }, home);
    const after = await open.store.findHolder({ id: me.id });
    expect(after?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await refusal(username, PASSWORD, home)).toBe('let in');
  });
});

describeOn(['sqlite'], 'wrong tries', () => {
  test('five are free; then the wait doubles from one second', async () => {
    const { username } = await person();
    await wrongTries(username, 5);
    expect(await refusal(username, 'wrong password')).not.toBe('let in');
    // The sixth set a wait of 1 s: even the right password has to wait for it.
    expect(await refusal(username, PASSWORD)).not.toBe('let in');
    clock.forward(1_000);
    await refusal(username, 'wrong password');
    clock.forward(1_999);
    expect(await refusal(username, PASSWORD)).not.toBe('let in');
    clock.forward(1);
    expect(await refusal(username, PASSWORD)).toBe('let in');
  });

  test('a success makes the count void', async () => {
    const { username } = await person();
    const from = { ...away, ip: '203.0.113.20' };
    await wrongTries(username, 5, from);
    expect(await refusal(username, PASSWORD, from)).toBe('let in');
    await wrongTries(username, 5, { ...away, ip: '203.0.113.21' });
    expect(await refusal(username, PASSWORD, { ...away, ip: '203.0.113.22' })).toBe('let in');
  });

  test('from one address are counted over all accounts', async () => {
    const from = { ...away, ip: '203.0.113.30' };
    for (let each = 0; each < 6; each += 1) await wrongTries(`nobody_${each}`, 1, from);
    const { username } = await person();
    expect(await refusal(username, PASSWORD, from)).not.toBe('let in');
    clock.forward(1_000);
    expect(await refusal(username, PASSWORD, from)).toBe('let in');
  });

  test('of a stranger do not lock a person out at an address they use', async () => {
    const { username } = await person();
    await wrongTries(username, 20);
    expect(await refusal(username, PASSWORD, { ...away, ip: '203.0.113.40' })).not.toBe('let in');
    expect(await refusal(username, PASSWORD, home)).toBe('let in');
  });

  test('made at the same moment are counted all the same', async () => {
    const attempts = createLoginAttempts({ store: open.store, clock, scale: 1 });
    const attempt = { login: newId(), ip: '203.0.113.50', known: false };
    const begun = await Promise.all(Array.from({ length: 40 }, () => attempts.begin(attempt)));
    expect(begun.filter(Boolean).length).toBeLessThanOrEqual(6);
    expect(begun.filter(Boolean).length).toBeGreaterThan(0);
  });

  test('stop at a hundred, until a day has passed', async () => {
    const attempts = createLoginAttempts({ store: open.store, clock, scale: 1 });
    const attempt = { login: newId(), ip: '203.0.113.60', known: true };
    let begun = 0;
    for (let each = 0; each < 190; each += 1) {
      if (await attempts.begin(attempt)) begun += 1;
      clock.forward(15 * 60_000);
    }
    expect(begun).toBe(100);
    clock.forward(DAY);
    expect(await attempts.begin(attempt)).toBe(true);
  });
});

describeOn(['sqlite'], 'signing up', () => {
  const signUp = (password: string) =>
    accounts.signUp(
      { username: `wanda_${(taken += 1)}`, email: 'lighthouse@example.org', password },
      home,
    );

  test('refuses a password that is tried first', async () => {
    for (const password of ['1234567890', 'Password123', 'lighthouse2026', 'Lyceum Lyceum'])
      await expect(signUp(password), password).rejects.toMatchObject({ code: 'bad_request' });
    await expect(signUp('a lighthouse near the sea')).resolves.toBeDefined();
  });

  test('takes an address that somebody else has, without a word', async () => {
    const { email } = await person();
    const username = `again_${(taken += 1)}`;
    const { me } = await accounts.signUp({ username, email, password: PASSWORD }, home);
    expect(me.emailVerified).toBe(false);
  });

  test('does not take a username that somebody has, in any case', async () => {
    const { username } = await person();
    const input = { username, email: 'b@example.org', password: PASSWORD };
    await expect(accounts.signUp(input, home)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describeOn(['sqlite'], 'a session', () => {
  /** The use is written behind the answer, together with others of a turn: by a write before ours. */
  const useIsWritten = async () => {
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    await open.store.removeOtherSessions('nobody', 'nothing');
  };
  test('lives on while it is used, up to 30 days', async () => {
    const { secret } = await person();
    for (let day = 0; day < 24; day += 6) {
      clock.forward(6 * DAY);
      expect(await accounts.authenticate({ session: secret })).not.toBeNull();
      await useIsWritten();
    }
    clock.forward(6 * DAY);
    expect(await accounts.authenticate({ session: secret })).toBeNull();
  });

  test('ends after 7 days without use', async () => {
    const { secret } = await person();
    clock.forward(7 * DAY);
    expect(await accounts.authenticate({ session: secret })).toBeNull();
  });

  test('writes its last use at most once a minute', async () => {
    const { secret } = await person();
    const actor = await actorOf(secret);
    const lastUse = async () => {
      await useIsWritten();
      return (await accounts.sessions(actor))[0]?.lastUsedAt;
    };
    const first = clock.iso();
    clock.forward(59_000);
    await actorOf(secret);
    expect(await lastUse()).toBe(first);
    clock.forward(1_001);
    await actorOf(secret);
    expect(await lastUse()).toBe(clock.iso());
  });

  test('that is ended lets nobody in from that moment on', async () => {
    const { secret, username } = await person();
    const other = await accounts.logIn({ login: username, password: PASSWORD }, home);
    const actor = await actorOf(secret);
    const there = await actorOf(other.secret);
    await accounts.endSession(actor, there.via.id);
    expect(await accounts.authenticate({ session: other.secret })).toBeNull();
    expect(ended).toEqual([there.via.id]);
    expect(await accounts.stillValid([actor.via.id, there.via.id])).toEqual(
      new Set([actor.via.id]),
    );
  });

  test('of one person cannot be ended by another', async () => {
    const actor = await actorOf((await person()).secret);
    const stranger = await actorOf((await person()).secret);
    await expect(accounts.endSession(stranger, actor.via.id)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('is needed to make tokens or set a password: a token is not enough', async () => {
    const actor = await actorOf((await person()).secret);
    const { token } = await accounts.createToken(actor, 'a bot');
    const bot = await accounts.authenticate({ token });
    if (!bot) throw new Error('the token lets nobody in');
    const change = { current: PASSWORD, next: 'another horse battery' };
    for (const refused of [accounts.createToken(bot, 'x'), accounts.changePassword(bot, change)])
      await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describeOn(['sqlite'], 'people', () => {
  test('are known by id and name; those who do not exist are left out', async () => {
    const { me, username } = await person();
    const people = await accounts.people([me.id, 'nobody-here']);
    expect([...people.keys()]).toEqual([me.id]);
    expect(await accounts.byUsername(username.toUpperCase())).toEqual(people.get(me.id));
    expect(await accounts.byUsernames([username, 'nobody_here'])).toHaveLength(1);
    await expect(accounts.byUsername('nobody_here')).rejects.toMatchObject({ code: 'not_found' });
  });

  test('show a change at once, and tell who listens', async () => {
    const { me, secret } = await person();
    await accounts.people([me.id]);
    const heard: string[] = [];
    accounts.changed.on(({ me: now }) => void heard.push(now.name));
    const actor = await actorOf(secret);
    const now = await accounts.changeMe(actor, { name: 'Wanda', settings: { presence: 'nobody' } });
    expect(await accounts.me(actor)).toEqual(now);
    expect((await accounts.people([me.id])).get(me.id)?.name).toBe('Wanda');
    expect((await accounts.settingsOf([me.id])).get(me.id)).toMatchObject({
      presence: 'nobody',
      theme: 'system',
    });
    expect(heard).toEqual(['Wanda']);
  });
});
