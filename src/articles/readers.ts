import type { Person, Settings } from '../accounts/contract.ts';
import type { Accounts } from '../accounts/service.ts';
import { badRequest } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { People } from '../people/service.ts';
import type { Bus } from '../platform/bus.ts';
import type { Clock } from '../platform/clock.ts';
import type { Connection } from '../platform/connections.ts';
import { encode } from '../platform/frame.ts';
import type { Leases } from '../platform/leases.ts';
import type { Readers } from './contract.ts';

const LEASE_MS = 45_000;
const RENEW_MS = 15_000;
/** Readers of one article are told of changes at most this often. */
const TELL_MS = 2_000;
const NAMES = 20;
/** Names are looked for among so many readers. */
const LOOKED_AT = 100;
/** One connection shows one page; a few more may be open beside it. */
const ARTICLES_OF_CONNECTION = 10;

type Options = {
  leases: Leases;
  bus: Bus;
  accounts: Pick<Accounts, 'people' | 'settingsOf'>;
  people: Pick<People, 'blockedWith'>;
  clock: Clock;
  log: Logger;
};

/** Everybody here: how many, and those who may be named, each with whom a block stands between. */
type View = { count: number; named: { person: Person; blocked: Set<string> }[] };

const setOf = (articleId: string) => `readers:${articleId}`;
const setOfPerson = (userId: string) => `reading:${userId}`;
// A person with three windows is one reader; without an account each window is one.
const memberOf = ({ id, actor }: Connection) => (actor ? `${actor.userId}:${id}` : `:${id}`);
const personIn = (member: string) => member.slice(0, member.lastIndexOf(':'));

const mayBeNamed = (settings: Settings | undefined): boolean =>
  settings?.presence === 'everyone' && settings.status !== 'invisible';

const viewFor = ({ count, named }: View, viewerId: string | null): Readers => {
  const visible = named.filter(({ blocked }) => viewerId === null || !blocked.has(viewerId));
  return {
    count: count - (named.length - visible.length),
    people: visible.map(({ person }) => person),
  };
};

/** Who reads what now, across processes: leases, renewed while the connection lives. */
export const createReaders = (options: Options) => {
  const { leases, bus, accounts, people, clock, log } = options;
  type Watched = {
    watchers: Map<Connection, { leave: () => void; last: string }>;
    unsubscribe: () => void;
    toldAt: number;
    timer: NodeJS.Timeout | null;
  };
  const watched = new Map<string, Watched>();

  const look = async (articleId: string): Promise<View> => {
    const [members = []] = await leases.members([setOf(articleId)]);
    const persons = [...new Set(members.map(personIn).filter(Boolean))].sort();
    const anonymous = members.filter((member) => personIn(member) === '').length;
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
  };

  const tell = async (articleId: string) => {
    const view = await look(articleId);
    for (const [connection, watcher] of watched.get(articleId)?.watchers ?? []) {
      const readers = viewFor(view, connection.actor?.userId ?? null);
      const now = JSON.stringify(readers);
      if (now === watcher.last) continue;
      watcher.last = now;
      connection.send(encode('article:readers', { articleId, ...readers }), { volatile: true });
    }
  };
  /** Tells those here soon; what changes meanwhile goes out together. */
  const schedule = (articleId: string) => {
    const here = watched.get(articleId);
    if (!here || here.timer) return;
    const wait = Math.max(0, here.toldAt + TELL_MS - clock.now());
    here.timer = setTimeout(() => {
      here.timer = null;
      here.toldAt = clock.now();
      tell(articleId).catch((error: unknown) => log.warn({ err: error }, 'readers not told'));
    }, wait).unref();
  };
  const changed = (articleId: string) => {
    bus.publish(setOf(articleId), '');
    schedule(articleId);
  };

  const heldBy = (connection: Connection, articleId: string): [string, string][] => {
    const { actor } = connection;
    const asReader: [string, string] = [setOf(articleId), memberOf(connection)];
    if (!actor) return [asReader];
    return [asReader, [setOfPerson(actor.userId), `${articleId}:${connection.id}`]];
  };
  const release = async (connection: Connection, articleId: string) => {
    for (const [set, member] of heldBy(connection, articleId)) await leases.release(set, member);
  };
  const renew = async () => {
    const held = [...watched].flatMap(([articleId, { watchers }]) =>
      [...watchers.keys()].flatMap((connection) => heldBy(connection, articleId)),
    );
    if (held.length > 0) await leases.renew(held, LEASE_MS);
    // Whoever was on a process that died is gone by now, and nobody said so.
    for (const articleId of watched.keys()) schedule(articleId);
  };
  const timer = setInterval(() => {
    renew().catch((error: unknown) => log.warn({ err: error }, 'readers not renewed'));
  }, RENEW_MS).unref();

  const open = (articleId: string): Watched => {
    const known = watched.get(articleId);
    if (known) return known;
    const unsubscribe = bus.subscribe(setOf(articleId), () => schedule(articleId));
    const made: Watched = { watchers: new Map(), unsubscribe, toldAt: 0, timer: null };
    watched.set(articleId, made);
    return made;
  };
  const leave = async (connection: Connection, articleId: string) => {
    const here = watched.get(articleId);
    const watcher = here?.watchers.get(connection);
    if (!here || !watcher) return;
    watcher.leave();
    here.watchers.delete(connection);
    if (here.watchers.size === 0) {
      if (here.timer) clearTimeout(here.timer);
      here.unsubscribe();
      watched.delete(articleId);
    }
    await release(connection, articleId);
    changed(articleId);
  };
  const readers = async (articleId: string, viewerId: string | null): Promise<Readers> =>
    viewFor(await look(articleId), viewerId);

  return {
    /** Counts this connection as a reader until it leaves or ends; answers who reads now. */
    join: async (connection: Connection, articleId: string): Promise<Readers> => {
      const joined = [...watched.values()].filter(({ watchers }) => watchers.has(connection));
      const { watchers } = open(articleId);
      if (!watchers.has(connection)) {
        if (joined.length >= ARTICLES_OF_CONNECTION)
          throw badRequest('Too many articles are open on one connection.');
        const forget = connection.onEnd(() => {
          leave(connection, articleId).catch((error: unknown) =>
            log.warn({ err: error }, 'a reader was not taken off'),
          );
        });
        watchers.set(connection, { leave: forget, last: '' });
      }
      await leases.renew(heldBy(connection, articleId), LEASE_MS);
      // It may have gone meanwhile, and its release came before the renewal.
      if (!watchers.has(connection)) await release(connection, articleId);
      changed(articleId);
      return readers(articleId, connection.actor?.userId ?? null);
    },
    leave,
    readers,
    /** Which article each of these people reads; those who may not be named are left out. */
    readingNow: async (userIds: readonly string[]): Promise<Map<string, string>> => {
      const settings = await accounts.settingsOf(userIds);
      const named = userIds.filter((id) => mayBeNamed(settings.get(id)));
      const sets = await leases.members(named.map(setOfPerson));
      const reading = named.flatMap((id, index) => {
        const member = sets[index]?.at(-1);
        return member ? [[id, personIn(member)] as const] : [];
      });
      return new Map(reading);
    },
    close: () => {
      clearInterval(timer);
      for (const { timer: waiting, unsubscribe } of watched.values()) {
        if (waiting) clearTimeout(waiting);
        unsubscribe();
      }
      watched.clear();
    },
  };
};
