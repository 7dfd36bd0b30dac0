import type { Sqlite } from '../platform/sqlite.ts';
import type { PresenceStore } from './store.ts';

export const migrations: string[] = [
  'CREATE TABLE last_seen (user_id TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID',
];

export const createPresenceSqliteStore = (db: Sqlite): PresenceStore => ({
  saw: async (seen) => {
    const sql = `INSERT INTO last_seen (user_id, at)
      SELECT value ->> 'userId', value ->> 'at' FROM json_each(?) WHERE true
      ON CONFLICT (user_id) DO UPDATE SET at = max(at, excluded.at)`;
    await db.write([{ sql, args: [JSON.stringify(seen)] }]);
  },
  lastSeen: async (userIds) => {
    const rows = db.all<{ user_id: string; at: string }>(
      'SELECT user_id, at FROM last_seen WHERE user_id IN (SELECT value FROM json_each(?))',
      JSON.stringify(userIds),
    );
    return new Map(rows.map(({ user_id, at }) => [user_id, at]));
  },
});
