import { createNotificationsMongoStore } from '../../src/notifications/store.mongo.ts';
import {
  createNotificationsSqliteStore,
  migrations,
} from '../../src/notifications/store.sqlite.ts';
import type { NotificationsStore } from '../../src/notifications/store.ts';
import * as support from '../support/store.ts';

export type OpenStore = support.OpenStore<NotificationsStore>;

/** An empty notifications store; `close` removes its data. */
export const openNotificationsStore = support.storeOpener<NotificationsStore>({
  migrations,
  sqlite: createNotificationsSqliteStore,
  mongo: createNotificationsMongoStore,
});
