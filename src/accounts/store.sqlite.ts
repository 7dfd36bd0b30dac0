import { holds, type Sqlite } from '../platform/sqlite.ts';
import { createSecretsSqliteStore } from './secrets.sqlite.ts';
import { createSessionsSqliteStore } from './sessions.sqlite.ts';
import type { Account, AccountsStore, Holder } from './store.ts';

export const migrations: string[] = [
  `CREATE TABLE accounts (
     id TEXT PRIMARY KEY, username TEXT NOT NULL UNIQUE, name TEXT NOT NULL, bio TEXT NOT NULL,
     avatar TEXT, email TEXT NOT NULL, email_key TEXT NOT NULL, verified_email TEXT UNIQUE,
     password_hash TEXT NOT NULL, settings TEXT NOT NULL, joined_at TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX accounts_by_email ON accounts (email_key, joined_at);
   CREATE TABLE account_roles (
     user_id TEXT NOT NULL REFERENCES accounts, role TEXT NOT NULL, PRIMARY KEY (user_id, role)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX account_roles_by_role ON account_roles (role);
   CREATE TABLE sessions (
     id TEXT PRIMARY KEY, secret_hash TEXT NOT NULL UNIQUE, user_id TEXT NOT NULL REFERENCES accounts,
     ip TEXT NOT NULL, agent TEXT NOT NULL, created_at TEXT NOT NULL, last_used_at TEXT NOT NULL,
     expires_at TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX sessions_by_user ON sessions (user_id, last_used_at);
   CREATE INDEX sessions_by_expiry ON sessions (expires_at);
   CREATE TABLE tokens (
     id TEXT PRIMARY KEY, secret_hash TEXT NOT NULL UNIQUE, user_id TEXT NOT NULL REFERENCES accounts,
     name TEXT NOT NULL, created_at TEXT NOT NULL, last_used_at TEXT
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX tokens_by_user ON tokens (user_id, created_at);
   CREATE TABLE one_time_secrets (
     hash TEXT PRIMARY KEY, purpose TEXT NOT NULL, user_id TEXT REFERENCES accounts, email TEXT,
     expires_at TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX one_time_secrets_by_purpose ON one_time_secrets (purpose, user_id);
   CREATE INDEX one_time_secrets_by_expiry ON one_time_secrets (expires_at);
   CREATE TABLE login_attempts (
     key TEXT PRIMARY KEY, count INTEGER NOT NULL, last_at TEXT NOT NULL, next_at TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX login_attempts_by_time ON login_attempts (last_at);`,
];

const ACCOUNT = `a.id, a.username, a.name, a.bio, a.avatar, a.email, a.settings,
  a.joined_at AS joinedAt, a.verified_email IS NOT NULL AS emailVerified,
  (SELECT json_group_array(role) FROM account_roles WHERE user_id = a.id) AS roles`;
const HOLDER = `${ACCOUNT}, a.password_hash AS passwordHash`;

type AccountRow = Omit<Account, 'settings' | 'roles' | 'emailVerified'> & {
  settings: string;
  roles: string;
  emailVerified: number;
};
type HolderRow = AccountRow & { passwordHash: string };

export const createAccountsSqliteStore = (db: Sqlite): AccountsStore => ({
  ...createSessionsSqliteStore(db),
  ...createSecretsSqliteStore(db),
  createAccount: (account, passwordHash) =>
    holds(
      db.write([
        {
          sql: `INSERT INTO accounts (id, username, name, bio, avatar, email, email_key,
                  password_hash, settings, joined_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          args: [
            account.id,
            account.username,
            account.name,
            account.bio,
            account.avatar,
            account.email,
            account.email.toLowerCase(),
            passwordHash,
            JSON.stringify(account.settings),
            account.joinedAt,
          ],
        },
      ]),
    ),
  findAccounts: async (ids) =>
    db
      .all<AccountRow>(
        `SELECT ${ACCOUNT} FROM json_each(?) AS wanted JOIN accounts a ON a.id = wanted.value`,
        JSON.stringify(ids),
      )
      .map(accountOf),
  findByUsernames: async (usernames) =>
    db
      .all<AccountRow>(
        `SELECT ${ACCOUNT} FROM json_each(?) AS wanted JOIN accounts a ON a.username = wanted.value`,
        JSON.stringify(usernames),
      )
      .map(accountOf),
  findHolder: async (by) => {
    const row =
      'id' in by
        ? db.get<HolderRow>(`SELECT ${HOLDER} FROM accounts a WHERE a.id = ?`, by.id)
        : db.get<HolderRow>(`SELECT ${HOLDER} FROM accounts a WHERE a.username = ?`, by.username);
    return row ? holderOf(row) : null;
  },
  findHoldersByEmail: async (emailKey) =>
    db
      .all<HolderRow>(
        `SELECT ${HOLDER} FROM accounts a
         WHERE a.email_key = ? ORDER BY a.verified_email IS NULL, a.joined_at LIMIT 2`,
        emailKey,
      )
      .map(holderOf),
  changeAccount: async (id, { name, bio, settings }) => {
    await db.write([
      {
        sql: `UPDATE accounts SET name = COALESCE(?, name), bio = COALESCE(?, bio),
                settings = json_patch(settings, ?) WHERE id = ?`,
        args: [name ?? null, bio ?? null, JSON.stringify(settings ?? {}), id],
      },
    ]);
    const row = db.get<AccountRow>(`SELECT ${ACCOUNT} FROM accounts a WHERE a.id = ?`, id);
    return row ? accountOf(row) : null;
  },
  rehashPassword: (id, oldHash, newHash) =>
    holds(
      db.write([
        {
          sql: `UPDATE accounts SET password_hash = ? WHERE id = ? AND password_hash = ?`,
          args: [newHash, id, oldHash],
          expect: 'changed',
        },
      ]),
    ),
  changePassword: async ({ userId, passwordHash, sessionId, secretHash }) => {
    const [, , ended] = await db.write([
      {
        sql: `UPDATE accounts SET password_hash = ? WHERE id = ?`,
        args: [passwordHash, userId],
        expect: 'changed',
      },
      {
        sql: `UPDATE sessions SET secret_hash = ? WHERE id = ? AND user_id = ?`,
        args: [secretHash, sessionId, userId],
        expect: 'changed',
      },
      {
        sql: `DELETE FROM sessions WHERE user_id = ? AND id <> ? RETURNING id`,
        args: [userId, sessionId],
      },
    ]);
    return (ended?.rows ?? []).map(({ id }) => id as string);
  },
});

const accountOf = (row: AccountRow): Account => ({
  ...row,
  settings: JSON.parse(row.settings) as Account['settings'],
  roles: JSON.parse(row.roles) as Account['roles'],
  emailVerified: row.emailVerified === 1,
});
const holderOf = ({ passwordHash, ...row }: HolderRow): Holder => ({
  account: accountOf(row),
  passwordHash,
});
