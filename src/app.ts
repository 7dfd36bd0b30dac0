import { accountsRoutes } from './accounts/routes.ts';
import { articlesEvents } from './articles/events.ts';
import { articlesRoutes } from './articles/routes.ts';
import type { Config } from './config.ts';
import type { Ready } from './contract.ts';
import { coursesRoutes } from './courses/routes.ts';
import { discoveryRoutes } from './discovery/routes.ts';
import type { AskHandlers } from './edge/asks.ts';
import { addDocuments } from './edge/documents.ts';
import { createHttp } from './edge/http.ts';
import { addOperations } from './edge/operations.ts';
import { createSockets } from './edge/sockets.ts';
import { createLog, type Logger, named } from './log.ts';
import { notificationsEvents } from './notifications/events.ts';
import { notificationsRoutes } from './notifications/routes.ts';
import { openStores } from './open-stores.ts';
import { pagesRoutes } from './pages/routes.ts';
import { peopleEvents } from './people/events.ts';
import { peopleRoutes } from './people/routes.ts';
import { type Clock, systemClock } from './platform/clock.ts';
import type { Connection } from './platform/connections.ts';
import { createLive } from './platform/live.ts';
import { createMailer } from './platform/mail.ts';
import { openShared } from './platform/open-shared.ts';
import { presenceEvents } from './presence/events.ts';
import { roomsEvents } from './rooms/events.ts';
import { roomsRoutes } from './rooms/routes.ts';
import { createServices, type Services } from './services.ts';

export type App = {
  /** Where it listens. */
  url: string;
  services: Services;
  /** The one-time token that makes its holder the first administrator; null when there is one. */
  administratorToken(): Promise<string | null>;
  /** Whether nobody has published anything yet. */
  isEmpty(): Promise<boolean>;
  /** Ends gracefully: clients are told to come back, what was begun is finished. */
  drain(): Promise<void>;
  /** Ends at once, without losing anything that was acknowledged. */
  close(): Promise<void>;
};

/** How long the connections may take to leave at a drain. */
const LEAVE_MS = 5_000;

const addRoutes = async (
  http: Awaited<ReturnType<typeof createHttp>>,
  services: Services,
  config: Config,
) => {
  await http.register(accountsRoutes({ accounts: services.accounts, config }));
  await http.register(peopleRoutes(services));
  await http.register(roomsRoutes(services));
  await http.register(articlesRoutes(services));
  await http.register(coursesRoutes(services));
  await http.register(discoveryRoutes(services));
  await http.register(notificationsRoutes(services));
  await http.register(
    pagesRoutes({ ...services, origin: config.origins[0] ?? '', devPages: config.devPages }),
  );
};

const socketEvents = (services: Services): AskHandlers => ({
  ...peopleEvents(services),
  ...presenceEvents(services),
  ...roomsEvents(services),
  ...articlesEvents(services),
  ...notificationsEvents(services),
});

/** Subscribes a connection to what is its own; then counts, so that nothing falls between. */
const welcome = async (
  { accounts, presence, rooms, notifications }: Services,
  connection: Connection,
): Promise<Pick<Ready, 'me' | 'rooms' | 'notifications'>> => {
  const { actor } = connection;
  if (!actor) return { me: null, rooms: [], notifications: { unread: 0 } };
  presence.connected(connection);
  const [me, summaries, unread] = await Promise.all([
    accounts.me(actor),
    rooms.welcome(connection),
    notifications.unread(actor.userId),
  ]);
  return { me, rooms: summaries, notifications: { unread } };
};

/** The whole server: opens everything, wires everything, listens, and closes what it opened. */
export const createApp = async (
  config: Config,
  overrides: { log?: Logger; clock?: Clock } = {},
): Promise<App> => {
  const log = overrides.log ?? createLog(config.logLevel);
  const clock = overrides.clock ?? systemClock;
  const opened = { shared: await openShared(config, clock, log), stores: await openStores(config) };
  const { shared, stores } = config.fault
    ? (await import('./dev/faults.ts')).plant(config.fault, opened)
    : opened;
  const live = createLive(shared.bus);
  const mailer = await createMailer(config.smtpUrl, config.origins[0] ?? '', named(log, 'mail'));
  const services = createServices({ config, stores, shared, live, mailer, clock, log });
  const { authenticate, stillValid } = services.accounts;
  let draining = false;

  const http = await createHttp({ config, log, limits: shared.limits, authenticate });
  await addRoutes(http, services, config);
  addDocuments(http);
  addOperations(http, {
    store: stores.kind,
    bus: () => ({ kind: shared.bus.kind, healthy: shared.bus.healthy() }),
    version: config.version,
    isDraining: () => draining,
    checkStore: stores.check,
    connections: () => sockets.count(),
  });
  const sockets = createSockets({
    server: http.server,
    config,
    log: named(log, 'sockets'),
    limits: shared.limits,
    live,
    handlers: socketEvents(services),
    authenticate,
    stillValid,
    welcome: async (connection) => ({
      ...(await welcome(services, connection)),
      epoch: stores.epoch,
      serverTime: clock.iso(),
    }),
  });
  const url = await http.listen({
    port: config.port,
    host: config.host,
    listenTextResolver: (address) => `listening at ${address}`,
  });

  const close = async () => {
    await sockets.close();
    await http.close();
    await services.close();
    live.close();
    mailer.close();
    await shared.close();
    await stores.close();
  };
  return {
    url,
    services,
    administratorToken: services.accounts.administratorToken,
    isEmpty: async () => (await services.articles.list(null, { limit: 1 })).items.length === 0,
    drain: async () => {
      draining = true;
      await sockets.drain(LEAVE_MS);
      await close();
    },
    close,
  };
};
