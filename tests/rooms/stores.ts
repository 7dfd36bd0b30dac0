import { openMongo } from '../../src/platform/mongo.ts';
import { openSqlite } from '../../src/platform/sqlite.ts';
import { createRoomsMongoStore } from '../../src/rooms/store.mongo.ts';
import { createRoomsSqliteStore, migrations } from '../../src/rooms/store.sqlite.ts';
import type { RoomsStore } from '../../src/rooms/store.ts';
import type { StoreName } from '../support/backends.ts';
import { freshFolder, freshMongo } from '../support/place.ts';

/** One place for rooms, and as many processes' ways to it as a test wants. */
export type RoomsPlace = {
  /** Its own connection to the same data, as another process has it. */
  open: () => Promise<RoomsStore>;
  close: () => Promise<void>;
};

const onSqlite = async (): Promise<RoomsPlace> => {
  const folder = await freshFolder();
  const closers: (() => Promise<void>)[] = [];
  return {
    open: async () => {
      const db = await openSqlite(`${folder.path}/lyceum.db`, { rooms: migrations });
      closers.push(db.close);
      return createRoomsSqliteStore(db);
    },
    close: async () => {
      for (const close of closers) await close();
      await folder.close();
    },
  };
};

const onMongo = async (): Promise<RoomsPlace> => {
  const database = await freshMongo();
  const closers: (() => Promise<void>)[] = [];
  return {
    open: async () => {
      const mongo = await openMongo(database.url);
      closers.push(mongo.close);
      const store = createRoomsMongoStore(mongo);
      await mongo.prepare();
      return store;
    },
    close: async () => {
      for (const close of closers) await close();
      await database.close();
    },
  };
};

export const openRoomsPlace = (name: StoreName): Promise<RoomsPlace> =>
  name === 'sqlite' ? onSqlite() : onMongo();
