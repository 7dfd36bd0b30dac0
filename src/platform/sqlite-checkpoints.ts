import { parentPort, workerData } from 'node:worker_threads';
import { DatabaseSync } from '@photostructure/sqlite';

/**
 * Puts pages of the write-ahead log in their places in the file, each time the writer asks, while it
 * goes on: a passive checkpoint waits for nobody and nobody waits for it (sqlite.org/c3ref/wal_checkpoint_v2).
 */
const { path } = workerData as { path: string };
const db = new DatabaseSync(path);
// The log is on the disk before its pages are in their places, and those before the log begins anew.
db.exec('PRAGMA synchronous = FULL');
const checkpoint = db.prepare('PRAGMA wal_checkpoint(PASSIVE)');

parentPort?.on('message', (message: 'checkpoint' | 'close') => {
  if (message === 'close') {
    db.close();
    parentPort?.close();
    return;
  }
  try {
    checkpoint.get();
  } catch {
    // As on a full disk: the pages stay in the log, and the writer asks again.
  }
  parentPort?.postMessage('done');
});
