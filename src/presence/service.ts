import type { Accounts } from '../accounts/service.ts';
import type { Logger } from '../log.ts';
import type { People } from '../people/service.ts';
import type { Actor } from '../platform/actor.ts';
import type { Bus } from '../platform/bus.ts';
import type { Clock } from '../platform/clock.ts';
import type { Connection } from '../platform/connections.ts';
import type { Leases } from '../platform/leases.ts';
import type { PersonStatus } from './contract.ts';
import { createDevices } from './devices.ts';
import { createKnown } from './known.ts';
import { createNews } from './news.ts';
import { createRounds } from './rounds.ts';
import { createStates, maySee } from './states.ts';
import type { PresenceStore } from './store.ts';
import { createViews } from './views.ts';
import { createWatching, type Watcher } from './watching.ts';
import { createWork } from './work.ts';

export type OwnStatus = 'online' | 'away' | 'busy' | 'invisible';

export type Presence = {
  /** A new connection makes its person present, and hears of their friends from now on. */
  connected(connection: Connection): void;
  /** How the viewer may see each of these people; `viewerId` null: not signed in. */
  statuses(viewerId: string | null, userIds: readonly string[]): Promise<Map<string, PersonStatus>>;
  /** Some of the people who are here now and let everybody know it. */
  onlineIds(limit: number): Promise<string[]>;
  /** Online and away are this device's; busy and invisible the person's, until changed. */
  set(actor: Actor, connection: Connection, status: OwnStatus): Promise<void>;
  /** Tells this connection of these people for ten minutes, instead of those asked for before. */
  subscribe(
    actor: Actor,
    connection: Connection,
    userIds: readonly string[],
  ): Promise<PersonStatus[]>;
  /** One turn of what is done regularly; `start` does it four times a second. */
  tick(): Promise<void>;
  start(): void;
  /** Resolves when what was begun is done. */
  settled(): Promise<void>;
  /** Lets the other processes know who leaves; resolves when all is written. */
  close(): Promise<void>;
  /** People and connections held in memory, to see that they come down to none. */
  size(): number;
};

export type PresenceOptions = {
  store: PresenceStore;
  accounts: Pick<Accounts, 'settingsOf' | 'changeMe' | 'changed'>;
  people: Pick<People, 'closeness' | 'friendIds' | 'regarded'>;
  leases: Leases;
  bus: Bus;
  clock: Clock;
  log: Logger;
  /** Milliseconds on a clock that never steps; for intervals. */
  elapsed?: () => number;
};

const TICK_MS = 250;
const ROWS_MS = 10 * 60_000;
/** People looked through for those who show themselves to everybody. */
const EVERYBODY_MAX = 1_000;

/** Who is here, for whom. Durations are milliseconds. */
export const createPresence = (options: PresenceOptions): Presence => {
  const { store, accounts, people, leases, bus, clock, log } = options;
  const elapsed = options.elapsed ?? (() => performance.now());
  const work = createWork(log);
  const devices = createDevices({ leases, store, accounts, clock, elapsed });
  const states = createStates({ leases, accounts });
  const watching = createWatching((userId) => known.forget(userId));
  const known = createKnown({
    states,
    leases,
    isHere: devices.isHere,
    isWatched: watching.isWatched,
    elapsed,
  });
  const views = createViews({ store, accounts, people });
  const news = createNews({ known, views, watching, people });
  const parts = { devices, watching, known, news, people, leases, bus, elapsed, work };
  const rounds = createRounds(parts);
  let timer: NodeJS.Timeout | undefined;
  accounts.changed.on(({ userId }) => rounds.give({ chose: [userId] }));
  people.regarded.on(({ userIds }) => rounds.give({ regarded: [userIds] }));

  const gone = (connection: Connection) => {
    watching.remove(connection);
    if (!devices.has(connection)) return;
    work.run(devices.end(connection));
    rounds.give({ leaving: [connection.actor?.userId ?? ''] });
  };
  const watch = (connection: Connection, userId: string): Watcher => {
    const watcher = watching.add(connection, userId);
    // Last: a connection that has ended already is forgotten at once.
    connection.onEnd(gone);
    return watcher;
  };
  /** From here on the connection is told when a friend comes or goes, not who is here already. */
  const followFriends = async (watcher: Watcher): Promise<void> => {
    const friendIds = await people.friendIds(watcher.userId);
    for (const id of friendIds) watching.follow(watcher, id, true);
    await known.learn(friendIds);
    for (const id of friendIds) {
      const state = known.get(id);
      const visible = maySee(watcher.userId, id, state, { friend: true, blocked: false });
      const isNew = watcher.friends?.has(id) && !watcher.told?.has(id);
      if (isNew) watching.tell(watcher, id, visible ? state.status : 'offline');
    }
  };

  return {
    connected: (connection) => {
      const userId = connection.actor?.userId;
      if (!userId) return;
      const arriving = devices.add(connection, userId);
      const watcher = watch(connection, userId);
      const arrival = arriving.then(() => {
        rounds.give({ moved: [userId] });
        return followFriends(watcher);
      });
      work.run(arrival);
    },

    statuses: async (viewerId, userIds) => {
      const found = await known.read(userIds);
      const shown = await views.of(viewerId, userIds, (id) => found.get(id));
      return new Map(shown.map((status) => [status.userId, status]));
    },

    onlineIds: async (limit) => {
      const ids = (await devices.everybody()).slice(0, EVERYBODY_MAX);
      const settings = await accounts.settingsOf(ids);
      const isOpen = (id: string) => {
        const own = settings.get(id);
        return own?.presence === 'everyone' && own.status !== 'invisible';
      };
      return ids.filter(isOpen).slice(0, limit);
    },

    set: async (actor, connection, status) => {
      const { userId } = actor;
      // Whoever chooses something else than being away is there.
      await devices.set(connection, status === 'away' ? 'away' : 'online');
      const choice = status === 'busy' || status === 'invisible' ? status : 'auto';
      const before = (await accounts.settingsOf([userId])).get(userId)?.status;
      if (before !== choice) await accounts.changeMe(actor, { settings: { status: choice } });
      rounds.give({ moved: [userId] });
    },

    subscribe: async (actor, connection, userIds) => {
      const watcher = watching.of(connection) ?? watch(connection, actor.userId);
      watching.setRows(watcher, userIds, elapsed() + ROWS_MS);
      await known.learn(userIds);
      const before = new Map(userIds.map((id) => [id, known.get(id)]));
      const isStill = rounds.watchForDoubt();
      const shown = await views.of(watcher.userId, userIds, (id) => before.get(id));
      for (const { userId, status } of shown) {
        if (watcher.rows.has(userId)) watching.tell(watcher, userId, status);
        // What changed while this answer was made follows it.
        if (!isStill() || known.get(userId) !== before.get(userId)) rounds.lookAgain(userId);
      }
      return shown;
    },

    tick: rounds.tick,
    start: () => {
      timer = setInterval(() => work.run(rounds.tick()), TICK_MS).unref();
    },
    settled: work.finished,
    close: async () => {
      clearInterval(timer);
      await work.finished();
      rounds.close();
    },
    size: () => watching.size() + known.size(),
  };
};
