import argon2 from 'argon2';
import { expect, test } from 'vitest';
import { createLoginAttempts } from '../../src/accounts/attempts.ts';
import { newId } from '../../src/platform/ids.ts';
import { describeOn } from '../support/backends.ts';
import {
  accounts,
  clock,
  compared,
  DAY,
  freshName,
  home,
  open,
  PASSWORD,
  person,
} from './world.ts';

const away = { ip: '198.51.100.7', agent: 'another' };

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
    const username = freshName();
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
    accounts.signUp({ username: freshName(), email: 'lighthouse@example.org', password }, home);

  test('refuses a password that is tried first', async () => {
    for (const password of ['1234567890', 'Password123', 'lighthouse2026', 'Lyceum Lyceum'])
      await expect(signUp(password), password).rejects.toMatchObject({ code: 'bad_request' });
    await expect(signUp('a lighthouse near the sea')).resolves.toBeDefined();
  });

  test('takes an address that somebody else has, without a word', async () => {
    const { email } = await person();
    const username = freshName();
    const { me } = await accounts.signUp({ username, email, password: PASSWORD }, home);
    expect(me.emailVerified).toBe(false);
  });

  test('does not take a username that somebody has, in any case', async () => {
    const { username } = await person();
    const input = { username, email: 'b@example.org', password: PASSWORD };
    await expect(accounts.signUp(input, home)).rejects.toMatchObject({ code: 'conflict' });
  });
});
