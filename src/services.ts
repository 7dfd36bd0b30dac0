import { type Accounts, createAccounts } from './accounts/service.ts';
import type { Config } from './config.ts';
import type { Logger } from './log.ts';
import type { Clock } from './platform/clock.ts';
import type { Live } from './platform/live.ts';
import type { Mailer } from './platform/mail.ts';
import type { Shared } from './platform/shared.ts';
import type { Stores } from './stores.ts';

export type Services = {
  accounts: Accounts;
  close(): Promise<void>;
};

type Options = {
  config: Config;
  stores: Stores;
  shared: Shared;
  live: Live;
  mailer: Mailer;
  clock: Clock;
  log: Logger;
};

/** The features in their order, each given what it may call. */
export const createServices = (options: Options): Services => {
  const { config, stores, shared, live, mailer, clock, log } = options;
  const { limits } = shared;
  const base = { live, clock, log };
  const accounts = createAccounts({ ...base, store: stores.accounts, limits, mailer, config });
  return { accounts, close: async () => {} };
};
