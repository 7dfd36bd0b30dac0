import { openMongo } from '../../src/platform/mongo.ts';
import { openSqlite } from '../../src/platform/sqlite.ts';
import { createPresenceMongoStore } from '../../src/presence/store.mongo.ts';
import { createPresenceSqliteStore, migrations } from '../../src/presence/store.sqlite.ts';
import type { PresenceStore } from '../../src/presence/store.ts';
import type { StoreName } from '../support/backends.ts';
import { freshFolder, freshMongo } from '../support/place.ts';

export type OpenStore = { store: PresenceStore; close: () => Promise<void> };

const onSqlite = async (): Promise<OpenStore> => {
  const folder = await freshFolder();
  const db = await openSqlite(`${folder.path}/lyceum.db`, { presence: migrations });
  return {
    store: createPresenceSqliteStore(db),
    close: async () => {
      await db.close();
      await folder.close();
    },
  };
};

const onMongo = async (): Promise<OpenStore> => {
  const database = await freshMongo();
  const mongo = await openMongo(database.url);
  const store = createPresenceMongoStore(mongo);
  await mongo.prepare();
  return {
    store,
    close: async () => {
      await mongo.close();
      await database.close();
    },
  };
};

/** An empty presence store; `close` removes its data. */
export const openPresenceStore = (name: StoreName): Promise<OpenStore> =>
  name === 'sqlite' ? onSqlite() : onMongo();
