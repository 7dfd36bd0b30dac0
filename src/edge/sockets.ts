import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { Server, type Socket } from 'socket.io';
import type { Config } from '../config.ts';
import type { Ready } from '../contract.ts';
import { DomainError, unauthorized, unavailable } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Actor } from '../platform/actor.ts';
import type { Connection } from '../platform/connections.ts';
import { encode } from '../platform/frame.ts';
import type { Limits } from '../platform/limits.ts';
import type { Live } from '../platform/live.ts';
import { addressOf } from './address.ts';
import { type AskContext, type AskHandlers, createAnswerer } from './asks.ts';
import { type Authenticate, credentialsOf } from './credentials.ts';
import { createHeartbeats, PING_EVERY_MS, PONG_WITHIN_MS } from './heartbeats.ts';
import { forgetHandshake, trimLists, withoutRooms } from './lean.ts';
import { createConnection } from './socket-connection.ts';

const MAX_PER_PERSON = 20;
const MAX_PER_PROCESS = 5_000;
/** How often every session is looked up again, so that a revocation holds without Redis. */
const RECHECK_MS = 10_000;
/** So many refused asks in 10 s end the connection. */
const FLOOD = 200;
const FLOOD_MS = 10_000;
/** Clients come back after a drain spread over so long. */
const COME_BACK_MS = 10_000;

type Options = {
  server: HttpServer;
  config: Config;
  log: Logger;
  limits: Limits;
  live: Live;
  handlers: AskHandlers;
  authenticate: Authenticate;
  /** Which of these sessions and tokens are still good. */
  stillValid(viaIds: string[]): Promise<Set<string>>;
  /** Subscribes a new connection to what is its own, and gives the `ready` payload. */
  welcome(connection: Connection): Promise<Ready>;
};

export type Sockets = {
  count(): number;
  /** Tells every client to come back later, spread out, and ends the connections in slices. */
  drain(withinMs: number): Promise<void>;
  close(): Promise<void>;
};

const createServer = ({ server, config }: Options): Server => {
  const isAllowed = ({ headers }: IncomingMessage): boolean =>
    (headers.origin === undefined || config.origins.includes(headers.origin)) &&
    io.engine.clientsCount < MAX_PER_PROCESS;
  const io: Server = new Server(server, {
    transports: ['websocket'],
    allowUpgrades: false,
    serveClient: false,
    connectTimeout: 5_000,
    pingInterval: PING_EVERY_MS,
    pingTimeout: PONG_WITHIN_MS,
    maxHttpBufferSize: 64 * 1_024,
    perMessageDeflate: false,
    allowRequest: (request, decide) => decide(null, isAllowed(request)),
  });
  withoutRooms(io);
  return io;
};

type Handshake = { token?: unknown; anonymous?: unknown };

/**
 * Who connects: by token or by cookie, never by password. With `auth: {anonymous: true}` a client
 * accepts to be nobody, and may then read along where reading is open.
 */
const identify = async (socket: Socket, options: Options): Promise<Actor | null> => {
  const { token, anonymous } = socket.handshake.auth as Handshake;
  const { headers } = socket.request;
  const credentials =
    typeof token === 'string' ? { token } : credentialsOf(headers, options.config.secure);
  const actor = await options.authenticate(credentials);
  if (!actor && anonymous !== true) throw unauthorized();
  if (actor && options.live.connectionsOf(actor.userId).length >= MAX_PER_PERSON)
    throw new DomainError('rate_limited', 'Too many connections of one person.');
  return actor;
};

const asConnectError = (error: unknown): Error => {
  const known = error instanceof DomainError ? error : unavailable('Try again in a moment.');
  return Object.assign(new Error(known.message), { data: { code: known.code } });
};

const admit = (io: Server, options: Options) => {
  const connected = new WeakSet<object>();
  io.use((socket, next) => {
    // A second CONNECT on one connection would get every broadcast again.
    if (connected.has(socket.conn)) return void socket.conn.close();
    connected.add(socket.conn);
    identify(socket, options).then(
      (actor) => {
        socket.data = { actor };
        next();
      },
      (error: unknown) => {
        if (!(error instanceof DomainError)) options.log.error({ err: error }, 'handshake failed');
        next(asConnectError(error));
      },
    );
  });
};

const listen = (socket: Socket, context: AskContext, answer: Answer) => {
  let refused = 0;
  let since = 0;
  socket.onAny((event: string, ...args: unknown[]) => {
    void answer(context, event, args).then(({ ok }) => {
      if (ok) return;
      if (Date.now() - since > FLOOD_MS) [refused, since] = [0, Date.now()];
      refused += 1;
      if (refused > FLOOD) context.connection.end('slow');
    });
  });
};
type Answer = ReturnType<typeof createAnswerer>;

const endRevoked = async ({ live, stillValid }: Options) => {
  const signedIn = [...live.connections()].filter(({ actor }) => actor);
  if (signedIn.length === 0) return;
  const valid = await stillValid([...new Set(signedIn.map(({ actor }) => actor?.via.id ?? ''))]);
  for (const connection of signedIn)
    if (!valid.has(connection.actor?.via.id ?? '')) connection.end('revoked');
};

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The socket edge: WebSocket only, one CONNECT per connection, every ask acked once. */
export const createSockets = (options: Options): Sockets => {
  const { config, log, live } = options;
  const io = createServer(options);
  const answer = createAnswerer(options);
  const heartbeats = createHeartbeats();
  const noteError = (error: Error) => log.debug({ err: error }, 'socket error');
  let draining = false;
  admit(io, options);
  io.on('connection', (socket) => {
    const { actor } = socket.data as { actor: Actor | null };
    const connection = createConnection(socket, actor);
    if (draining) return connection.end('drain', Math.random() * COME_BACK_MS);
    live.add(connection);
    heartbeats.add(connection, socket);
    const ip = addressOf(socket.request, config.trustProxy);
    forgetHandshake(socket);
    listen(socket, { actor, connection, ip }, answer);
    // An error event without a listener would end the process.
    socket.on('error', noteError);
    trimLists(socket);
    options.welcome(connection).then(
      (ready) => connection.send(encode('ready', ready)),
      (error: unknown) => {
        log.error({ err: error }, 'welcome failed');
        socket.disconnect(true);
      },
    );
  });
  const recheck = setInterval(() => {
    endRevoked(options).catch((error: unknown) => log.warn({ err: error }, 'recheck failed'));
  }, RECHECK_MS).unref();

  return {
    count: () => io.engine.clientsCount,
    drain: async (withinMs) => {
      draining = true;
      const all = [...live.connections()];
      const slices = 10;
      const size = Math.ceil(all.length / slices);
      for (let from = 0; from < all.length; from += size) {
        for (const each of all.slice(from, from + size))
          each.end('drain', Math.round(Math.random() * COME_BACK_MS));
        await pause(withinMs / slices);
      }
    },
    close: async () => {
      clearInterval(recheck);
      heartbeats.close();
      // The HTTP server is closed by its owner; only the connections are ours.
      for (const socket of io.sockets.sockets.values()) socket.disconnect(true);
      io.engine.close();
    },
  };
};
