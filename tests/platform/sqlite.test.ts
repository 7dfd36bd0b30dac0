import { readFile, stat } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { groupedBy } from '../../src/platform/grouped-by.ts';
import {
  holds,
  openSqlite,
  type Sqlite,
  UniqueViolation,
  type Unit,
  WriteRefused,
} from '../../src/platform/sqlite.ts';
import { describeOn } from '../support/backends.ts';
import { freshFolder } from '../support/place.ts';

const MB = 2 ** 20;
const first = 'CREATE TABLE things (name TEXT PRIMARY KEY, size INTEGER NOT NULL) STRICT';
const INSERT = 'INSERT INTO things (name, size) VALUES (?, ?)';
const SIZE = 'SELECT size FROM things WHERE name = ?';
const COUNT = 'SELECT count(*) AS count FROM things';

/** Commits in a write-ahead log: frames that name a size of the database (sqlite.org/fileformat2, 4.1). */
const commitsIn = (wal: Buffer): number => {
  const frame = 24 + wal.readUInt32BE(8);
  const frames = Math.floor((wal.length - 32) / frame);
  const sizes = Array.from({ length: frames }, (_, at) => wal.readUInt32BE(32 + at * frame + 4));
  return sizes.filter((size) => size > 0).length;
};

describeOn(['sqlite'], 'the one writer', () => {
  let folder: { path: string; close: () => Promise<void> };
  let db: Sqlite;
  const path = () => `${folder.path}/nested/lyceum.db`;
  beforeAll(async () => {
    folder = await freshFolder();
    db = await openSqlite(path(), { things: [first] });
  });
  afterAll(async () => {
    await db.close();
    await folder.close();
  });
  const insert = (name: string, size = 1) => ({ sql: INSERT, args: [name, size] });
  const sizeOf = (name: string) => db.get<{ size: number }>(SIZE, name)?.size;
  const count = () => db.get<{ count: number }>(COUNT)?.count ?? 0;

  test('what it has stored is read from then on, with rows and changes answered', async () => {
    const [inserted, returned] = await db.write([
      insert('a', 1),
      { sql: `${INSERT} RETURNING name, size`, args: ['b', 2] },
    ]);
    expect(inserted).toEqual({ rows: [], changes: 1 });
    expect(returned).toEqual({ rows: [{ name: 'b', size: 2 }], changes: 1 });
    expect(db.all(`SELECT name FROM things WHERE name IN ('a', 'b') ORDER BY name`)).toEqual([
      { name: 'a' },
      { name: 'b' },
    ]);
  });

  test('a unit happens as a whole or not at all', async () => {
    await db.write([insert('taken')]);
    await expect(db.write([insert('half'), insert('taken')])).rejects.toThrow(UniqueViolation);
    expect(sizeOf('half')).toBeUndefined();
    await expect(db.write([insert('half'), { sql: 'NO SUCH WORDS' }])).rejects.toThrow('syntax');
    expect(sizeOf('half')).toBeUndefined();
  });

  test('a condition that does not hold undoes the whole unit', async () => {
    const update = 'UPDATE things SET size = ? WHERE name = ?';
    const unit = [
      insert('conditional'),
      { sql: update, args: [2, 'not there'], expect: 'changed' as const },
    ];
    const refused = await db.write(unit).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(WriteRefused);
    expect((refused as WriteRefused).index).toBe(1);
    expect(sizeOf('conditional')).toBeUndefined();
    expect(await holds(db.write(unit))).toBe(false);
    expect(await holds(db.write([insert('conditional')]))).toBe(true);
  });

  test('one refusal among many units undoes only itself', async () => {
    const before = count();
    const names = Array.from({ length: 500 }, (_, index) => `many-${index % 400}`);
    const done = await Promise.allSettled(names.map((name) => db.write([insert(name)])));
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(400);
    expect(count() - before).toBe(400);
  });

  test('what is written in one moment is one commit, also when nothing was under way', async () => {
    const commits = async () => commitsIn(await readFile(`${path()}-wal`));
    const before = await commits();
    await Promise.all(['together-1', 'together-2', 'together-3'].map((n) => db.write([insert(n)])));
    expect((await commits()) - before).toBe(1);
    await db.write([insert('after-them')]);
    expect((await commits()) - before).toBe(2);
  });

  test('what is written behind is a commit by itself, after what is written in that moment', async () => {
    const commits = async () => commitsIn(await readFile(`${path()}-wal`));
    const before = await commits();
    const copy = `INSERT INTO things SELECT 'behind', size FROM things WHERE name = 'first'`;
    await Promise.all([
      db.write([insert('first', 7)]),
      db.writeBehind([{ sql: copy, expect: 'changed' }]),
      db.write([insert('second')]),
    ]);
    expect((await commits()) - before).toBe(2);
    expect(sizeOf('behind')).toBe(7);
    await expect(db.writeBehind([insert('behind')])).rejects.toThrow(UniqueViolation);
  });

  test('what is written behind has its turn among writing that never rests', async () => {
    let isStored = false;
    const behind = db.writeBehind([insert('in-turn')]).then(() => {
      isStored = true;
    });
    const go = async () => {
      for (let left = 500; left > 0 && !isStored; left -= 1)
        await db.write([{ sql: 'UPDATE things SET size = 1 WHERE name = ?', args: ['taken'] }]);
      return isStored;
    };
    expect(await Promise.all([go(), go(), go()])).toEqual([true, true, true]);
    await behind;
  });

  test('only what is written behind is not waited for on the disk', async () => {
    const synchronous = [{ sql: 'PRAGMA synchronous' }];
    const [normal, full] = [[{ synchronous: 1 }], [{ synchronous: 2 }]];
    expect(await db.writeBehind(synchronous)).toMatchObject([{ rows: normal }]);
    expect(await db.write(synchronous)).toMatchObject([{ rows: full }]);
    await expect(db.writeBehind([{ sql: 'nonsense' }])).rejects.toThrow('syntax');
    expect(await db.write(synchronous)).toMatchObject([{ rows: full }]);
  });

  test('a unit that stops half-way among others undoes only itself', async () => {
    const done = await Promise.allSettled([
      db.write([insert('whole-1'), insert('whole-2')]),
      db.write([insert('half-1'), insert('taken')]),
      db.write([insert('whole-3')]),
    ]);
    expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(['whole-1', 'whole-2', 'half-1', 'whole-3'].map(sizeOf)).toEqual([1, 1, undefined, 1]);
  });

  test('a statement goes on from a number that an earlier one of its unit found', async () => {
    await db.write([insert('found', 40)]);
    const unit = (name: string): Unit => [
      { sql: SIZE, args: [name], expect: 'changed' },
      { sql: INSERT, args: [`after-${name}`, [0, 'size']] },
    ];
    await db.write(unit('found'));
    expect(sizeOf('after-found')).toBe(40);
    await expect(db.write(unit('nobody'))).rejects.toBeInstanceOf(WriteRefused);
  });

  test('a statement is done for each of several handfuls of values, or not at all', async () => {
    await db.write([insert('each', 40)]);
    const unit = (...names: string[]): Unit => [
      { sql: SIZE, args: ['each'] },
      {
        sql: 'INSERT INTO things (size, name) VALUES (?1 + ?2, ?3)',
        args: [[0, 'size']],
        each: names.map((name, index) => [index + 1, name]),
        expect: 'changed',
      },
    ];
    expect(await db.write(unit('each-1', 'each-2'))).toMatchObject([{}, { changes: 2 }]);
    expect(['each-1', 'each-2'].map(sizeOf)).toEqual([41, 42]);
    await expect(db.write(unit('each-3', 'each-1'))).rejects.toBeInstanceOf(UniqueViolation);
    await expect(db.write(unit())).rejects.toBeInstanceOf(WriteRefused);
    expect(sizeOf('each-3')).toBeUndefined();
  });

  test('a file that another process holds is told to all who wait, and written again after', async () => {
    const other = new DatabaseSync(path());
    other.exec('BEGIN IMMEDIATE');
    const first = db.write([insert('locked-1')]);
    const behind = db.write([insert('locked-2')]);
    await expect(first).rejects.toMatchObject({ code: 'unavailable' });
    await expect(behind).rejects.toMatchObject({ code: 'unavailable' });
    other.exec('ROLLBACK');
    other.close();
    await db.write([insert('locked-3')]);
    expect(['locked-1', 'locked-2', 'locked-3'].map(sizeOf)).toEqual([undefined, undefined, 1]);
  });

  test('units are stored in the order in which they came', async () => {
    await db.write([insert('ordered', 0)]);
    const sql = 'UPDATE things SET size = size * 2 + ? WHERE name = ?';
    await Promise.all([1, 0, 1].map((bit) => db.write([{ sql, args: [bit, 'ordered'] }])));
    expect(sizeOf('ordered')).toBe(0b101);
  });

  test('what one commit has stored is told in turns, in order', async () => {
    const told: { name: string; turn: number }[] = [];
    const names = Array.from({ length: 100 }, (_, index) => `told-${index}`);
    await Promise.all(
      names.map(async (name) => {
        await db.write([insert(name)]);
        told.push({ name, turn: performance.nodeTiming.uvMetricsInfo.loopCount });
      }),
    );
    expect(told.map(({ name }) => name)).toEqual(names);
    const sizes = groupedBy(told, (each) => `${each.turn}`);
    expect(Math.max(...[...sizes.values()].map(({ length }) => length))).toBe(8);
  });

  test('more than 20,000 waiting units are refused instead of kept', async () => {
    const update = { sql: 'UPDATE things SET size = 1 WHERE name = ?', args: ['taken'] };
    const all = await Promise.allSettled(Array.from({ length: 21_000 }, () => db.write([update])));
    const refused = all.filter((each) => each.status === 'rejected');
    expect(refused).toHaveLength(1_000);
    for (const each of refused) expect(each.reason).toMatchObject({ code: 'unavailable' });
  });

  test('reads cannot write', () => {
    expect(() => db.all(`DELETE FROM things WHERE name = 'taken'`)).toThrow();
    expect(sizeOf('taken')).toBe(1);
  });

  test('the log is emptied beside the writing, however much is written without a pause', async () => {
    const long = `${folder.path}/long.db`;
    const blobs = 'CREATE TABLE blobs (bytes BLOB NOT NULL) STRICT';
    const other = await openSqlite(long, { blobs: [blobs] });
    const write = () =>
      other.write([{ sql: 'INSERT INTO blobs VALUES (zeroblob(?))', args: [4 * MB] }]);
    const size = new DatabaseSync(long, { readOnly: true });
    const log = () => size.prepare('PRAGMA wal_checkpoint(NOOP)').get() as Record<string, number>;
    // 24 MB are more than wait in the log, and fewer than the writer itself would empty it at.
    for (let each = 0; each < 6; each += 1) await write();
    await expect.poll(() => log().checkpointed, { timeout: 10_000 }).toBeGreaterThan(4_000);
    for (let each = 0; each < 50; each += 1) await write();
    expect((await stat(`${long}-wal`)).size).toBeLessThan(72 * MB);
    size.close();
    await other.close();
    expect((await stat(long)).size).toBeGreaterThan(200 * MB);
  });

  test('what was written in the moment of closing is stored', async () => {
    const other = await openSqlite(`${folder.path}/closing.db`, { things: [first] });
    const writing = other.write([insert('last')]);
    await Promise.all([other.close(), writing]);
    const again = await openSqlite(`${folder.path}/closing.db`, { things: [first] });
    expect(again.get<{ size: number }>(SIZE, 'last')?.size).toBe(1);
    await again.close();
  });

  test('a store that is opened again is the same, with only its new steps applied', async () => {
    const { epoch } = db;
    expect(epoch).toMatch(/^[\w-]{20}$/);
    await db.close();
    const second = 'ALTER TABLE things ADD COLUMN colour TEXT';
    const third = `UPDATE things SET colour = 'red'`;
    for (const steps of [
      [first, second],
      [first, second, third],
      [first, second, third],
    ]) {
      db = await openSqlite(path(), { things: steps });
      expect(db.epoch).toBe(epoch);
      if (steps.length < 3) await db.close();
      else break;
    }
    const row = db.get<{ size: number; colour: string }>(
      'SELECT size, colour FROM things WHERE name = ?',
      'ordered',
    );
    expect(row).toEqual({ size: 5, colour: 'red' });
  });

  test('a writer that has ended refuses', async () => {
    const other = await openSqlite(`${folder.path}/other.db`, { things: [first] });
    await other.close();
    await expect(other.write([insert('late')])).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('two stores have two epochs', async () => {
    const other = await openSqlite(`${folder.path}/another.db`, {});
    expect(other.epoch).not.toBe(db.epoch);
    await other.close();
  });
});
