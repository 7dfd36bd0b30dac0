import { parentPort, workerData } from 'node:worker_threads';
import Database from 'libsql';
import type { FailedUnit, Outcome, Unit } from './sqlite.ts';

/**
 * The one writer of the database, off the event loop. A batch of units is one transaction, so one
 * disk sync serves all that arrived meanwhile; each unit is a savepoint, so one refusal undoes
 * only itself.
 */
const { path } = workerData as { path: string };
const db = new Database(path, { timeout: 5_000 });
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.pragma('foreign_keys = ON');
const prepared = new Map<string, Database.Statement>();

const prepare = (sql: string): Database.Statement => {
  const known = prepared.get(sql);
  if (known) return known;
  const statement = db.prepare(sql);
  prepared.set(sql, statement);
  return statement;
};

const failure = (error: unknown): FailedUnit => {
  const { code, message } = error as { code?: string; message?: string };
  return { ok: false, code: code ?? 'unknown', message: message ?? String(error) };
};

const runUnit = (unit: Unit): Outcome => {
  const results = [];
  for (const [index, { sql, args, expect }] of unit.entries()) {
    const statement = prepare(sql);
    const rows = statement.reader ? statement.all(...(args ?? [])) : [];
    const changes = statement.reader ? rows.length : statement.run(...(args ?? [])).changes;
    if (expect === 'changed' && changes === 0)
      return { ok: false, code: 'refused', message: `statement ${index} changed nothing`, index };
    results.push({ rows: rows as Record<string, unknown>[], changes });
  }
  return { ok: true, results };
};

const runSaved = (unit: Unit): Outcome => {
  db.exec('SAVEPOINT unit');
  let outcome: Outcome;
  try {
    outcome = runUnit(unit);
  } catch (error) {
    outcome = failure(error);
  }
  if (!outcome.ok) db.exec('ROLLBACK TO unit');
  db.exec('RELEASE unit');
  return outcome;
};

const runBatch = (units: Unit[]): Outcome[] => {
  try {
    db.exec('BEGIN IMMEDIATE');
    const outcomes = units.map(runSaved);
    db.exec('COMMIT');
    return outcomes;
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    const failed = { ...failure(error), code: 'unavailable' };
    return units.map(() => failed);
  }
};

parentPort?.on('message', (message: Unit[] | 'close') => {
  if (message === 'close') {
    db.close();
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(runBatch(message));
});
const [read] = db.pragma('synchronous') as { synchronous: number }[];
parentPort?.postMessage(read?.synchronous);
