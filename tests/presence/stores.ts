import { createPresenceMongoStore } from '../../src/presence/store.mongo.ts';
import { createPresenceSqliteStore, migrations } from '../../src/presence/store.sqlite.ts';
import type { PresenceStore } from '../../src/presence/store.ts';
import * as support from '../support/store.ts';

export type OpenStore = support.OpenStore<PresenceStore>;

/** An empty presence store; `close` removes its data. */
export const openPresenceStore = support.storeOpener<PresenceStore>({
  migrations,
  sqlite: createPresenceSqliteStore,
  mongo: createPresenceMongoStore,
});
