import { expect } from 'vitest';
import type { Account, AccountsStore, StoredSession } from '../../src/accounts/store.ts';
import { newId, newSecret } from '../../src/platform/ids.ts';

/** A moment on one day, in minutes after noon. */
export const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString();
export const NOW = at(0);

export const accountOf = (username: string, changed: Partial<Account> = {}): Account => ({
  id: newId(),
  username,
  name: username,
  bio: '',
  avatar: null,
  email: `${username}@example.org`,
  emailVerified: false,
  roles: [],
  settings: {},
  joinedAt: NOW,
  ...changed,
});
export const sessionOf = (userId: string, changed: Partial<StoredSession> = {}): StoredSession => ({
  id: newId(),
  userId,
  ip: '192.0.2.1',
  agent: 'a browser',
  createdAt: NOW,
  lastUsedAt: NOW,
  expiresAt: at(60),
  ...changed,
});
export const tokenOf = (userId: string, minute = 0) => ({
  id: newId(),
  userId,
  name: 'a bot',
  createdAt: at(minute),
  lastUsedAt: null,
});

let taken = 0;
/** A name that nobody in this store has. */
export const freshName = () => `person_${(taken += 1)}`;

/** Puts accounts, sessions and secrets into a store; `store` is asked for when it is needed. */
export const createMakers = (storeNow: () => AccountsStore) => {
  const stored = async (changed: Partial<Account> = {}, passwordHash = 'hash-1') => {
    const account = accountOf(freshName(), changed);
    expect(await storeNow().createAccount(account, passwordHash)).toBe(true);
    return account;
  };
  const opened = async (account: Account, changed: Partial<StoredSession> = {}) => {
    const session = sessionOf(account.id, changed);
    const secret = newSecret();
    expect(await storeNow().addSession(session, secret, { passwordHash: 'hash-1', keep: 50 })).toBe(
      true,
    );
    return { ...session, secret };
  };
  const oneTime = async (
    purpose: 'verify' | 'reset' | 'admin',
    account: Account | null,
    expiresAt = at(60),
  ) => {
    const hash = newSecret();
    const email = account?.email.toLowerCase() ?? null;
    await storeNow().addOneTime(
      { hash, purpose, userId: account?.id ?? null, email, expiresAt },
      NOW,
    );
    return hash;
  };
  return { stored, opened, oneTime };
};
