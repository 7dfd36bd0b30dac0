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
import { createReaderViews, heldBy, setOf, type View, viewFor } from './reader-views.ts';

const LEASE_MS = 45_000;
const RENEW_MS = 15_000;
/** Readers of one article are told of changes at most this often. */
const TELL_MS = 2_000;
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

/** Connections of this process that show one article. */
type Watched = {
  watchers: Map<Connection, { last: string }>;
  unsubscribe: () => void;
  toldAt: number;
  timer: NodeJS.Timeout | null;
};

const viewerOf = ({ actor }: Connection): string | null => actor?.userId ?? null;

/** Sends everybody here what is new for them; who reads may differ by viewer. */
const tellWatchers = (articleId: string, { watchers }: Watched, view: View) => {
  for (const [connection, watcher] of watchers) {
    const readers = viewFor(view, viewerOf(connection));
    const now = JSON.stringify(readers);
    if (now === watcher.last) continue;
    watcher.last = now;
    connection.send(encode('article:readers', { articleId, ...readers }), { volatile: true });
  }
};

type Tables = Pick<Options, 'bus' | 'clock' | 'log'> & { look(articleId: string): Promise<View> };

/** The articles that are shown somewhere on this process, each told at its own pace. */
const createTable = ({ bus, clock, log, look }: Tables) => {
  const table = new Map<string, Watched>();
  const tell = async (articleId: string) => {
    const view = await look(articleId);
    const here = table.get(articleId);
    if (here) tellWatchers(articleId, here, view);
  };
  /** Tells those here soon; what changes meanwhile goes out together. */
  const schedule = (articleId: string) => {
    const here = table.get(articleId);
    if (!here || here.timer) return;
    const wait = Math.max(0, here.toldAt + TELL_MS - clock.now());
    here.timer = setTimeout(() => {
      here.timer = null;
      here.toldAt = clock.now();
      tell(articleId).catch((error: unknown) => log.warn({ err: error }, 'readers not told'));
    }, wait).unref();
  };
  const drop = (articleId: string) => {
    const here = table.get(articleId);
    if (here?.timer) clearTimeout(here.timer);
    here?.unsubscribe();
    table.delete(articleId);
  };
  return {
    table,
    schedule,
    drop,
    open: (articleId: string): Watched => {
      const known = table.get(articleId);
      if (known) return known;
      const unsubscribe = bus.subscribe(setOf(articleId), () => schedule(articleId));
      const made: Watched = { watchers: new Map(), unsubscribe, toldAt: 0, timer: null };
      table.set(articleId, made);
      return made;
    },
    /** Here and on the other processes. */
    changed: (articleId: string) => {
      bus.publish(setOf(articleId), '');
      schedule(articleId);
    },
  };
};

/** Who reads what now, across processes: leases, renewed while the connection lives. */
export const createReaders = (options: Options) => {
  const { leases, log } = options;
  const { look, readingNow } = createReaderViews(options);
  const { table, schedule, drop, open, changed } = createTable({ ...options, look });

  const renew = async () => {
    const held = [...table].flatMap(([articleId, { watchers }]) =>
      [...watchers.keys()].flatMap((connection) => heldBy(connection, articleId)),
    );
    if (held.length > 0) await leases.renew(held, LEASE_MS);
    // Whoever was on a process that died is gone by now, and nobody said so.
    for (const articleId of table.keys()) schedule(articleId);
  };
  const renewing = setInterval(() => {
    renew().catch((error: unknown) => log.warn({ err: error }, 'readers not renewed'));
  }, RENEW_MS).unref();

  const release = async (connection: Connection, articleId: string) => {
    for (const [set, member] of heldBy(connection, articleId)) await leases.release(set, member);
  };
  const leave = async (connection: Connection, articleId: string) => {
    const watchers = table.get(articleId)?.watchers;
    if (!watchers?.delete(connection)) return;
    if (watchers.size === 0) drop(articleId);
    await release(connection, articleId);
    changed(articleId);
  };
  const shownOn = (connection: Connection): string[] =>
    [...table].flatMap(([articleId, { watchers }]) =>
      watchers.has(connection) ? [articleId] : [],
    );
  const gone = (connection: Connection) => {
    for (const articleId of shownOn(connection))
      leave(connection, articleId).catch((error: unknown) =>
        log.warn({ err: error }, 'a reader was not taken off'),
      );
  };
  const watch = (connection: Connection, articleId: string) => {
    if (table.get(articleId)?.watchers.has(connection)) return;
    if (shownOn(connection).length >= ARTICLES_OF_CONNECTION)
      throw badRequest('Too many articles are open on one connection.');
    open(articleId).watchers.set(connection, { last: '' });
    // Last: a connection that has ended already leaves at once.
    connection.onEnd(gone);
  };
  const readers = async (articleId: string, viewerId: string | null): Promise<Readers> =>
    viewFor(await look(articleId), viewerId);

  return {
    leave,
    readers,
    readingNow,
    /** Counts this connection as a reader until it leaves or ends; answers who reads now. */
    join: async (connection: Connection, articleId: string): Promise<Readers> => {
      watch(connection, articleId);
      await leases.renew(heldBy(connection, articleId), LEASE_MS);
      // It may have gone meanwhile, and its release came before the renewal.
      if (!table.get(articleId)?.watchers.has(connection)) await release(connection, articleId);
      changed(articleId);
      return readers(articleId, viewerOf(connection));
    },
    close: () => {
      clearInterval(renewing);
      for (const articleId of [...table.keys()]) drop(articleId);
    },
  };
};
