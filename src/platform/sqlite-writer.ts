import { parentPort, type Worker, workerData } from 'node:worker_threads';
import { DatabaseSync, type StatementSyncInstance } from '@photostructure/sqlite';
import type { Done, FailedUnit, Found, Job, Numbered, Outcome, SqlValue } from './sqlite.ts';
import { startWorker } from './worker.ts';

/**
 * The one writer of the database, off the event loop. A batch of units is one transaction, so one
 * disk sync serves all that arrived meanwhile; one refusal undoes only its own unit.
 */
const { path } = workerData as { path: string };
const db = new DatabaseSync(path, { timeout: 5_000 });
db.exec('PRAGMA journal_mode = WAL');
db.exec('PRAGMA synchronous = FULL');
db.exec('PRAGMA foreign_keys = ON');
// What was written last is read again with the next messages: the ends of every index, in 32 MB.
db.exec('PRAGMA cache_size = -32000');
// From now on the locks of another process are waited for below.
db.exec('PRAGMA busy_timeout = 0');

/**
 * How long another process may hold the file. Who waits has perhaps waited for one batch before:
 * two such waits stay below the 3 s within which a sender is told that the store is away.
 */
const LOCKED_MS = 1_400;
/** SQLite's own waiting grows to 100 ms a turn, and then hardly ever meets the gap between two batches. */
const TURN_MS = 2;

type Prepared = { statement: StatementSyncInstance; answers: boolean; changes: boolean };
const texts: string[] = [];
const statements: (Prepared | undefined)[] = [];
const commit = db.prepare('COMMIT');
const begin = db.prepare('BEGIN IMMEDIATE');
const sleeping = new Int32Array(new SharedArrayBuffer(4));

/** The primary result code (sqlite.org/rescode.html) is the low byte of the extended one. */
const BUSY = 5;
const isLocked = (error: unknown) => ((error as { errcode?: number }).errcode ?? 0) % 256 === BUSY;

const beginSoon = () => {
  const until = performance.now() + LOCKED_MS;
  for (;;) {
    try {
      return begin.run();
    } catch (error) {
      if (!isLocked(error) || performance.now() > until) throw error;
      Atomics.wait(sleeping, 0, 0, TURN_MS);
    }
  }
};

const prepared = (number: number): Prepared => {
  const ready = statements[number];
  if (ready) return ready;
  const sql = texts[number] as string;
  const statement = db.prepare(sql);
  const made = {
    statement,
    answers: statement.columns().length > 0,
    changes: !/^\s*SELECT\b/i.test(sql),
  };
  statements[number] = made;
  return made;
};

/** By SQLite's words: from a statement that answers rows the driver hands no result code on. */
const failure = (error: unknown): FailedUnit => {
  const { message } = error as Error;
  const code = message.startsWith('UNIQUE constraint') ? 'taken' : 'wrong';
  return { ok: false, code, message };
};

const valueOf = (arg: SqlValue | Found, done: readonly Done[]): SqlValue => {
  if (arg === null || typeof arg !== 'object') return arg;
  const [statement, column] = arg;
  const [row] = done[statement] as Record<string, SqlValue>[];
  return row?.[column] ?? null;
};

const runEach = (statement: StatementSyncInstance, values: SqlValue[], each: SqlValue[][]) => {
  let changes = 0;
  for (const own of each) changes += statement.run(...values, ...own).changes;
  return changes;
};
const run = ({ statement, answers }: Prepared, values: SqlValue[], each?: SqlValue[][]): Done => {
  if (each) return runEach(statement, values, each);
  if (answers) return statement.all(...values) as Record<string, unknown>[];
  return statement.run(...values).changes;
};
const countOf = (each: Done) => (typeof each === 'number' ? each : each.length);

/** The outcome of a unit, and whether a failed one may have left something of itself behind. */
const runUnit = (unit: readonly Numbered[]): { outcome: Outcome; half: boolean } => {
  const done: Done[] = [];
  let half = false;
  try {
    for (const [index, [number, args, each, mustChange]] of unit.entries()) {
      const statement = prepared(number);
      const values = args.map((arg) => valueOf(arg, done));
      // One that is done for several may stop between two of them.
      half ||= each !== undefined && each.length > 1;
      const did = run(statement, values, each);
      const count = countOf(did);
      if (mustChange && count === 0) {
        const message = `statement ${index} changed nothing`;
        return { outcome: { ok: false, code: 'refused', message, index }, half };
      }
      done.push(did);
      half ||= statement.changes && count > 0;
    }
  } catch (error) {
    // A full disk has undone the whole transaction by itself.
    if (!db.isTransaction) throw error;
    return { outcome: failure(error), half };
  }
  return { outcome: { ok: true, done }, half: false };
};

const runSaved = (unit: readonly Numbered[]): Outcome => {
  db.exec('SAVEPOINT unit');
  const { outcome } = runUnit(unit);
  if (!outcome.ok) db.exec('ROLLBACK TO unit');
  db.exec('RELEASE unit');
  return outcome;
};

const runTogether = (units: readonly Numbered[][]): Outcome[] | null => {
  const outcomes: Outcome[] = [];
  for (const unit of units) {
    const { outcome, half } = runUnit(unit);
    if (half) return null;
    outcomes.push(outcome);
  }
  return outcomes;
};

/**
 * Almost always every unit is stored, or refused before it changed anything. Only when one stops
 * half-way is the batch done again with a savepoint around each.
 */
const runBatch = (units: readonly Numbered[][]): Outcome[] => {
  try {
    beginSoon();
    let outcomes = runTogether(units);
    if (!outcomes) {
      db.exec('ROLLBACK');
      beginSoon();
      outcomes = units.map(runSaved);
    }
    commit.run();
    return outcomes;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    const code = isLocked(error) ? 'locked' : 'unavailable';
    const failed = { ...failure(error), code } as const;
    return units.map(() => failed);
  }
};

/** Its commit is not waited for on the disk; the log is one, so the next that is takes it along. */
const runBehind = (units: readonly Numbered[][]): Outcome[] => {
  db.exec('PRAGMA synchronous = NORMAL');
  try {
    return runBatch(units);
  } finally {
    db.exec('PRAGMA synchronous = FULL');
  }
};

/**
 * Pages that wait in the log (16 MB) before they are put in their places in the file, by a thread of
 * its own: if the writer did it, all who write would wait, 15 to 25 ms on a good disk, longer on a slow
 * one. SQLite's own number is 1,000: every second in a chat of 100 messages/s.
 */
const CHECKPOINT_PAGES = 4_000;
/** With so many in the log (64 MB) nobody writes before all are in their places: without a pause it never begins anew. */
const LOG_PAGES_MAX = 16_000;

// SQLite's own attempt at the end of a commit gives up when the other thread is at it.
db.exec('PRAGMA wal_autocheckpoint = 0');
type Log = { busy: number; log: number; checkpointed: number };
const lookAtLog = db.prepare('PRAGMA wal_checkpoint(NOOP)');
const checkpoint = db.prepare('PRAGMA wal_checkpoint(PASSIVE)');
let isCheckpointing = false;
let checkpoints: Worker | undefined;
const startCheckpoints = () =>
  startWorker(new URL('./sqlite-checkpoints.ts', import.meta.url), {
    workerData: { path },
    resourceLimits: { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 64 },
  })
    .on('message', () => {
      isCheckpointing = false;
    })
    // It is not asked again: the writer does it by itself from now on.
    .on('error', () => {});

/** Waits for the other thread, if that is at it, and does what is left. */
const placeAll = () => {
  const until = performance.now() + LOCKED_MS;
  while ((checkpoint.get() as Log).busy && performance.now() < until)
    Atomics.wait(sleeping, 0, 0, TURN_MS);
};
const keepLogShort = () => {
  try {
    const { log, checkpointed } = lookAtLog.get() as Log;
    if (log >= LOG_PAGES_MAX) return placeAll();
    if (isCheckpointing || log - checkpointed < CHECKPOINT_PAGES) return;
  } catch {
    // As on a disk that fails, of which those who write have been told.
    return;
  }
  isCheckpointing = true;
  // Most sites never write so much.
  checkpoints ??= startCheckpoints();
  checkpoints.postMessage('checkpoint');
};

parentPort?.on('message', (message: Job | 'close') => {
  if (message === 'close') {
    checkpoints?.postMessage('close');
    db.close();
    parentPort?.close();
    return;
  }
  texts.push(...message.texts);
  const { units, isBehind } = message;
  parentPort?.postMessage(isBehind ? runBehind(units) : runBatch(units));
  keepLogShort();
});
const { synchronous } = db.prepare('PRAGMA synchronous').get() as { synchronous: number };
parentPort?.postMessage(synchronous);
