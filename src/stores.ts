import { join } from 'node:path';
import * as accountsMongo from './accounts/store.mongo.ts';
import * as accountsSqlite from './accounts/store.sqlite.ts';
import type { AccountsStore } from './accounts/store.ts';
import type { Config } from './config.ts';
import * as peopleMongo from './people/store.mongo.ts';
import * as peopleSqlite from './people/store.sqlite.ts';
import type { PeopleStore } from './people/store.ts';
import { openMongo } from './platform/mongo.ts';
import { openSqlite } from './platform/sqlite.ts';

export type Stores = {
  kind: 'sqlite' | 'mongodb';
  /** Made with the store: clients never mix two. */
  epoch: string;
  accounts: AccountsStore;
  people: PeopleStore;
  /** Rejects when the store does not answer. */
  check(): Promise<void>;
  close(): Promise<void>;
};

const openOnSqlite = async (dataDir: string): Promise<Stores> => {
  const db = await openSqlite(join(dataDir, 'lyceum.db'), {
    accounts: accountsSqlite.migrations,
    people: peopleSqlite.migrations,
  });
  return {
    kind: 'sqlite',
    epoch: db.epoch,
    accounts: accountsSqlite.createAccountsSqliteStore(db),
    people: peopleSqlite.createPeopleSqliteStore(db),
    check: async () => void db.get('SELECT 1'),
    close: db.close,
  };
};

const openOnMongo = async (url: string): Promise<Stores> => {
  const mongo = await openMongo(url);
  const stores = {
    accounts: accountsMongo.createAccountsMongoStore(mongo),
    people: peopleMongo.createPeopleMongoStore(mongo),
  };
  await mongo.prepare();
  return { kind: 'mongodb', epoch: mongo.epoch, ...stores, check: mongo.ping, close: mongo.close };
};

/** SQLite in `dataDir`, or MongoDB when `mongoUrl` is set: the only place that asks. */
export const openStores = (config: Config): Promise<Stores> =>
  config.mongoUrl ? openOnMongo(config.mongoUrl) : openOnSqlite(config.dataDir);
