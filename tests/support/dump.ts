import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import mongoose from 'mongoose';
import type { Place } from './place.ts';

/** Moves by itself when somebody just looks in: no sign of anything stored. */
const restless = /last_?(used|seen)|expires/i;

/** What looking in and guessing leave behind by design. */
const traces = /attempts|last_?seen/i;

const settled = (row: Record<string, unknown>): string =>
  JSON.stringify(Object.entries(row).filter(([name]) => !restless.test(name)));

const dumpSqlite = (folder: string, file: string): Record<string, string[]> => {
  const db = new DatabaseSync(join(folder, file), { readOnly: true });
  const tables = db
    .prepare(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'`,
    )
    .all() as { name: string }[];
  const kept = tables.filter(({ name }) => !traces.test(name));
  const rows = (name: string) => db.prepare(`SELECT * FROM "${name}"`).all() as never[];
  const dump = Object.fromEntries(kept.map(({ name }) => [name, rows(name).map(settled).sort()]));
  db.close();
  return dump;
};

const dumpMongo = async (url: string): Promise<Record<string, string[]>> => {
  const connection = await mongoose.createConnection(url).asPromise();
  const dump: Record<string, string[]> = {};
  for (const { collectionName } of (await connection.db?.collections()) ?? []) {
    if (traces.test(collectionName)) continue;
    const rows = await connection.collection(collectionName).find().toArray();
    dump[collectionName] = rows.map(settled).sort();
  }
  await connection.close();
  return dump;
};

/** All that is stored at a place, table by table. */
export const dumpOf = async (
  place: Place,
  file = 'lyceum.db',
): Promise<Record<string, string[]>> =>
  place.env.MONGO_URL ? dumpMongo(place.env.MONGO_URL) : dumpSqlite(place.env.DATA_DIR ?? '', file);
