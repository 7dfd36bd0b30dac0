import { createAccountsMongoStore } from '../../src/accounts/store.mongo.ts';
import { createAccountsSqliteStore, migrations } from '../../src/accounts/store.sqlite.ts';
import type { AccountsStore } from '../../src/accounts/store.ts';
import { openMongo } from '../../src/platform/mongo.ts';
import { openSqlite } from '../../src/platform/sqlite.ts';
import type { StoreName } from '../support/backends.ts';
import { freshFolder, freshMongo } from '../support/place.ts';

export type OpenStore = { store: AccountsStore; close: () => Promise<void> };

const onSqlite = async (): Promise<OpenStore> => {
  const folder = await freshFolder();
  const db = await openSqlite(`${folder.path}/lyceum.db`, { accounts: migrations });
  return {
    store: createAccountsSqliteStore(db),
    close: async () => {
      await db.close();
      await folder.close();
    },
  };
};

const onMongo = async (): Promise<OpenStore> => {
  const database = await freshMongo();
  const mongo = await openMongo(database.url);
  const store = createAccountsMongoStore(mongo);
  await mongo.prepare();
  return {
    store,
    close: async () => {
      await mongo.close();
      await database.close();
    },
  };
};

/** An empty accounts store; `close` removes its data. */
export const openAccountsStore = (name: StoreName): Promise<OpenStore> =>
  name === 'sqlite' ? onSqlite() : onMongo();
