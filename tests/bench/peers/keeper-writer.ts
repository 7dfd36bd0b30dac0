import { parentPort, workerData } from 'node:worker_threads';
import Database from 'libsql';

/** The thread of `keeper.ts` that has the disk: what waits is one transaction. */
const db = new Database(workerData as string);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec('CREATE TABLE messages (id INTEGER PRIMARY KEY, room TEXT, at TEXT, body TEXT)');
const [begin, insert, commit] = [
  'BEGIN IMMEDIATE',
  'INSERT INTO messages (room, at, body) VALUES (?, ?, ?)',
  'COMMIT',
].map((sql) => db.prepare(sql));

parentPort?.on('message', (rows: string[][]) => {
  begin?.run();
  for (const row of rows) insert?.run(row);
  commit?.run();
  parentPort?.postMessage(rows.length);
});
