import type { MeChange, Role } from './contract.ts';

export type StoredSettings = NonNullable<MeChange['settings']>;

/** An account without its password. `settings` holds only what the person has chosen. */
export type Account = {
  id: string;
  username: string;
  name: string;
  bio: string;
  avatar: string | null;
  email: string;
  emailVerified: boolean;
  roles: Role[];
  settings: StoredSettings;
  joinedAt: string;
};
/** An account with the hash its password is compared with. */
export type Holder = { account: Account; passwordHash: string };
export type AccountChange = { name?: string; bio?: string; settings?: StoredSettings };

export type StoredSession = {
  id: string;
  userId: string;
  ip: string;
  agent: string;
  createdAt: string;
  lastUsedAt: string;
  expiresAt: string;
};
export type StoredToken = {
  id: string;
  userId: string;
  name: string;
  createdAt: string;
  lastUsedAt: string | null;
};
/** Whom a session or token lets in, read in one step with it. */
export type Pass = {
  id: string;
  userId: string;
  username: string;
  roles: Role[];
  joinedAt: string;
  createdAt: string;
  lastUsedAt: string | null;
};

export type Touch = { lastUsedAt: string; unusedSince: string };

/** A one-time secret, kept as its hash: mailed for an address or a reset, or shown on the console. */
export type OneTime = {
  hash: string;
  purpose: 'verify' | 'reset' | 'admin';
  userId: string | null;
  /** The address that the secret was mailed to, folded. */
  email: string | null;
  expiresAt: string;
};

/** Tries to log in under one key since the last success. */
export type Attempts = { count: number; lastAt: string; nextAt: string };

/**
 * Every secret comes in as its SHA-256. `now` decides what has expired. Each method is one atomic
 * change; those on several rows either leave nothing half done or can be repeated.
 */
export type AccountsStore = SessionsStore &
  SecretsStore & {
    /** False when the username is taken. */
    createAccount(account: Account, passwordHash: string): Promise<boolean>;
    findAccounts(ids: readonly string[]): Promise<Account[]>;
    findByUsernames(usernames: readonly string[]): Promise<Account[]>;
    findHolder(by: { id: string } | { username: string }): Promise<Holder | null>;
    /** The one that has verified this address first, then the oldest; at most 2. */
    findHoldersByEmail(emailKey: string): Promise<Holder[]>;
    /** Settings are merged into the stored ones. Null when there is no such account. */
    changeAccount(id: string, change: AccountChange): Promise<Account | null>;
    /** Only while the old hash stands: a password changed meanwhile is kept. */
    rehashPassword(id: string, oldHash: string, newHash: string): Promise<boolean>;
    /** Sets the password, gives the session a new secret, ends all others; answers their ids. */
    changePassword(change: {
      userId: string;
      passwordHash: string;
      sessionId: string;
      secretHash: string;
    }): Promise<string[]>;
  };

/** Sessions and personal tokens. */
export type SessionsStore = {
  /**
   * Stores a session unless the password has changed since it was compared (then false). Expired
   * ones go, and the person's longest unused beyond `keep`.
   */
  addSession(
    session: StoredSession,
    secretHash: string,
    checks: { passwordHash: string; keep: number },
  ): Promise<boolean>;
  findSessionPass(secretHash: string, now: string): Promise<Pass | null>;
  /** Moves the last use of sessions forward, of those that nobody moved since `unusedSince`. */
  touchSessions(ids: readonly string[], use: Touch & { expiresAt: string }): Promise<void>;
  listSessions(userId: string, now: string, limit: number): Promise<StoredSession[]>;
  removeSession(userId: string, id: string): Promise<boolean>;
  /** Ends all but `keepId`; answers the ids of those that ended. */
  removeOtherSessions(userId: string, keepId: string): Promise<string[]>;

  /** False when the person has `max` tokens already. */
  addToken(token: StoredToken, secretHash: string, max: number): Promise<boolean>;
  findTokenPass(secretHash: string): Promise<Pass | null>;
  touchTokens(ids: readonly string[], use: Touch): Promise<void>;
  listTokens(userId: string, limit: number): Promise<StoredToken[]>;
  removeToken(userId: string, id: string): Promise<boolean>;
  /** Which of these are ids of living sessions or tokens. */
  findValid(ids: readonly string[], now: string): Promise<string[]>;
};

/** One-time secrets, what they open, and the count of tries to log in. */
export type SecretsStore = {
  addOneTime(secret: OneTime, now: string): Promise<void>;
  findOneTime(hash: string, purpose: OneTime['purpose'], now: string): Promise<OneTime | null>;
  /** Uses the secret up. `taken`: another account has verified the address. */
  verifyEmail(
    hash: string,
    now: string,
  ): Promise<{ outcome: 'verified'; userId: string } | { outcome: 'unknown' | 'taken' }>;
  /** Uses the secret up, sets the password, ends every session and token; null when unknown. */
  resetPassword(
    hash: string,
    now: string,
    passwordHash: string,
  ): Promise<{ userId: string; endedIds: string[] } | null>;
  hasAdministrator(): Promise<boolean>;
  /** Uses the secret up, and all others like it; gives the role and the session's new secret. */
  claimAdministration(claim: {
    hash: string;
    now: string;
    userId: string;
    sessionId: string;
    secretHash: string;
  }): Promise<boolean>;

  findAttempts(key: string): Promise<Attempts | null>;
  /** Sets what is kept under the key if it still is `before`; false otherwise. */
  swapAttempts(key: string, before: Attempts | null, after: Attempts): Promise<boolean>;
  /** Forgets these keys, and all that nobody has tried since `staleBefore`. */
  forgetAttempts(keys: readonly string[], staleBefore: string): Promise<void>;
};
