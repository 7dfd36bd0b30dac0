import { createNotificationsMongoStore } from '../../src/notifications/store.mongo.ts';
import {
  createNotificationsSqliteStore,
  migrations,
} from '../../src/notifications/store.sqlite.ts';
import type { NotificationsStore } from '../../src/notifications/store.ts';
import { openMongo } from '../../src/platform/mongo.ts';
import { openSqlite } from '../../src/platform/sqlite.ts';
import type { StoreName } from '../support/backends.ts';
import { freshFolder, freshMongo } from '../support/place.ts';

export type OpenStore = { store: NotificationsStore; close: () => Promise<void> };

const onSqlite = async (): Promise<OpenStore> => {
  const folder = await freshFolder();
  const db = await openSqlite(`${folder.path}/lyceum.db`, { notifications: migrations });
  return {
    store: createNotificationsSqliteStore(db),
    close: async () => {
      await db.close();
      await folder.close();
    },
  };
};

const onMongo = async (): Promise<OpenStore> => {
  const database = await freshMongo();
  const mongo = await openMongo(database.url);
  const store = createNotificationsMongoStore(mongo);
  await mongo.prepare();
  return {
    store,
    close: async () => {
      await mongo.close();
      await database.close();
    },
  };
};

/** An empty notifications store; `close` removes its data. */
export const openNotificationsStore = (name: StoreName): Promise<OpenStore> =>
  name === 'sqlite' ? onSqlite() : onMongo();
