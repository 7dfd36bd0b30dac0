import { notFound } from '../errors.ts';
import type { Clock } from '../platform/clock.ts';
import { remember } from '../platform/remember.ts';
import { type Me, type Person, Settings } from './contract.ts';
import type { Account, AccountsStore } from './store.ts';

/** How long another process may go on showing an old name. */
const FRESH_MS = 10_000;
const MAX_KNOWN = 5_000;

export type Directory = {
  /** Everybody who exists among these ids; a change made elsewhere may take 10 s to show. */
  people(ids: readonly string[]): Promise<Map<string, Person>>;
  /** The settings of everybody who exists among these ids, defaults filled in; as fresh as people. */
  settingsOf(ids: readonly string[]): Promise<Map<string, Settings>>;
  /** Throws not_found. */
  byUsername(username: string): Promise<Person>;
  /** Those who exist, in no particular order. */
  byUsernames(usernames: readonly string[]): Promise<Person[]>;
  /** Another process has changed them: they are read again when next asked for. */
  forget(ids: readonly string[]): void;
  /** Takes in an account as it is now. */
  refresh(account: Account): void;
};

type Known = { person: Person; settings: () => Settings; until: number };

export const createDirectory = (store: AccountsStore, clock: Clock): Directory => {
  const known = new Map<string, Known>();
  const learn = (account: Account): Known => {
    const until = clock.now() + FRESH_MS;
    // Few who are shown are asked for their settings.
    let settings: Settings | undefined;
    const one = {
      person: personOf(account),
      settings: () => (settings ??= settingsOf(account)),
      until,
    };
    remember(known, account.id, one, MAX_KNOWN);
    return one;
  };
  const lookUp = async <T>(
    ids: readonly string[],
    of: (one: Known) => T,
  ): Promise<Map<string, T>> => {
    const found = new Map<string, T>();
    const missing: string[] = [];
    const now = clock.now();
    for (const id of new Set(ids)) {
      const one = known.get(id);
      if (one && one.until > now) found.set(id, of(one));
      else missing.push(id);
    }
    if (missing.length > 0)
      for (const account of await store.findAccounts(missing))
        found.set(account.id, of(learn(account)));
    return found;
  };
  const byUsernames = async (usernames: readonly string[]) => {
    if (usernames.length === 0) return [];
    const folded = new Set(usernames.map((each) => each.toLowerCase()));
    return (await store.findByUsernames([...folded])).map((account) => learn(account).person);
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
    forget: (ids) => {
      for (const id of ids) known.delete(id);
    },
    refresh: (account) => void learn(account),
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
