import {
  holds,
  type Sqlite,
  type Statement,
  UniqueViolation,
  WriteRefused,
} from '../platform/sqlite.ts';
import type { Attempts, OneTime, SecretsStore } from './store.ts';

const ONE_TIME = `SELECT hash, purpose, user_id AS userId, email, expires_at AS expiresAt
  FROM one_time_secrets WHERE hash = ? AND purpose = ? AND expires_at > ?`;

export const createSecretsSqliteStore = (db: Sqlite): SecretsStore => {
  const find = (hash: string, purpose: OneTime['purpose'], now: string) =>
    db.get<OneTime>(ONE_TIME, hash, purpose, now) ?? null;
  return {
    addOneTime: async (secret, now) => {
      await db.write([
        { sql: `DELETE FROM one_time_secrets WHERE expires_at <= ?`, args: [now] },
        {
          sql: `INSERT INTO one_time_secrets (hash, purpose, user_id, email, expires_at)
                VALUES (?, ?, ?, ?, ?)`,
          args: [secret.hash, secret.purpose, secret.userId, secret.email, secret.expiresAt],
        },
      ]);
    },
    findOneTime: async (hash, purpose, now) => find(hash, purpose, now),
    verifyEmail: async (hash, now) => {
      const secret = find(hash, 'verify', now);
      if (!secret?.userId) return { outcome: 'unknown' };
      try {
        await db.write([
          useUp(hash, 'verify', now),
          {
            sql: `UPDATE accounts SET verified_email = email_key WHERE id = ? AND email_key = ?`,
            args: [secret.userId, secret.email],
            expect: 'changed',
          },
        ]);
        return { outcome: 'verified', userId: secret.userId };
      } catch (error) {
        if (error instanceof UniqueViolation) return { outcome: 'taken' };
        if (error instanceof WriteRefused) return { outcome: 'unknown' };
        throw error;
      }
    },
    resetPassword: async (hash, now, passwordHash) => {
      const userId = find(hash, 'reset', now)?.userId;
      if (!userId) return null;
      try {
        const results = await db.write([
          useUp(hash, 'reset', now),
          {
            sql: `UPDATE accounts SET password_hash = ? WHERE id = ?`,
            args: [passwordHash, userId],
          },
          {
            sql: `DELETE FROM one_time_secrets WHERE purpose = 'reset' AND user_id = ?`,
            args: [userId],
          },
          { sql: `DELETE FROM sessions WHERE user_id = ? RETURNING id`, args: [userId] },
          { sql: `DELETE FROM tokens WHERE user_id = ? RETURNING id`, args: [userId] },
        ]);
        const ended = [...(results[3]?.rows ?? []), ...(results[4]?.rows ?? [])];
        return { userId, endedIds: ended.map(({ id }) => id as string) };
      } catch (error) {
        if (error instanceof WriteRefused) return null;
        throw error;
      }
    },
    hasAdministrator: async () =>
      db.get(`SELECT 1 FROM account_roles WHERE role = 'admin' LIMIT 1`) !== undefined,
    claimAdministration: ({ hash, now, userId, sessionId, secretHash }) =>
      holds(
        db.write([
          useUp(hash, 'admin', now),
          { sql: `DELETE FROM one_time_secrets WHERE purpose = 'admin'` },
          {
            sql: `INSERT INTO account_roles (user_id, role) VALUES (?, 'admin')`,
            args: [userId],
          },
          {
            sql: `UPDATE sessions SET secret_hash = ? WHERE id = ? AND user_id = ?`,
            args: [secretHash, sessionId, userId],
            expect: 'changed',
          },
        ]),
      ),
    findAttempts: async (key) =>
      db.get<Attempts>(
        `SELECT count, last_at AS lastAt, next_at AS nextAt FROM login_attempts WHERE key = ?`,
        key,
      ) ?? null,
    swapAttempts: (key, before, after) => holds(db.write([swap(key, before, after)])),
    forgetAttempts: async (keys, staleBefore) => {
      await db.write([
        { sql: `DELETE FROM login_attempts WHERE last_at <= ?`, args: [staleBefore] },
        ...keys.map((key) => ({ sql: `DELETE FROM login_attempts WHERE key = ?`, args: [key] })),
      ]);
    },
  };
};

const useUp = (hash: string, purpose: OneTime['purpose'], now: string): Statement => ({
  sql: `DELETE FROM one_time_secrets WHERE hash = ? AND purpose = ? AND expires_at > ?`,
  args: [hash, purpose, now],
  expect: 'changed',
});

const swap = (key: string, before: Attempts | null, after: Attempts): Statement => {
  const values = [after.count, after.lastAt, after.nextAt];
  if (!before) {
    const sql = `INSERT INTO login_attempts (key, count, last_at, next_at) VALUES (?, ?, ?, ?)`;
    return { sql, args: [key, ...values] };
  }
  return {
    sql: `UPDATE login_attempts SET count = ?, last_at = ?, next_at = ?
          WHERE key = ? AND count = ? AND last_at = ? AND next_at = ?`,
    args: [...values, key, before.count, before.lastAt, before.nextAt],
    expect: 'changed',
  };
};
