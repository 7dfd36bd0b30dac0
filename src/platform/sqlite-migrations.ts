import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { newId } from './ids.ts';

/** Each feature's schema: steps that are applied once, in order, and never change. */
export type Migrations = Readonly<Record<string, readonly string[]>>;

/** Applies what is missing, all of it or nothing; a new file gets its epoch. */
export const migrate = (db: DatabaseSyncInstance, migrations: Migrations) => {
  db.exec(`CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS migrations (feature TEXT PRIMARY KEY, applied INTEGER NOT NULL) WITHOUT ROWID`);
  db.exec('BEGIN IMMEDIATE');
  for (const [feature, steps] of Object.entries(migrations)) {
    const [row] = db.prepare('SELECT applied FROM migrations WHERE feature = ?').all(feature) as {
      applied: number;
    }[];
    for (const step of steps.slice(row?.applied ?? 0)) db.exec(step);
    db.prepare('INSERT OR REPLACE INTO migrations (feature, applied) VALUES (?, ?)').run(
      feature,
      steps.length,
    );
  }
  db.prepare(`INSERT OR IGNORE INTO meta (key, value) VALUES ('epoch', ?)`).run(newId());
  db.exec('COMMIT');
};
