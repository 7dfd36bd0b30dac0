import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccountsStore } from '../../src/accounts/store.ts';
import { newId, newSecret } from '../../src/platform/ids.ts';
import { describeOnStores } from '../support/backends.ts';
import { at, createMakers, NOW, tokenOf } from './makers.ts';
import { type OpenStore, openAccountsStore } from './stores.ts';

/** What every accounts store promises of one-time secrets and of tries to log in. */
export const secretsStoreSuite = () =>
  describeOnStores('the store of secrets', (name) => {
    let open: OpenStore;
    let store: AccountsStore;
    beforeAll(async () => {
      open = await openAccountsStore(name);
      store = open.store;
    });
    afterAll(() => open.close());
    const { stored, opened, oneTime } = createMakers(() => store);

    describe('one-time secrets', () => {
      test('prove an address once, and not after their time', async () => {
        const account = await stored();
        const old = await oneTime('verify', account, at(1));
        expect(await store.verifyEmail(old, at(1))).toEqual({ outcome: 'unknown' });
        const hash = await oneTime('verify', account);
        expect(await store.verifyEmail(hash, NOW)).toEqual({
          outcome: 'verified',
          userId: account.id,
        });
        expect(await store.verifyEmail(hash, NOW)).toEqual({ outcome: 'unknown' });
        expect(await store.findAccounts([account.id])).toMatchObject([{ emailVerified: true }]);
      });

      test('prove an address for one account only', async () => {
        const first = await stored();
        const second = await stored({ email: first.email.toUpperCase() });
        await store.verifyEmail(await oneTime('verify', first), NOW);
        const late = await oneTime('verify', second);
        expect(await store.verifyEmail(late, NOW)).toEqual({ outcome: 'taken' });
      });

      test('reset a password once, with every session and token ended', async () => {
        const account = await stored();
        const session = await opened(account);
        const token = tokenOf(account.id);
        await store.addToken(token, newSecret(), 50);
        const [hash, another] = [await oneTime('reset', account), await oneTime('reset', account)];
        expect(await store.findOneTime(hash, 'verify', NOW)).toBeNull();
        expect(await store.findOneTime(hash, 'reset', NOW)).toMatchObject({ userId: account.id });
        const resets = await Promise.all([
          store.resetPassword(hash, NOW, 'hash-2'),
          store.resetPassword(hash, NOW, 'hash-2'),
        ]);
        const [reset] = resets.filter((each) => each !== null);
        expect(resets).toContain(null);
        expect(reset?.userId).toBe(account.id);
        expect(reset?.endedIds.toSorted()).toEqual([session.id, token.id].toSorted());
        expect((await store.findHolder({ id: account.id }))?.passwordHash).toBe('hash-2');
        expect(await store.findValid([session.id, token.id], NOW)).toEqual([]);
        expect(await store.resetPassword(another, NOW, 'hash-3')).toBeNull();
      });

      test('make one administrator, whoever else has one', async () => {
        const [first, second] = [await stored(), await stored()];
        const [mine, theirs] = [await opened(first), await opened(second)];
        const [hash, another] = [await oneTime('admin', null), await oneTime('admin', null)];
        const secretHash = newSecret();
        expect(await store.hasAdministrator()).toBe(false);
        const claim = { hash, now: NOW, userId: first.id, sessionId: mine.id, secretHash };
        expect(await store.claimAdministration(claim)).toBe(true);
        expect(await store.hasAdministrator()).toBe(true);
        expect(await store.findSessionPass(secretHash, NOW)).toMatchObject({ roles: ['admin'] });
        expect(await store.findAccounts([first.id])).toMatchObject([{ roles: ['admin'] }]);
        const late = { ...claim, hash: another, userId: second.id, sessionId: theirs.id };
        expect(await store.claimAdministration(late)).toBe(false);
        expect(await store.findAccounts([second.id])).toMatchObject([{ roles: [] }]);
      });
    });

    describe('tries to log in', () => {
      test('change only from what was read', async () => {
        const key = `account:${newId()}`;
        const [one, two] = [
          { count: 1, lastAt: at(1), nextAt: at(1) },
          { count: 2, lastAt: at(2), nextAt: at(3) },
        ];
        expect(await store.findAttempts(key)).toBeNull();
        const firsts = await Promise.all([1, 2, 3].map(() => store.swapAttempts(key, null, one)));
        expect(firsts.filter(Boolean)).toHaveLength(1);
        expect(await store.swapAttempts(key, two, one)).toBe(false);
        const seconds = await Promise.all([1, 2, 3].map(() => store.swapAttempts(key, one, two)));
        expect(seconds.filter(Boolean)).toHaveLength(1);
        expect(await store.findAttempts(key)).toEqual(two);
      });

      test('are forgotten by name and by age', async () => {
        const [named, old, young] = [newId(), newId(), newId()];
        const tried = (minute: number) => ({ count: 1, lastAt: at(minute), nextAt: at(minute) });
        await store.swapAttempts(named, null, tried(9));
        await store.swapAttempts(old, null, tried(0));
        await store.swapAttempts(young, null, tried(9));
        await store.forgetAttempts([named], at(0));
        expect(await store.findAttempts(named)).toBeNull();
        expect(await store.findAttempts(old)).toBeNull();
        expect(await store.findAttempts(young)).toEqual(tried(9));
      });
    });
  });
