import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { DatabaseSync, type StatementSyncInstance } from '@photostructure/sqlite';
import { unavailable } from '../errors.ts';
import { type Migrations, migrate } from './sqlite-migrations.ts';
import { startWorker } from './worker.ts';

export type SqlValue = string | number | null;
/** A number that an earlier statement of the unit found in its first row. */
export type Found = readonly [statement: number, column: string];
export type Statement = {
  sql: string;
  args?: (SqlValue | Found)[];
  /** Done once for each of these, with its values after `args`; answers what all of them changed. */
  each?: SqlValue[][];
  /** Refuses the whole unit when the statement touched, or found, no row. */
  expect?: 'changed';
};
/** Statements that happen together or not at all. */
export type Unit = Statement[];
export type Result = { rows: Record<string, unknown>[]; changes: number };
/** Why a unit was not stored: a statement that had to change something did not, a UNIQUE constraint, … */
export type Failure = 'refused' | 'taken' | 'locked' | 'unavailable' | 'wrong';
export type FailedUnit = { ok: false; code: Failure; message: string; index?: number };
/** What a statement did, as it crosses from the writer: its rows, or how many it changed. */
export type Done = Record<string, unknown>[] | number;
export type Outcome = { ok: true; done: Done[] } | FailedUnit;

/** A unit that broke a UNIQUE constraint; `message` names its columns. */
export class UniqueViolation extends Error {}
/** A unit that was undone because a statement marked `expect: 'changed'` changed nothing. */
export class WriteRefused extends Error {
  readonly index: number;
  constructor(index: number) {
    super(`statement ${index} changed nothing`);
    this.index = index;
  }
}

/** Whether a unit was stored: false when a condition of it, or a UNIQUE constraint, refused it. */
export const holds = async (writing: Promise<unknown>): Promise<boolean> => {
  try {
    await writing;
    return true;
  } catch (error) {
    if (error instanceof WriteRefused || error instanceof UniqueViolation) return false;
    throw error;
  }
};

export type Sqlite = {
  /** Made with the store: clients never mix two. */
  readonly epoch: string;
  /** The first row or undefined. Give the SQL as a constant: statements are kept prepared. */
  get<T>(sql: string, ...args: SqlValue[]): T | undefined;
  all<T>(sql: string, ...args: SqlValue[]): T[];
  /**
   * Durable when it resolves (synchronous=FULL). Errors: UniqueViolation, WriteRefused,
   * unavailable (disk full, locked, or too many waiting: nothing was stored).
   */
  write(unit: Unit): Promise<Result[]>;
  /**
   * For what can be made anew: stored when it resolves, and on the disk with the next `write`. By
   * itself, in turns with what others write, who wait for it and not for its way to the disk.
   * Errors: as `write`.
   */
  writeBehind(unit: Unit): Promise<Result[]>;
  close(): Promise<void>;
};

/** A statement on its way to the writer, its text by number. */
export type Numbered = [
  text: number,
  args: (SqlValue | Found)[],
  each: SqlValue[][] | undefined,
  mustChange: boolean,
];
/** What the writer does next; it learns the texts that follow those it knows. */
export type Job = { texts: string[]; units: Numbered[][]; isBehind: boolean };

/**
 * A bare parameter as its limit has a statement compiled again whenever it runs, as SQLite looks at the
 * value for the plan: ten times the work of a look-up. In a sum it is a value like others.
 */
export const compiledOnce = (sql: string): string =>
  sql.replace(/\bLIMIT (\?\d*)/g, 'LIMIT 0 + $1');

/** More units than this waiting for the disk: refuse instead of growing. */
const MAX_WAITING = 20_000;
const BATCH = 512;

type Waiting = {
  unit: Unit;
  resolve: (results: Result[]) => void;
  reject: (error: Error) => void;
};

const nothing: Result['rows'] = [];
const resultOf = (done: Done): Result =>
  typeof done === 'number'
    ? { rows: nothing, changes: done }
    : { rows: done, changes: done.length };

const cannotWrite = () => unavailable('The store cannot write now.');
const asError = (failed: FailedUnit): Error => {
  switch (failed.code) {
    case 'refused':
      return new WriteRefused(failed.index ?? 0);
    case 'taken':
      return new UniqueViolation(failed.message);
    case 'locked':
    case 'unavailable':
      return cannotWrite();
    case 'wrong':
      return new Error(failed.message);
  }
};

const answer = ({ resolve, reject }: Waiting, outcome: Outcome): void => {
  if (outcome.ok) resolve(outcome.done.map(resultOf));
  else reject(asError(outcome));
};

/** The same few texts are sent again and again: each crosses to the writer once. */
const createNumbering = () => {
  const known = new Map<string, number>();
  return (units: readonly Unit[], isBehind: boolean): Job => {
    const texts: string[] = [];
    const numberOf = (sql: string): number => {
      const number = known.get(sql) ?? known.size;
      if (number === known.size) {
        known.set(sql, number);
        texts.push(compiledOnce(sql));
      }
      return number;
    };
    const numbered = units.map((unit) =>
      unit.map(
        ({ sql, args = [], each, expect }): Numbered => [
          numberOf(sql),
          args,
          each,
          expect !== undefined,
        ],
      ),
    );
    return { texts, units: numbered, isBehind };
  };
};

/** Outcomes that are told in one turn of the event loop: each may set off what is sent to a full room. */
const TOLD_AT_ONCE = 8;

/** Tells in the order in which it is asked to, and lets others have their turn in between. */
const createTelling = () => {
  const waiting: (() => void)[] = [];
  const go = () => {
    for (const tell of waiting.splice(0, TOLD_AT_ONCE)) tell();
    if (waiting.length > 0) setImmediate(go);
  };
  return (tells: readonly (() => void)[]) => {
    const isIdle = waiting.length === 0;
    waiting.push(...tells);
    // Not at once: the next share would follow in this same turn of the event loop.
    if (isIdle) setImmediate(go);
  };
};

const createQueue = (worker: Worker) => {
  const jobOf = createNumbering();
  const tell = createTelling();
  const waiting: Waiting[] = [];
  const behind: Waiting[] = [];
  let running: Waiting[] = [];
  let isBehind = false;
  let dead: Error | null = null;
  /** What is written behind has its turn after a batch, and whenever nobody waits. */
  const next = (hasTurn: boolean) => {
    if (running.length > 0 || waiting.length + behind.length === 0) return;
    isBehind = behind.length > 0 && (hasTurn || waiting.length === 0);
    running = isBehind ? behind.splice(0, 1) : waiting.splice(0, BATCH);
    const units = running.map((each) => each.unit);
    worker.postMessage(jobOf(units, isBehind));
  };
  worker.on('message', (outcomes: Outcome[]) => {
    const done = running;
    running = [];
    // Whoever waited behind a lock would only wait for it as long again.
    const isLocked = outcomes.some((outcome) => !outcome.ok && outcome.code === 'locked');
    const given = isLocked ? waiting.splice(0) : [];
    const turn = !isBehind;
    if (waiting.length > 0) next(turn);
    tell([
      ...done.map((each, index) => () => answer(each, outcomes[index] as Outcome)),
      ...given.map((each) => () => each.reject(cannotWrite())),
    ]);
    // Where nobody waits, what is behind begins after the telling: the writer may take the core from it.
    if (behind.length > 0) setImmediate(next, turn);
  });
  const fail = (error: Error) => {
    dead = error;
    for (const each of [...running, ...waiting.splice(0), ...behind.splice(0)])
      each.reject(unavailable('The store has stopped.'));
    running = [];
  };
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the writer has ended')));
  const queued = (queue: Waiting[]) => (unit: Unit) =>
    new Promise<Result[]>((resolve, reject) => {
      if (dead || queue.length >= MAX_WAITING) return reject(cannotWrite());
      const isIdle = running.length + waiting.length + behind.length === 0;
      queue.push({ unit, resolve, reject });
      // With what else has come in by this turn of the event loop, as when several rooms speak at once.
      if (isIdle) setImmediate(next, false);
    });
  return { write: queued(waiting), writeBehind: queued(behind) };
};

const firstMessage = (worker: Worker): Promise<unknown> =>
  new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });

type Prepared = { statement: StatementSyncInstance; columns: string[] };
const rowOf = (columns: readonly string[], values: readonly unknown[]) => {
  const row: Record<string, unknown> = {};
  for (let at = 0; at < columns.length; at += 1) row[columns[at] as string] = values[at];
  return row;
};

/** Opens (or makes) the database file, applies what is missing of `migrations`, starts the writer. */
export const openSqlite = async (path: string, migrations: Migrations): Promise<Sqlite> => {
  mkdirSync(dirname(path), { recursive: true });
  const db = new DatabaseSync(path, { timeout: 5_000 });
  db.exec('PRAGMA journal_mode = WAL');
  migrate(db, migrations);
  db.exec('PRAGMA query_only = ON');
  const worker = startWorker(new URL('./sqlite-writer.ts', import.meta.url), {
    workerData: { path },
    // It holds one batch at a time.
    resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 256 },
  });
  const synchronous = await firstMessage(worker);
  // 2 is FULL: with less, an acknowledged write could be lost with the power.
  if (synchronous !== 2)
    throw new Error(`SQLite did not accept synchronous=FULL (${String(synchronous)})`);
  const { write, writeBehind } = createQueue(worker);
  const prepared = new Map<string, Prepared>();
  const prepare = (sql: string) => {
    const known = prepared.get(sql);
    if (known) return known;
    // As plain values rows cross from the driver faster than as objects, which it makes without a shape.
    const statement = db.prepare(compiledOnce(sql));
    statement.setReturnArrays(true);
    const one = { statement, columns: statement.columns().map(({ name }) => name) };
    prepared.set(sql, one);
    return one;
  };
  const all = <T>(sql: string, ...args: SqlValue[]): T[] => {
    const { statement, columns } = prepare(sql);
    return (statement.all(...args) as unknown[][]).map((row) => rowOf(columns, row) as T);
  };
  const [meta] = all<{ value: string }>(`SELECT value FROM meta WHERE key = 'epoch'`);
  return {
    epoch: meta?.value ?? '',
    all,
    get: <T>(sql: string, ...args: SqlValue[]) => all<T>(sql, ...args)[0],
    write,
    writeBehind,
    close: async () => {
      const ended = new Promise((resolve) => worker.once('exit', resolve));
      // After what was written in this turn.
      setImmediate(() => worker.postMessage('close'));
      await ended;
      db.close();
    },
  };
};
