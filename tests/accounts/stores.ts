import { createAccountsMongoStore } from '../../src/accounts/store.mongo.ts';
import { createAccountsSqliteStore, migrations } from '../../src/accounts/store.sqlite.ts';
import type { AccountsStore } from '../../src/accounts/store.ts';
import * as support from '../support/store.ts';

export type OpenStore = support.OpenStore<AccountsStore>;

/** An empty accounts store; `close` removes its data. */
export const openAccountsStore = support.storeOpener<AccountsStore>({
  migrations,
  sqlite: createAccountsSqliteStore,
  mongo: createAccountsMongoStore,
});
