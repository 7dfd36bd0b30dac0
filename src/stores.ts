import { join } from 'node:path';
import * as accountsSqlite from './accounts/store.sqlite.ts';
import type { AccountsStore } from './accounts/store.ts';
import type { Config } from './config.ts';
import { openSqlite } from './platform/sqlite.ts';

export type Stores = {
  kind: 'sqlite' | 'mongodb';
  /** Made with the store: clients never mix two. */
  epoch: string;
  accounts: AccountsStore;
  /** Rejects when the store does not answer. */
  check(): Promise<void>;
  close(): Promise<void>;
};

const openOnSqlite = async (config: Config): Promise<Stores> => {
  const db = await openSqlite(join(config.dataDir, 'lyceum.db'), {
    accounts: accountsSqlite.migrations,
  });
  return {
    kind: 'sqlite',
    epoch: db.epoch,
    accounts: accountsSqlite.createAccountsSqliteStore(db),
    check: async () => void db.get('SELECT 1'),
    close: db.close,
  };
};

/** SQLite in `dataDir`, or MongoDB when `mongoUrl` is set: the only place that asks. */
export const openStores = (config: Config): Promise<Stores> => openOnSqlite(config);
