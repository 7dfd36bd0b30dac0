import type { Person, Settings } from '../accounts/contract.ts';
import type { Accounts } from '../accounts/service.ts';
import type { People } from '../people/service.ts';
import type { Connection } from '../platform/connections.ts';
import type { Leases } from '../platform/leases.ts';
import type { Readers } from './contract.ts';

const NAMES = 20;
/** Names are looked for among so many readers. */
const LOOKED_AT = 100;

export const setOf = (articleId: string) => `readers:${articleId}`;
const setOfPerson = (userId: string) => `reading:${userId}`;
// A person with three windows is one reader; without an account each window is one.
const memberOf = ({ id, actor }: Connection) => (actor ? `${actor.userId}:${id}` : `:${id}`);
/** What stands before the id of the connection: a person, or an article. */
const keyIn = (member: string) => member.slice(0, member.lastIndexOf(':'));

/** The leases of a connection that shows an article: [set, member]. */
export const heldBy = (connection: Connection, articleId: string): [string, string][] => {
  const { actor } = connection;
  const asReader: [string, string] = [setOf(articleId), memberOf(connection)];
  if (!actor) return [asReader];
  return [asReader, [setOfPerson(actor.userId), `${articleId}:${connection.id}`]];
};

/** Everybody here: how many, and those who may be named, each with whom a block stands between. */
export type View = { count: number; named: { person: Person; blocked: Set<string> }[] };

const mayBeNamed = (settings: Settings | undefined): boolean =>
  settings?.presence === 'everyone' && settings.status !== 'invisible';

/** What one viewer sees of it: behind a block there is nobody. */
export const viewFor = ({ count, named }: View, viewerId: string | null): Readers => {
  const visible = named.filter(({ blocked }) => viewerId === null || !blocked.has(viewerId));
  return {
    count: count - (named.length - visible.length),
    people: visible.map(({ person }) => person),
  };
};

type Options = {
  leases: Leases;
  accounts: Pick<Accounts, 'people' | 'settingsOf'>;
  people: Pick<People, 'blockedWith'>;
};

/** Who reads what now, from the leases of all processes. */
export const createReaderViews = ({ leases, accounts, people }: Options) => ({
  look: async (articleId: string): Promise<View> => {
    const [members = []] = await leases.members([setOf(articleId)]);
    const persons = [...new Set(members.map(keyIn).filter(Boolean))].sort();
    const anonymous = members.filter((member) => keyIn(member) === '').length;
    const candidates = persons.slice(0, LOOKED_AT);
    const settings = await accounts.settingsOf(candidates);
    const allowed = candidates.filter((id) => mayBeNamed(settings.get(id))).slice(0, NAMES);
    const known = await accounts.people(allowed);
    const named = await Promise.all(
      [...known.values()].map(async (person) => ({
        person,
        blocked: await people.blockedWith(person.id),
      })),
    );
    return { count: persons.length + anonymous, named };
  },
  /** Which article each of these people reads; those who may not be named are left out. */
  readingNow: async (userIds: readonly string[]): Promise<Map<string, string>> => {
    const settings = await accounts.settingsOf(userIds);
    const named = userIds.filter((id) => mayBeNamed(settings.get(id)));
    const sets = await leases.members(named.map(setOfPerson));
    const reading = named.flatMap((id, index) => {
      const member = sets[index]?.at(-1);
      return member ? [[id, keyIn(member)] as const] : [];
    });
    return new Map(reading);
  },
});
