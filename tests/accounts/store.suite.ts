import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccountsStore } from '../../src/accounts/store.ts';
import { newSecret } from '../../src/platform/ids.ts';
import { describeOnStores } from '../support/backends.ts';
import { accountOf, at, createMakers, freshName, NOW, sessionOf, tokenOf } from './makers.ts';
import { type OpenStore, openAccountsStore } from './stores.ts';

/** What every accounts store promises. */
export const accountsStoreSuite = () =>
  describeOnStores('the accounts store', (name) => {
    let open: OpenStore;
    let store: AccountsStore;
    beforeAll(async () => {
      open = await openAccountsStore(name);
      store = open.store;
    });
    afterAll(() => open.close());

    const { stored, opened, oneTime } = createMakers(() => store);

    describe('accounts', () => {
      test('come back as they were stored', async () => {
        const account = await stored({ bio: 'words', settings: { theme: 'dark' } });
        expect(await store.findAccounts([account.id, 'nobody-here'])).toEqual([account]);
        expect(await store.findByUsernames([account.username, 'nobody_here'])).toEqual([account]);
        const holder = { account, passwordHash: 'hash-1' };
        expect(await store.findHolder({ username: account.username })).toEqual(holder);
        expect(await store.findHolder({ id: account.id })).toEqual(holder);
        expect(await store.findHolder({ username: 'nobody_here' })).toBeNull();
      });

      test('have a username of their own, and may share an address', async () => {
        const first = await stored();
        const same = accountOf(first.username);
        expect(await store.createAccount(same, 'hash')).toBe(false);
        const second = await stored({ email: first.email });
        expect(await store.findAccounts([second.id])).toHaveLength(1);
      });

      test('of ten that want one username at once, one gets it', async () => {
        const username = freshName();
        const made = await Promise.all(
          Array.from({ length: 10 }, () => store.createAccount(accountOf(username), 'hash')),
        );
        expect(made.filter(Boolean)).toHaveLength(1);
      });

      test('keep the settings that a change does not name', async () => {
        const { id } = await stored();
        await store.changeAccount(id, { settings: { theme: 'dark' }, bio: 'new' });
        const changed = await store.changeAccount(id, { settings: { shortcuts: false } });
        expect(changed).toMatchObject({
          bio: 'new',
          settings: { theme: 'dark', shortcuts: false },
        });
        expect(await store.changeAccount('nobody-here', { bio: 'x' })).toBeNull();
      });

      test('are found by address: who proved it first, then the oldest', async () => {
        const email = `${freshName()}@example.org`;
        const second = await stored({ email, joinedAt: at(2) });
        const third = await stored({ email, joinedAt: at(3) });
        const first = await stored({ email, joinedAt: at(1) });
        const found = async () =>
          (await store.findHoldersByEmail(email)).map(({ account }) => account.id);
        expect(await found()).toEqual([first.id, second.id]);
        await store.verifyEmail(await oneTime('verify', third), NOW);
        expect(await found()).toEqual([third.id, first.id]);
        expect(await store.findHoldersByEmail('nobody@example.org')).toEqual([]);
      });
    });

    describe('passwords', () => {
      test('are rehashed only while the old hash stands', async () => {
        const { id } = await stored();
        expect(await store.rehashPassword(id, 'hash-0', 'hash-2')).toBe(false);
        expect(await store.rehashPassword(id, 'hash-1', 'hash-2')).toBe(true);
        expect((await store.findHolder({ id }))?.passwordHash).toBe('hash-2');
      });

      test('change together with the secret of the session, and end the others', async () => {
        const account = await stored();
        const [here, there] = [await opened(account), await opened(account)];
        const secretHash = newSecret();
        const change = { userId: account.id, passwordHash: 'hash-2', sessionId: here.id };
        expect(await store.changePassword({ ...change, secretHash })).toEqual([there.id]);
        expect((await store.findHolder({ id: account.id }))?.passwordHash).toBe('hash-2');
        expect(await store.findSessionPass(here.secret, NOW)).toBeNull();
        expect(await store.findSessionPass(secretHash, NOW)).toMatchObject({ id: here.id });
        expect(await store.findSessionPass(there.secret, NOW)).toBeNull();
      });
    });

    describe('sessions', () => {
      test('let their person in until they expire', async () => {
        const account = await stored();
        const { secret, id } = await opened(account);
        expect(await store.findSessionPass(secret, NOW)).toEqual({
          id,
          userId: account.id,
          username: account.username,
          roles: [],
          joinedAt: NOW,
          createdAt: NOW,
          lastUsedAt: NOW,
        });
        expect(await store.findSessionPass(secret, at(60))).toBeNull();
        expect(await store.findSessionPass(newSecret(), NOW)).toBeNull();
      });

      test('do not open with a password that has changed meanwhile', async () => {
        const account = await stored();
        const session = sessionOf(account.id);
        const checks = { passwordHash: 'an older hash', keep: 50 };
        expect(await store.addSession(session, newSecret(), checks)).toBe(false);
        expect(await store.listSessions(account.id, NOW, 50)).toEqual([]);
      });

      test('are bounded: the longest unused goes', async () => {
        const account = await stored();
        const first = await opened(account, { lastUsedAt: at(1) });
        const second = await opened(account, { lastUsedAt: at(2) });
        const third = sessionOf(account.id, { lastUsedAt: at(3) });
        await store.addSession(third, newSecret(), { passwordHash: 'hash-1', keep: 2 });
        const ids = (await store.listSessions(account.id, NOW, 50)).map(({ id }) => id);
        expect(ids).toEqual([third.id, second.id]);
        expect(await store.findValid([first.id, second.id], NOW)).toEqual([second.id]);
      });

      test('write their last use once, however many processes see it', async () => {
        const account = await stored();
        const { id } = await opened(account);
        const use = { lastUsedAt: at(5), unusedSince: at(4), expiresAt: at(90) };
        await store.touchSessions([id], use);
        await store.touchSessions([id], { ...use, lastUsedAt: at(6), expiresAt: at(91) });
        const [session] = await store.listSessions(account.id, NOW, 50);
        expect(session).toMatchObject({ lastUsedAt: at(5), expiresAt: at(90) });
      });

      test('end one by one or all others at once, and only by their person', async () => {
        const account = await stored();
        const stranger = await stored();
        const [one, two, three] = [
          await opened(account),
          await opened(account),
          await opened(account),
        ];
        expect(await store.removeSession(stranger.id, one.id)).toBe(false);
        expect(await store.removeSession(account.id, one.id)).toBe(true);
        expect(await store.removeSession(account.id, one.id)).toBe(false);
        expect(await store.removeOtherSessions(account.id, two.id)).toEqual([three.id]);
        expect(await store.findValid([one.id, two.id, three.id], NOW)).toEqual([two.id]);
      });
    });

    describe('tokens', () => {
      test('let their person in until they are deleted', async () => {
        const account = await stored();
        const token = tokenOf(account.id);
        const secret = newSecret();
        expect(await store.addToken(token, secret, 50)).toBe(true);
        expect(await store.findTokenPass(secret)).toMatchObject({
          id: token.id,
          userId: account.id,
          lastUsedAt: null,
        });
        await store.touchTokens([token.id], { lastUsedAt: at(5), unusedSince: at(4) });
        await store.touchTokens([token.id], { lastUsedAt: at(5), unusedSince: at(4) });
        expect(await store.listTokens(account.id, 50)).toEqual([{ ...token, lastUsedAt: at(5) }]);
        expect(await store.findValid([token.id], NOW)).toEqual([token.id]);
        expect(await store.removeToken('somebody-else', token.id)).toBe(false);
        expect(await store.removeToken(account.id, token.id)).toBe(true);
        expect(await store.findTokenPass(secret)).toBeNull();
      });

      test('are bounded, also when made at once', async () => {
        const { id } = await stored();
        expect(await store.addToken(tokenOf(id, 1), newSecret(), 2)).toBe(true);
        await Promise.all(
          [2, 3, 4].map((minute) => store.addToken(tokenOf(id, minute), newSecret(), 2)),
        );
        expect((await store.listTokens(id, 50)).length).toBeLessThanOrEqual(2);
      });
    });
  });
