import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { newId } from '../../src/platform/ids.ts';
import type { NewMessageRecord } from '../../src/rooms/records.ts';
import { openSqliteStores } from '../../src/stores.sqlite.ts';
import { answerJob } from './answer-job.ts';
import type { Figures } from './figures.ts';
import type { StoreJob } from './store.ts';
import { bodyOf } from './tally.ts';
import { makeWorld, type World } from './world.ts';

/** The stores of `store.ts`, in a process of their own. */
const BATCHES = [1, 16, 256] as const;
const WARM_UP_MS = 500;
const BLOCK = Buffer.alloc(4_096, 1);
const INSERT = `
  INSERT INTO room_events (id, room_id, kind, at, sender_id, client_id, digest, body, html,
    reply_to, thread_id, mentions, message_id, data, reactions, seq, n)
  VALUES (?, ?, 'message', ?, ?, ?, NULL, ?, NULL, NULL, NULL, '[]', NULL, NULL, '{}', ?, ?)`;

type Store = (size: number) => Promise<void> | void;

/** Rows per second, `size` at a time, each time waiting until they are on the disk. */
const rate = async (store: Store, size: number, seconds: number): Promise<number> => {
  const go = async (ms: number) => {
    const start = performance.now();
    let rows = 0;
    for (; performance.now() - start < ms; rows += size) await store(size);
    return (rows * 1_000) / (performance.now() - start);
  };
  await go(WARM_UP_MS);
  return go(seconds * 1_000);
};

const newMessages = ({ rooms }: World, room: number, size: number): NewMessageRecord[] => {
  const { id: roomId, members } = rooms[room % rooms.length] as World['rooms'][number];
  // One literal, as the server makes them: objects put together by `...` are slow to read.
  return Array.from({ length: size }, (_, index) => ({
    id: newId(),
    roomId,
    kind: 'message',
    at: new Date().toISOString(),
    senderId: members[index % members.length]?.id ?? '',
    clientId: newId(),
    digest: null,
    body: bodyOf(index, 0, 100),
    html: null,
    replyTo: null,
    threadId: null,
    mentions: [],
    joins: false,
  }));
};

const openAppend = async (folder: string, world: World) => {
  const stores = await openSqliteStores(folder);
  let turn = 0;
  const store: Store = async (size) => {
    const events = newMessages(world, (turn += 1), size);
    const appended = await stores.rooms.append(events[0]?.roomId ?? '', events);
    const other = appended.find(({ state }) => state !== 'stored');
    if (other) throw new Error(`not stored: ${JSON.stringify(other)}`);
  };
  return { store, close: () => stores.close() };
};

/** What SQLite does by itself, called from where the rows are made. */
const openInserts = async (folder: string, world: World) => {
  const db = new DatabaseSync(join(folder, 'lyceum.db'));
  db.exec('PRAGMA journal_mode = WAL');
  db.exec('PRAGMA synchronous = FULL');
  const [begin, insert, commit] = ['BEGIN IMMEDIATE', INSERT, 'COMMIT'].map((sql) =>
    db.prepare(sql),
  );
  const heads = new Map<string, number>();
  let turn = 0;
  const store: Store = (size) => {
    begin?.run();
    for (const { id, roomId, at, senderId, clientId, body } of newMessages(
      world,
      (turn += 1),
      size,
    )) {
      const seq = (heads.get(roomId) ?? 0) + 1;
      heads.set(roomId, seq);
      insert?.run(id, roomId, at, senderId, clientId, body, seq, seq);
    }
    commit?.run();
  };
  return { store, close: async () => void db.close() };
};

const syncsPerSecond = (folder: string, seconds: number): Promise<number> => {
  const file = openSync(join(folder, 'probe'), 'w');
  const store = () => {
    writeSync(file, BLOCK);
    fsyncSync(file);
  };
  return rate(store, 1, seconds).finally(() => closeSync(file));
};

const measure = async ({ folder, seconds, how }: StoreJob): Promise<Figures> => {
  const world = await makeWorld({ DATA_DIR: folder }, { rooms: 20, members: 50 });
  const { store, close } = await (how === 'append' ? openAppend : openInserts)(folder, world);
  const figures: Figures = {};
  for (const size of BATCHES) figures[`rows${size}`] = await rate(store, size, seconds);
  await close();
  figures.syncs = await syncsPerSecond(folder, seconds);
  return figures;
};

answerJob(measure);
