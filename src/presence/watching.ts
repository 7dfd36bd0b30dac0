import type { Connection } from '../platform/connections.ts';
import type { Status } from './contract.ts';

/** One connection that is told of others: of friends always, of rows on its screen for a while. */
export type Watcher = {
  readonly connection: Connection;
  readonly userId: string;
  /** The last status told of each person; nothing told yet counts as offline. */
  told: Map<string, Status> | null;
  friends: Set<string> | null;
  rows: ReadonlySet<string>;
  rowsUntil: number;
};

/** Of connections that have none, which is most as to rows: they share this. */
const none: ReadonlySet<string> = new Set();

/** Who is told of whom, among the connections of this process; `left`: nobody sees them any more. */
export const createWatching = (left: (userId: string) => void) => {
  const watchers = new Map<Connection, Watcher>();
  const byPerson = new Map<string, Set<Watcher>>();

  const see = (watcher: Watcher, userId: string) => {
    const seeing = byPerson.get(userId) ?? new Set();
    byPerson.set(userId, seeing.add(watcher));
  };
  const unsee = (watcher: Watcher, userId: string) => {
    if (watcher.friends?.has(userId) || watcher.rows.has(userId)) return;
    watcher.told?.delete(userId);
    const seeing = byPerson.get(userId);
    if (!seeing?.delete(watcher) || seeing.size > 0) return;
    byPerson.delete(userId);
    left(userId);
  };
  const setRows = (watcher: Watcher, rows: readonly string[], until: number) => {
    if (!watchers.has(watcher.connection)) return;
    const before = watcher.rows;
    watcher.rows = rows.length > 0 ? new Set(rows) : none;
    watcher.rowsUntil = until;
    for (const id of watcher.rows) see(watcher, id);
    for (const id of before) unsee(watcher, id);
  };

  return {
    add: (connection: Connection, userId: string): Watcher => {
      const watcher: Watcher = {
        connection,
        userId,
        told: null,
        friends: null,
        rows: none,
        rowsUntil: 0,
      };
      watchers.set(connection, watcher);
      return watcher;
    },
    tell: (watcher: Watcher, userId: string, status: Status): void => {
      watcher.told ??= new Map();
      watcher.told.set(userId, status);
    },
    of: (connection: Connection): Watcher | undefined => watchers.get(connection),
    remove: (connection: Connection): void => {
      const watcher = watchers.get(connection);
      if (!watcher) return;
      watchers.delete(connection);
      const seen = [...(watcher.friends ?? none), ...watcher.rows];
      watcher.friends = null;
      watcher.rows = none;
      for (const id of seen) unsee(watcher, id);
    },
    /** Follows a person as a friend, or no longer. */
    follow: (watcher: Watcher, userId: string, isFriend: boolean): void => {
      if (!watchers.has(watcher.connection)) return;
      if (isFriend) {
        watcher.friends ??= new Set();
        watcher.friends.add(userId);
        see(watcher, userId);
      } else {
        watcher.friends?.delete(userId);
        unsee(watcher, userId);
      }
    },
    /** Follows these rows instead of the former ones, until then. */
    setRows,
    /** Forgets the rows of those who did not ask again. */
    expire: (now: number): void => {
      for (const watcher of watchers.values())
        if (watcher.rows.size > 0 && watcher.rowsUntil <= now) setRows(watcher, [], 0);
    },
    isWatched: (userId: string): boolean => byPerson.has(userId),
    watched: (): string[] => [...byPerson.keys()],
    watchersOf: (userId: string): Watcher[] => [...(byPerson.get(userId) ?? [])],
    /** The connections of one person. */
    watchersBy: (userId: string): Watcher[] =>
      [...watchers.values()].filter((watcher) => watcher.userId === userId),
    /** How much is held, to see that it goes down to nothing. */
    size: (): number => watchers.size + byPerson.size,
  };
};
export type Watching = ReturnType<typeof createWatching>;
