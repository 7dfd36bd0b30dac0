import { afterAll, beforeAll, beforeEach } from 'vitest';
import { createPasswords, type Passwords } from '../../src/accounts/passwords.ts';
import { type Accounts, createAccounts } from '../../src/accounts/service.ts';
import { createLog } from '../../src/log.ts';
import { createMemoryBus } from '../../src/platform/bus.ts';
import { newId } from '../../src/platform/ids.ts';
import { createMemoryLimits } from '../../src/platform/limits.ts';
import { createTestClock, type TestClock } from '../support/clock.ts';
import { type OpenStore, openAccountsStore } from './stores.ts';

export const PASSWORD = 'correct horse battery';
export const DAY = 86_400_000;
export const home = { ip: '192.0.2.1', agent: 'a browser' };

/** The accounts of one file of tests, each of which gets a clock and a service of its own. */
export let open: OpenStore;
export let clock: TestClock;
export let accounts: Accounts;
/** What was ended on live connections. */
export let ended: string[];
/** Passwords that were compared. */
export let compared: number;

beforeAll(async () => {
  open = await openAccountsStore('sqlite');
});
afterAll(() => open.close());

beforeEach(() => {
  clock = createTestClock();
  compared = 0;
  ended = [];
  const passwords = createPasswords();
  const counted: Passwords = {
    ...passwords,
    verify: (hash, password) => {
      compared += 1;
      return passwords.verify(hash, password);
    },
  };
  accounts = createAccounts({
    store: open.store,
    live: { end: ({ viaIds }) => void ended.push(...(viaIds ?? [])) },
    bus: createMemoryBus(),
    limits: createMemoryLimits(clock, 1),
    mailer: { send: async () => {}, close: () => {} },
    clock,
    log: createLog('silent'),
    config: { origins: ['http://localhost:3000'], sessionDays: 30, rateScale: 1 },
    passwords: counted,
  });
});

let taken = 0;
/** A username that nobody has. */
export const freshName = (): string =>
  `p${(taken += 1)}_${newId().slice(0, 4).toLowerCase().replaceAll('-', '_')}`;
export const person = async () => {
  const username = freshName();
  const email = `${username}@example.org`;
  const signedUp = await accounts.signUp({ username, email, password: PASSWORD }, home);
  return { username, email, ...signedUp };
};
export const actorOf = async (secret: string) => {
  const actor = await accounts.authenticate({ session: secret });
  if (!actor) throw new Error('this session lets nobody in');
  return actor;
};
