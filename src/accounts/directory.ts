import { notFound } from '../errors.ts';
import type { Bus } from '../platform/bus.ts';
import type { Clock } from '../platform/clock.ts';
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
  /** Everybody who exists among these ids; a change made elsewhere shows within 10 s, in most cases at once. */
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

type Known = { person: Person; settings: () => Settings; at: number };
type Options = { store: AccountsStore; bus: Bus; clock: Clock };

const knownOf = (account: Account, at: number): Known => {
  // Few who are shown are asked for their settings.
  let settings: Settings | undefined;
  return { person: personOf(account), settings: () => (settings ??= settingsOf(account)), at };
};

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

  const learn = (accounts: readonly Account[], before: number): Known[] => {
    const now = clock.now();
    return accounts.map((account) => {
      const one = knownOf(account, now);
      if (changes === before) remember(known, account.id, one, MAX_KNOWN);
      return one;
    });
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
      const age = one ? now - one.at : freshMs;
      // The clock may have stepped back.
      if (one && age >= 0 && age < freshMs) found.set(id, of(one));
      else missing.push(id);
    }
    if (missing.length === 0) return found;
    const before = changes;
    for (const one of learn(await store.findAccounts(missing), before))
      found.set(one.person.id, of(one));
    return found;
  };
  const byUsernames = async (usernames: readonly string[]) => {
    if (usernames.length === 0) return [];
    const folded = new Set(usernames.map((each) => each.toLowerCase()));
    const before = changes;
    const accounts = await store.findByUsernames([...folded]);
    return learn(accounts, before).map(({ person }) => person);
  };
  return {
    people: (ids) => lookUp(ids, ({ person }) => person),
    settingsOf: (ids) => lookUp(ids, ({ settings }) => settings()),
    byUsername: async (username) => {
      const [person] = await byUsernames([username]);
      if (!person) throw notFound('person');
      return person;
    },
    byUsernames,
    changed: (account) => {
      changes += 1;
      learn([account], changes);
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

const settingsOf = ({ settings }: Account): Settings => Settings.parse(settings);

/** What a person sees of their own account. */
export const meOf = (account: Account): Me => ({
  ...personOf(account),
  email: account.email,
  emailVerified: account.emailVerified,
  roles: account.roles,
  settings: settingsOf(account),
});
