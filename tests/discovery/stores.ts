import { createSearchMongoStore } from '../../src/discovery/store.mongo.ts';
import { createSearchSqliteStore, migrations } from '../../src/discovery/store.sqlite.ts';
import type { SearchStore } from '../../src/discovery/store.ts';
import { createRoomsMongoStore } from '../../src/rooms/store.mongo.ts';
import * as rooms from '../../src/rooms/store.sqlite.ts';
import type { RoomsStore } from '../../src/rooms/store.ts';
import * as support from '../support/store.ts';

/** What is said is found where it is kept: in the log of the rooms. */
export type SearchStores = { search: SearchStore; rooms: RoomsStore };
export type OpenStore = support.OpenStore<SearchStores>;

/** An empty discovery store beside one of rooms; `close` removes their data. */
export const openSearchStore = support.storeOpener<SearchStores>({
  migrations: [...rooms.migrations, ...migrations],
  sqlite: (db) => ({
    search: createSearchSqliteStore(db),
    rooms: rooms.createRoomsSqliteStore(db),
  }),
  mongo: (mongo) => ({
    search: createSearchMongoStore(mongo),
    rooms: createRoomsMongoStore(mongo),
  }),
});
