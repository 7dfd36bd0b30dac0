import { createSearchMongoStore } from '../../src/discovery/store.mongo.ts';
import { createSearchSqliteStore, migrations } from '../../src/discovery/store.sqlite.ts';
import type { SearchStore } from '../../src/discovery/store.ts';
import * as support from '../support/store.ts';

export type OpenStore = support.OpenStore<SearchStore>;

/** An empty discovery store; `close` removes its data. */
export const openSearchStore = support.storeOpener<SearchStore>({
  migrations,
  sqlite: createSearchSqliteStore,
  mongo: createSearchMongoStore,
});
