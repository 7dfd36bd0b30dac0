import { type Mongo, openMongo } from '../../src/platform/mongo.ts';
import { openSqlite, type Sqlite } from '../../src/platform/sqlite.ts';
import type { StoreName } from './backends.ts';
import { freshFolder, freshMongo } from './place.ts';

/** One empty store; `close` removes its data. */
export type OpenStore<S> = { store: S; close: () => Promise<void> };

/** The two adapters of a feature's store. */
export type Adapters<S> = {
  migrations: readonly string[];
  sqlite: (db: Sqlite) => S;
  mongo: (mongo: Mongo) => S;
};

const onSqlite = async <S>({ migrations, sqlite }: Adapters<S>): Promise<OpenStore<S>> => {
  const folder = await freshFolder();
  const db = await openSqlite(`${folder.path}/lyceum.db`, { feature: migrations });
  return {
    store: sqlite(db),
    close: async () => {
      await db.close();
      await folder.close();
    },
  };
};

const onMongo = async <S>({ mongo: create }: Adapters<S>): Promise<OpenStore<S>> => {
  const database = await freshMongo();
  const mongo = await openMongo(database.url);
  const store = create(mongo);
  await mongo.prepare();
  return {
    store,
    close: async () => {
      await mongo.close();
      await database.close();
    },
  };
};

/** Opens a feature's store alone, on the backend that the test is about. */
export const storeOpener =
  <S>(adapters: Adapters<S>) =>
  (name: StoreName): Promise<OpenStore<S>> =>
    name === 'sqlite' ? onSqlite(adapters) : onMongo(adapters);
