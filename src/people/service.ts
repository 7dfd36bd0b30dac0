import type { Accounts } from '../accounts/service.ts';
import type { Logger } from '../log.ts';
import type { Clock } from '../platform/clock.ts';
import type { Live } from '../platform/live.ts';
import { createActs } from './acts.ts';
import { createAnnounce, createPeopleHooks } from './announce.ts';
import { createLists } from './lists.ts';
import { createShown, type DescribeMessage } from './shown.ts';
import { createStanding } from './standing.ts';
import type { PeopleStore } from './store.ts';

export type { DescribeMessage } from './shown.ts';
export type { Closeness, Standing } from './standing.ts';

export type PeopleOptions = {
  store: PeopleStore;
  accounts: Pick<Accounts, 'people' | 'byUsername'>;
  live: Live;
  clock: Clock;
  log: Logger;
  describeMessage: DescribeMessage;
};

/** Friend requests, friendships and blocks. */
export const createPeople = (options: PeopleOptions) => {
  const { store, accounts, live, clock, log, describeMessage } = options;
  const shown = createShown({ accounts, describeMessage });
  const hooks = createPeopleHooks(log);
  const announce = createAnnounce({ store, live, hooks, shown, accounts });
  return {
    ...createActs({ store, accounts, clock, announce, shown, describeMessage }),
    ...createLists({ store, shown }),
    ...createStanding(store),
    ...hooks,
  };
};
export type People = ReturnType<typeof createPeople>;
