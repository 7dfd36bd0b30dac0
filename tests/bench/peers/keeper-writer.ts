import { parentPort, workerData } from 'node:worker_threads';
import { DatabaseSync } from '@photostructure/sqlite';

/** The thread of `keeper.ts` that has the disk: what waits is one transaction. */
const db = new DatabaseSync(workerData as string);
db.exec('PRAGMA journal_mode = WAL');
db.exec('PRAGMA synchronous = FULL');
db.exec('CREATE TABLE messages (id INTEGER PRIMARY KEY, room TEXT, at TEXT, body TEXT)');
const [begin, insert, commit] = [
  'BEGIN IMMEDIATE',
  'INSERT INTO messages (room, at, body) VALUES (?, ?, ?)',
  'COMMIT',
].map((sql) => db.prepare(sql));

parentPort?.on('message', (rows: string[][]) => {
  begin?.run();
  for (const row of rows) insert?.run(...row);
  commit?.run();
  parentPort?.postMessage(rows.length);
});
