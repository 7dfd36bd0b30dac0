import { createPeopleMongoStore } from '../../src/people/store.mongo.ts';
import { createPeopleSqliteStore, migrations } from '../../src/people/store.sqlite.ts';
import type { PeopleStore } from '../../src/people/store.ts';
import * as support from '../support/store.ts';

export type OpenStore = support.OpenStore<PeopleStore>;

/** An empty people store; `close` removes its data. */
export const openPeopleStore = support.storeOpener<PeopleStore>({
  migrations,
  sqlite: createPeopleSqliteStore,
  mongo: createPeopleMongoStore,
});
