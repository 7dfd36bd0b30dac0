import { expect, test } from 'vitest';
import { createFollowing } from '../../src/discovery/following.ts';
import { createSearchSqliteStore, migrations } from '../../src/discovery/store.sqlite.ts';
import { wantedOf } from '../../src/discovery/words.ts';
import { createLog } from '../../src/log.ts';
import { openSqlite } from '../../src/platform/sqlite.ts';
import * as rooms from '../../src/rooms/store.sqlite.ts';
import { aMember, aMessage, ana, aRoom } from '../rooms/records.ts';
import { describeOn } from '../support/backends.ts';
import { freshFolder } from '../support/place.ts';

describeOn(['sqlite'], 'the index that follows the log', () => {
  /** One file; each `open` is a process with it. `known` migrations are those of an older program. */
  const openFile = async () => {
    const folder = await freshFolder();
    const closers: (() => Promise<void>)[] = [];
    const open = async (known = migrations) => {
      const path = `${folder.path}/lyceum.db`;
      const db = await openSqlite(path, { rooms: rooms.migrations, discovery: known });
      closers.push(db.close);
      const search = createSearchSqliteStore(db);
      const count = async (query: string) => {
        const wanted = { ...wantedOf(query), places: ['messages'] };
        return (await search.said({ ...wanted, limit: 10_000, after: null })).length;
      };
      return { db, search, log: rooms.createRoomsSqliteStore(db), count };
    };
    const close = async () => {
      for (const each of closers) await each();
      await folder.close();
    };
    return { open, close };
  };
  type Opened = Awaited<ReturnType<Awaited<ReturnType<typeof openFile>>['open']>>;
  const say = async ({ log }: Opened, bodies: readonly string[]) => {
    const room = await log.createRoom(aRoom({ kind: 'public' }), [aMember(ana)]);
    await log.append(
      room.id,
      bodies.map((body) => aMessage(room.id, ana, { body })),
    );
    return room.id;
  };
  const many = (count: number, word: string) =>
    Array.from({ length: count }, (_, n) => `${word} ${n}`);
  const takeUp = async ({ search }: Opened) => {
    while (await search.follow?.());
  };
  const counted = ({ db }: Opened, table: string) =>
    db.get<{ count: number }>(`SELECT count(*) AS count FROM ${table}`)?.count;

  test('what a process that died had not taken up is found after the next start', async () => {
    const file = await openFile();
    await say(await file.open(), many(700, 'left'));
    const next = await file.open();
    expect(await next.count('left')).toBe(0);
    const { follow } = next.search;
    if (!follow) throw new Error('it does not follow');
    const following = createFollowing({ follow, log: createLog('silent') });
    await expect.poll(() => next.count('left')).toBe(700);
    await following.close();
    await file.close();
  });

  test('two processes at once take up each message once', async () => {
    const file = await openFile();
    const [one, two] = [await file.open(), await file.open()];
    await say(one, many(1_500, 'shared'));
    await Promise.all([takeUp(one), takeUp(two)]);
    expect(await two.count('shared')).toBe(1_500);
    expect(counted(one, 'said_open')).toBe(1_500);
    await file.close();
  });

  test('of a room that was taken away no word is left, taken up or not', async () => {
    const file = await openFile();
    const process = await file.open();
    const gone = await say(process, many(20, 'gone'));
    await takeUp(process);
    const goneSoon = await say(process, many(20, 'gone'));
    for (const id of [gone, goneSoon]) await process.log.removeRoom(id, '2026-01-02', `last-${id}`);
    await say(process, ['stays']);
    await takeUp(process);
    const words = `SELECT count(*) AS count FROM said_words WHERE said_words MATCH ?`;
    expect(process.db.get(words, 'words : "gone"')).toEqual({ count: 0 });
    expect(process.db.get(words, 'words : "stays"')).toEqual({ count: 1 });
    expect(counted(process, 'said_open')).toBe(1);
    await file.close();
  });

  test('what an older program had in its index is taken up from the log', async () => {
    const file = await openFile();
    const before = await file.open(migrations.slice(0, 2));
    await say(before, ['of before']);
    await before.db.write([
      {
        sql: `INSERT INTO search_docs (kind, id, author_id, at, rev, title, text)
              VALUES ('messages', 'm', 'a', '2026', 1, '', ''), ('people', 'p', 'p', '2026', 1, 'P', '')`,
      },
    ]);
    const now = await file.open();
    await takeUp(now);
    expect(await now.count('before')).toBe(1);
    expect(counted(now, 'search_docs')).toBe(1);
    await file.close();
  });

  test('a file that cannot be written is tried again', async () => {
    let tries = 0;
    const follow = async () => {
      tries += 1;
      if (tries < 2) throw new Error('locked');
      return tries < 4;
    };
    const following = createFollowing({ follow, log: createLog('silent') });
    await expect.poll(() => tries, { timeout: 5_000 }).toBe(4);
    await following.close();
  });
});
