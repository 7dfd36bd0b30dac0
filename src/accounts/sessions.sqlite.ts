import { holds, type Sqlite } from '../platform/sqlite.ts';
import type { Pass, SessionsStore, StoredSession, StoredToken } from './store.ts';

const SESSION = `id, user_id AS userId, ip, agent, created_at AS createdAt,
  last_used_at AS lastUsedAt, expires_at AS expiresAt`;
const TOKEN = `id, user_id AS userId, name, created_at AS createdAt, last_used_at AS lastUsedAt`;
const PASS = `p.id, p.user_id AS userId, p.created_at AS createdAt, p.last_used_at AS lastUsedAt,
  a.username, a.joined_at AS joinedAt,
  (SELECT json_group_array(role) FROM account_roles WHERE user_id = a.id) AS roles`;

type PassRow = Omit<Pass, 'roles'> & { roles: string };

export const createSessionsSqliteStore = (db: Sqlite): SessionsStore => ({
  addSession: (session, secretHash, { passwordHash, keep }) =>
    holds(
      db.write([
        { sql: `DELETE FROM sessions WHERE expires_at <= ?`, args: [session.createdAt] },
        {
          sql: `INSERT INTO sessions (id, secret_hash, user_id, ip, agent, created_at,
                  last_used_at, expires_at)
                SELECT ?, ?, id, ?, ?, ?, ?, ? FROM accounts WHERE id = ? AND password_hash = ?`,
          args: [
            session.id,
            secretHash,
            session.ip,
            session.agent,
            session.createdAt,
            session.lastUsedAt,
            session.expiresAt,
            session.userId,
            passwordHash,
          ],
          expect: 'changed',
        },
        {
          sql: `DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE user_id = ?
                  ORDER BY last_used_at DESC LIMIT -1 OFFSET ?)`,
          args: [session.userId, keep],
        },
      ]),
    ),
  findSessionPass: async (secretHash, now) =>
    passOf(
      db.get<PassRow>(
        `SELECT ${PASS} FROM sessions p JOIN accounts a ON a.id = p.user_id
         WHERE p.secret_hash = ? AND p.expires_at > ?`,
        secretHash,
        now,
      ),
    ),
  touchSessions: async (ids, { lastUsedAt, unusedSince, expiresAt }) => {
    await db.write([
      {
        sql: `UPDATE sessions SET last_used_at = ?, expires_at = ?
              WHERE id IN (SELECT value FROM json_each(?)) AND last_used_at <= ?`,
        args: [lastUsedAt, expiresAt, JSON.stringify(ids), unusedSince],
      },
    ]);
  },
  listSessions: async (userId, now, limit) =>
    db.all<StoredSession>(
      `SELECT ${SESSION} FROM sessions WHERE user_id = ? AND expires_at > ?
       ORDER BY last_used_at DESC LIMIT ?`,
      userId,
      now,
      limit,
    ),
  removeSession: (userId, id) =>
    holds(
      db.write([
        {
          sql: `DELETE FROM sessions WHERE id = ? AND user_id = ?`,
          args: [id, userId],
          expect: 'changed',
        },
      ]),
    ),
  removeOtherSessions: async (userId, keepId) => {
    const [ended] = await db.write([
      {
        sql: `DELETE FROM sessions WHERE user_id = ? AND id <> ? RETURNING id`,
        args: [userId, keepId],
      },
    ]);
    return (ended?.rows ?? []).map(({ id }) => id as string);
  },

  addToken: (token, secretHash, max) =>
    holds(
      db.write([
        {
          sql: `INSERT INTO tokens (id, secret_hash, user_id, name, created_at)
                SELECT ?, ?, ?, ?, ? WHERE (SELECT count(*) FROM tokens WHERE user_id = ?) < ?`,
          args: [
            token.id,
            secretHash,
            token.userId,
            token.name,
            token.createdAt,
            token.userId,
            max,
          ],
          expect: 'changed',
        },
      ]),
    ),
  findTokenPass: async (secretHash) =>
    passOf(
      db.get<PassRow>(
        `SELECT ${PASS} FROM tokens p JOIN accounts a ON a.id = p.user_id WHERE p.secret_hash = ?`,
        secretHash,
      ),
    ),
  touchTokens: async (ids, { lastUsedAt, unusedSince }) => {
    await db.write([
      {
        sql: `UPDATE tokens SET last_used_at = ?
              WHERE id IN (SELECT value FROM json_each(?))
                AND (last_used_at IS NULL OR last_used_at <= ?)`,
        args: [lastUsedAt, JSON.stringify(ids), unusedSince],
      },
    ]);
  },
  listTokens: async (userId, limit) =>
    db.all<StoredToken>(
      `SELECT ${TOKEN} FROM tokens WHERE user_id = ? ORDER BY created_at DESC LIMIT ?`,
      userId,
      limit,
    ),
  removeToken: (userId, id) =>
    holds(
      db.write([
        {
          sql: `DELETE FROM tokens WHERE id = ? AND user_id = ?`,
          args: [id, userId],
          expect: 'changed',
        },
      ]),
    ),
  findValid: async (ids, now) =>
    db
      .all<{ id: string }>(
        `SELECT s.id FROM json_each(?1) AS wanted JOIN sessions s ON s.id = wanted.value
         WHERE s.expires_at > ?2
         UNION ALL
         SELECT t.id FROM json_each(?1) AS wanted JOIN tokens t ON t.id = wanted.value`,
        JSON.stringify(ids),
        now,
      )
      .map(({ id }) => id),
});

const passOf = (row: PassRow | undefined): Pass | null =>
  row ? { ...row, roles: JSON.parse(row.roles) as Pass['roles'] } : null;
