import { type Clock, isoAfter } from '../platform/clock.ts';
import type { AccountsStore, Attempts } from './store.ts';

/** Wrong tries that cost nothing, on one account and from one address. */
const FREE = 5;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15 * 60_000;
/** After so many there is no further try until the count is forgotten, or the password reset. */
const STOP = 100;
const FORGET_MS = 24 * 3_600_000;
/** Losing the race for one count this often means that many guess at once. */
const MAX_RACES = 5;

/** Who tries: the account (or the login nobody has) and the address. */
export type Attempt = {
  login: string;
  ip: string;
  /** The account has a session from this address: others' tries must not lock its person out. */
  known: boolean;
};

export type LoginAttempts = {
  /**
   * Counts a try before the password is looked at, so that guesses made at the same moment are
   * counted too. False: it is too early for another.
   */
  begin(attempt: Attempt): Promise<boolean>;
  /** The password was right: the account's count is void, and this try did not happen. */
  succeeded(attempt: Attempt): Promise<void>;
  /** Lets an account be tried again, as after a reset of its password. */
  forget(login: string): Promise<void>;
};

type Options = {
  store: Pick<AccountsStore, 'findAttempts' | 'swapAttempts' | 'forgetAttempts'>;
  clock: Clock;
  /** Multiplies what one address may try; accounts are guarded the same at every scale. */
  scale: number;
};

/** Five free tries, then a wait that doubles from one second; kept in the store for all processes. */
export const createLoginAttempts = ({ store, clock, scale }: Options): LoginAttempts => {
  const freeFor = (key: string) => (key.startsWith('ip:') ? FREE * Math.max(1, scale) : FREE);
  const change = async (key: string, next: (before: Attempts | null) => Attempts | null) => {
    for (let race = 0; race < MAX_RACES; race += 1) {
      const before = await store.findAttempts(key);
      const after = next(before);
      if (!after) return false;
      if (await store.swapAttempts(key, before, after)) return true;
    }
    return false;
  };
  const count = (key: string) =>
    change(key, (before) => oneMore(before, freeFor(key), clock.now()));
  return {
    begin: async (attempt) => {
      for (const key of keysOf(attempt)) if (!(await count(key))) return false;
      return true;
    },
    succeeded: async (attempt) => {
      const [account, ...addresses] = keysOf(attempt);
      await store.forgetAttempts([account], isoAfter(clock.now(), -FORGET_MS));
      for (const key of addresses)
        await change(key, (before) => before && oneLess(before, clock.now()));
    },
    forget: (login) => store.forgetAttempts([accountKey(login)], isoAfter(clock.now(), -FORGET_MS)),
  };
};

const accountKey = (login: string) => `account:${login}`;
const keysOf = ({ login, ip, known }: Attempt): [string, ...string[]] =>
  known ? [`${accountKey(login)}:${ip}`] : [accountKey(login), `ip:${ip}`];

/** The count after one more try; null when it is too early for one. */
const oneMore = (before: Attempts | null, free: number, now: number): Attempts | null => {
  const lastAt = isoAfter(now, 0);
  const fresh = before === null || before.lastAt <= isoAfter(now, -FORGET_MS);
  if (fresh) return { count: 1, lastAt, nextAt: lastAt };
  const stop = STOP - FREE + free;
  if (before.nextAt > lastAt || before.count >= stop) return null;
  const count = before.count + 1;
  const wait =
    count <= free ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (count - free - 1), LONGEST_WAIT_MS);
  return { count, lastAt, nextAt: isoAfter(now, wait) };
};

const oneLess = (before: Attempts, now: number): Attempts => ({
  count: Math.max(0, before.count - 1),
  lastAt: before.lastAt,
  nextAt: isoAfter(now, 0),
});
