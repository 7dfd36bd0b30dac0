import { createPeopleMongoStore } from '../../src/people/store.mongo.ts';
import { createPeopleSqliteStore, migrations } from '../../src/people/store.sqlite.ts';
import type { PeopleStore } from '../../src/people/store.ts';
import { openMongo } from '../../src/platform/mongo.ts';
import { openSqlite } from '../../src/platform/sqlite.ts';
import type { StoreName } from '../support/backends.ts';
import { freshFolder, freshMongo } from '../support/place.ts';

export type OpenStore = { store: PeopleStore; close: () => Promise<void> };

const onSqlite = async (): Promise<OpenStore> => {
  const folder = await freshFolder();
  const db = await openSqlite(`${folder.path}/lyceum.db`, { people: migrations });
  return {
    store: createPeopleSqliteStore(db),
    close: async () => {
      await db.close();
      await folder.close();
    },
  };
};

const onMongo = async (): Promise<OpenStore> => {
  const database = await freshMongo();
  const mongo = await openMongo(database.url);
  const store = createPeopleMongoStore(mongo);
  await mongo.prepare();
  return {
    store,
    close: async () => {
      await mongo.close();
      await database.close();
    },
  };
};

/** An empty people store; `close` removes its data. */
export const openPeopleStore = (name: StoreName): Promise<OpenStore> =>
  name === 'sqlite' ? onSqlite() : onMongo();
