import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { constants, DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { compiledOnce, type Job } from '../../src/platform/sqlite.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { describeOn } from '../support/backends.ts';
import { openPlace, type Place } from '../support/place.ts';
import { wholeDay } from '../support/whole-day.ts';

/** Small tables of a fixed size: reading all of one is reading a page. */
const tiny = ['meta', 'migrations', 'said_until'];

/** Every statement that reaches the database: reads as they are prepared, writes on their way to the writer. */
const seen = vi.hoisted(() => new Set<string>());
vi.mock('@photostructure/sqlite', async (original) => {
  const driver = await original<{ DatabaseSync: typeof DatabaseSync }>();
  class Heard extends driver.DatabaseSync {
    override prepare(sql: string) {
      seen.add(sql);
      return super.prepare(sql);
    }
  }
  return { ...driver, DatabaseSync: Heard };
});
const hearWriter = () => {
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (message: unknown, ...rest: never[]) {
    for (const sql of (message as Partial<Job>).texts ?? []) seen.add(sql);
    return postMessage.call(this, message, ...rest);
  };
  return () => {
    Worker.prototype.postMessage = postMessage;
  };
};

const isQuery = (sql: string) => /^\s*(SELECT|WITH|UPDATE|DELETE|INSERT)\b/i.test(sql);

/** The fixed parts of every SQL text in the sources of the stores. */
const statementsInSources = (): { file: string; parts: string[] }[] =>
  readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.sqlite.ts'))
    .flatMap((file) => {
      const source = readFileSync(join('src', file), 'utf8');
      const found: { file: string; parts: string[] }[] = [];
      const look = (node: ts.Node) => {
        const parts =
          ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)
            ? [node.text]
            : ts.isTemplateExpression(node)
              ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)]
              : null;
        if (parts && isQuery(parts[0] ?? '')) found.push({ file, parts: parts.map(compiledOnce) });
        ts.forEachChild(node, look);
      };
      look(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true));
      return found;
    });

/** How many values a statement is given. */
const placesIn = (sql: string): number => {
  const numbers = [...sql.matchAll(/\?(\d*)/g)].map(
    ([, number], index) => Number(number) || index + 1,
  );
  return Math.max(0, ...numbers);
};

const isIn = (sql: string, parts: readonly string[]): boolean => {
  let from = 0;
  return parts.every((part) => {
    const at = sql.indexOf(part, from);
    from = at + part.length;
    return at >= 0;
  });
};

/** Reads all rows of a table that grows. */
const isScan = (step: string, steps: readonly string[], sql: string): boolean => {
  const [, table, index] = /^SCAN (\S+)( USING (?:COVERING )?INDEX)?/.exec(step) ?? [];
  if (!table || tiny.includes(table)) return false;
  // Rows of the statement itself (VALUES, json_each, an inner query) are no table.
  if (/VIRTUAL TABLE|CONSTANT ROW|SUBQUERY|^SCAN \(/.test(step)) return false;
  if (steps.includes(`CO-ROUTINE ${table}`)) return false;
  // In the order of an index and no further than a limit.
  return !(index && /\bLIMIT\b/i.test(sql));
};

describeOn(['sqlite'], 'query plans', () => {
  let place: Place;
  let app: TestApp;
  let db: DatabaseSyncInstance;
  let heard: string[];
  const written = statementsInSources();
  const plan = (sql: string) =>
    db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[];
  /** Neither put together from parts nor a part of another. */
  const isWhole = ({ parts: [first = '', ...more] }: { parts: string[] }): boolean => {
    try {
      return more.length === 0 && plan(first).length >= 0;
    } catch {
      return false;
    }
  };

  const statements = () => {
    const whole = written.filter(isWhole).flatMap(({ parts }) => parts);
    return [...new Set([...heard, ...whole])].filter(isQuery).sort();
  };
  /** Whoever compiles asks what the statement may do; nothing is done, as it is only explained. */
  const isCompiledAgain = (sql: string): boolean => {
    const values = Array.from({ length: placesIn(sql) }, () => 1);
    let asked = 0;
    db.setAuthorizer(() => {
      asked += 1;
      return constants.SQLITE_OK;
    });
    const statement = db.prepare(`EXPLAIN ${sql}`);
    const once = asked;
    statement.all(...values);
    statement.all(...values);
    db.setAuthorizer(null);
    return asked > once;
  };

  beforeAll(async () => {
    const stop = hearWriter();
    place = await openPlace();
    app = await startApp({ place });
    await wholeDay(app.url);
    // The index follows what was said soon after.
    const isFollowed = () => [...seen].some((sql) => sql.includes('INTO said_open'));
    await vi.waitUntil(isFollowed, { timeout: 10_000 });
    stop();
    heard = [...seen];
    db = new DatabaseSync(join(place.env.DATA_DIR ?? '', 'lyceum.db'), { readOnly: true });
  });
  afterAll(async () => {
    db?.close();
    await app?.close();
    await place?.close();
  });

  test('every statement that is put together at run time is among those looked at', () => {
    const unseen = written.filter(
      (each) => !isWhole(each) && !heard.some((sql) => isIn(sql, each.parts)),
    );
    expect(unseen.map(({ file, parts }) => `${file}: ${parts.join('…').slice(0, 200)}`)).toEqual(
      [],
    );
  });

  test('no statement is compiled again when it runs again', () => {
    const bare = 'SELECT id FROM rooms LIMIT ?';
    expect([bare, compiledOnce(bare)].filter(isCompiledAgain)).toEqual([bare]);
    expect(statements().filter(isCompiledAgain)).toEqual([]);
  });

  test('no statement reads a table from end to end', () => {
    const plans = statements().map((sql) => ({
      sql: sql.replace(/\s+/g, ' ').trim(),
      steps: plan(sql).map(({ detail }) => detail),
    }));
    const lines = plans.flatMap(({ sql, steps }) => [sql, ...steps.map((step) => `    ${step}`)]);
    process.stdout.write(`${lines.join('\n')}\n`);
    expect(plans.length).toBeGreaterThan(100);
    const scans = plans.filter(({ sql, steps }) => steps.some((step) => isScan(step, steps, sql)));
    expect(scans).toEqual([]);
  });
});
