import { type Accounts, createAccounts } from './accounts/service.ts';
import type { Config } from './config.ts';
import type { Logger } from './log.ts';
import { createPeople, type People } from './people/service.ts';
import type { Clock } from './platform/clock.ts';
import type { Live } from './platform/live.ts';
import type { Mailer } from './platform/mail.ts';
import type { Shared } from './platform/shared.ts';
import type { Stores } from './stores.ts';

export type Services = {
  accounts: Accounts;
  people: People;
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
  const people = createPeople({
    ...base,
    store: stores.people,
    accounts,
    describeMessage: async () => null,
  });
  return { accounts, people, close: async () => {} };
};
