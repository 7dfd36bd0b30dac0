import { notFound } from '../errors.ts';
import type { Bus } from '../platform/bus.ts';
import { type Clock, isWithin } from '../platform/clock.ts';
import { remember } from '../platform/remember.ts';
import { type Me, type Person, Settings } from './contract.ts';
import type { Account, AccountsStore } from './store.ts';

/** How long an account is known as it was read: a process that changes one says so. */
const FRESH_MS = 60_000;
/** The same while what others say may not arrive. */
const UNTOLD_MS = 10_000;
const MAX_KNOWN = 5_000;
const CHANNEL = 'accounts:changed';

export type Directory = {
  /**
   * Everybody who exists among these ids. A change made elsewhere shows at once; within 10 s while
   * others cannot be heard; within a minute when its process could not say so.
   */
  people(ids: readonly string[]): Promise<Map<string, Person>>;
  /** The settings of everybody who exists among these ids, defaults filled in; as fresh as people. */
  settingsOf(ids: readonly string[]): Promise<Map<string, Settings>>;
  /** Throws not_found. */
  byUsername(username: string): Promise<Person>;
  /** Those who exist, in no particular order. */
  byUsernames(usernames: readonly string[]): Promise<Person[]>;
  /** Takes in an account that was changed here, and lets the other processes know. */
  changed(account: Account): void;
};

type Known = { person: Person; stored: Account['settings']; settings?: Settings; at: number };
type Options = { store: AccountsStore; bus: Bus; clock: Clock };

const knownOf = (account: Account, at: number): Known => ({
  person: personOf(account),
  stored: account.settings,
  at,
});
/** Few who are shown are asked for their settings. */
const settingsIn = (known: Known): Settings => (known.settings ??= settingsOf(known.stored));

export const createDirectory = ({ store, bus, clock }: Options): Directory => {
  const known = new Map<string, Known>();
  /** How often somebody was found to have changed: what was being read meanwhile may be old. */
  let changes = 0;
  bus.subscribe(CHANNEL, (id) => {
    changes += 1;
    known.delete(id);
  });
  bus.onGap(() => {
    changes += 1;
    known.clear();
  });

  const keep = (one: Known) => remember(known, one.person.id, one, MAX_KNOWN);
  const read = async (asked: Promise<readonly Account[]>): Promise<Known[]> => {
    const before = changes;
    const accounts = await asked;
    const found = accounts.map((account) => knownOf(account, clock.now()));
    if (changes === before) found.forEach(keep);
    return found;
  };
  const lookUp = async <T>(
    ids: readonly string[],
    of: (one: Known) => T,
  ): Promise<Map<string, T>> => {
    const found = new Map<string, T>();
    const missing: string[] = [];
    const now = clock.now();
    const freshMs = bus.healthy() ? FRESH_MS : UNTOLD_MS;
    for (const id of new Set(ids)) {
      const one = known.get(id);
      if (one && isWithin(freshMs, one.at, now)) found.set(id, of(one));
      else missing.push(id);
    }
    if (missing.length === 0) return found;
    for (const one of await read(store.findAccounts(missing))) found.set(one.person.id, of(one));
    return found;
  };
  const byUsernames = async (usernames: readonly string[]) => {
    if (usernames.length === 0) return [];
    const folded = new Set(usernames.map((each) => each.toLowerCase()));
    const found = await read(store.findByUsernames([...folded]));
    return found.map(({ person }) => person);
  };
  return {
    people: (ids) => lookUp(ids, ({ person }) => person),
    settingsOf: (ids) => lookUp(ids, settingsIn),
    byUsername: async (username) => {
      const [person] = await byUsernames([username]);
      if (!person) throw notFound('person');
      return person;
    },
    byUsernames,
    changed: (account) => {
      changes += 1;
      keep(knownOf(account, clock.now()));
      bus.publish(CHANNEL, account.id);
    },
  };
};

const personOf = ({ id, username, name, bio, avatar, joinedAt }: Account): Person => ({
  id,
  username,
  name,
  bio,
  avatar,
  joinedAt,
});

/** Most people keep what is set at first: they share it. */
const unchanged = Object.freeze(Settings.parse({}));
const settingsOf = (stored: Account['settings']): Settings =>
  Object.keys(stored).length > 0 ? Settings.parse(stored) : unchanged;

/** What a person sees of their own account. */
export const meOf = (account: Account): Me => ({
  ...personOf(account),
  email: account.email,
  emailVerified: account.emailVerified,
  roles: account.roles,
  settings: settingsOf(account.settings),
});
