import { conflict, forbidden, notFound, unauthorized } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Actor } from '../platform/actor.ts';
import { type Clock, isoAfter } from '../platform/clock.ts';
import { newId, newSecret } from '../platform/ids.ts';
import type { Live } from '../platform/live.ts';
import type { Session, Token } from './contract.ts';
import { createPassCache } from './pass-cache.ts';
import { hashOf } from './secret.ts';
import type { AccountsStore, Pass, StoredSession, StoredToken } from './store.ts';

const DAY_MS = 86_400_000;
/** A session that is not used for so long ends. */
const IDLE_MS = 7 * DAY_MS;
/** The last use is written at most so often. */
const TOUCH_MS = 60_000;
const MAX_SESSIONS = 50;
const MAX_TOKENS = 50;

export type Credentials = { session?: string; token?: string };
/** From where a session is opened. */
export type Device = { ip: string; agent: string };

export type Sessions = {
  /** Who these credentials belong to; null when nobody, or no longer (known within 1 s). */
  authenticate(credentials: Credentials): Promise<Actor | null>;
  /** Which of these ids of sessions and tokens are still good. */
  stillValid(viaIds: string[]): Promise<Set<string>>;
  /** A new session and its secret; unauthorized when the password has changed since it was compared. */
  open(userId: string, passwordHash: string, device: Device): Promise<{ secret: string }>;
  sessions(actor: Actor): Promise<Session[]>;
  /** Ends a session, also on other processes. Throws not_found. */
  endSession(actor: Actor, id: string): Promise<void>;
  logOut(actor: Actor): Promise<void>;
  endOtherSessions(actor: Actor): Promise<void>;
  /** The token is shown this once. Throws conflict with too many of them. */
  createToken(actor: Actor, name: string): Promise<Token & { token: string }>;
  tokens(actor: Actor): Promise<Token[]>;
  deleteToken(actor: Actor, id: string): Promise<void>;
  /** A session goes on under a new secret: the old one lets nobody in from now on. */
  renewed(id: string): void;
  /** Closes the sockets of sessions and tokens that are no more, on every process. */
  ended(viaIds: string[]): void;
};

type Options = {
  store: AccountsStore;
  live: Pick<Live, 'end'>;
  clock: Clock;
  log: Logger;
  sessionDays: number;
};

export const createSessions = ({ store, live, clock, log, sessionDays }: Options): Sessions => {
  const cache = createPassCache(clock);
  const maxMs = sessionDays * DAY_MS;

  const touch = (kind: Actor['via']['kind'], pass: Pass) => {
    const unusedSince = isoAfter(clock.now(), -TOUCH_MS);
    if (pass.lastUsedAt !== null && pass.lastUsedAt > unusedSince) return;
    const lastUsedAt = clock.iso();
    const expiresAt = expiry(pass.createdAt, clock.now(), maxMs);
    const writing =
      kind === 'session'
        ? store.touchSession(pass.id, { lastUsedAt, unusedSince, expiresAt })
        : store.touchToken(pass.id, { lastUsedAt, unusedSince });
    // Who asks does not wait for it; the next request tries again.
    writing.catch((error: unknown) => log.warn({ err: error }, 'the last use was not written'));
  };
  const findPass = (kind: Actor['via']['kind'], hash: string) =>
    kind === 'session' ? store.findSessionPass(hash, clock.iso()) : store.findTokenPass(hash);
  const ended = (viaIds: string[]) => {
    if (viaIds.length === 0) return;
    cache.forget(viaIds);
    live.end({ viaIds, reason: 'revoked' });
  };

  return {
    authenticate: async ({ session, token }) => {
      const secret = token ?? session;
      if (!secret) return null;
      const kind = token === undefined ? 'session' : 'token';
      const hash = hashOf(secret);
      const known = cache.get(kind, hash);
      if (known) return known;
      const forgotten = cache.generation();
      const pass = await findPass(kind, hash);
      if (!pass) return null;
      touch(kind, pass);
      const actor = actorOf(kind, pass);
      cache.set(kind, hash, actor, forgotten);
      return actor;
    },
    stillValid: async (viaIds) => new Set(await store.findValid(viaIds, clock.iso())),
    open: async (userId, passwordHash, { ip, agent }) => {
      const secret = newSecret();
      const now = clock.iso();
      const expiresAt = expiry(now, clock.now(), maxMs);
      const session: StoredSession = {
        id: newId(),
        userId,
        ip,
        agent: agent.slice(0, 300),
        createdAt: now,
        lastUsedAt: now,
        expiresAt,
      };
      const checks = { passwordHash, keep: MAX_SESSIONS };
      if (!(await store.addSession(session, hashOf(secret), checks)))
        throw unauthorized('The password has just been changed.');
      return { secret };
    },
    sessions: async ({ userId, via }) =>
      (await store.listSessions(userId, clock.iso(), MAX_SESSIONS)).map((session) => ({
        ...sessionOf(session),
        current: session.id === via.id,
      })),
    endSession: async ({ userId }, id) => {
      if (!(await store.removeSession(userId, id))) throw notFound('session');
      ended([id]);
    },
    logOut: async ({ userId, via }) => {
      if (via.kind !== 'session') throw forbidden('A token has no session to end.');
      await store.removeSession(userId, via.id);
      cache.forget([via.id]);
      live.end({ viaIds: [via.id], reason: 'logout' });
    },
    endOtherSessions: async ({ userId, via }) =>
      ended(await store.removeOtherSessions(userId, via.id)),
    createToken: async (actor, name) => {
      const { userId } = requireSession(actor);
      const token: StoredToken = {
        id: newId(),
        userId,
        name,
        createdAt: clock.iso(),
        lastUsedAt: null,
      };
      const secret = newSecret();
      if (!(await store.addToken(token, hashOf(secret), MAX_TOKENS)))
        throw conflict(`There are ${MAX_TOKENS} tokens already; delete one first.`);
      return { ...tokenOf(token), token: secret };
    },
    tokens: async ({ userId }) => (await store.listTokens(userId, MAX_TOKENS)).map(tokenOf),
    deleteToken: async ({ userId }, id) => {
      if (!(await store.removeToken(userId, id))) throw notFound('token');
      ended([id]);
    },
    renewed: (id) => cache.forget([id]),
    ended,
  };
};

/** For what a leaked token must not be enough; throws forbidden. */
export const requireSession = (actor: Actor): Actor => {
  if (actor.via.kind !== 'session') throw forbidden('This needs a session, not a token.');
  return actor;
};

const expiry = (createdAt: string, now: number, maxMs: number) =>
  isoAfter(Math.min(now + IDLE_MS, Date.parse(createdAt) + maxMs), 0);

const actorOf = (kind: Actor['via']['kind'], pass: Pass): Actor => ({
  userId: pass.userId,
  username: pass.username,
  roles: pass.roles,
  joinedAt: pass.joinedAt,
  via: { kind, id: pass.id },
});

const sessionOf = ({ id, ip, agent, createdAt, lastUsedAt }: StoredSession) => ({
  id,
  ip,
  agent,
  createdAt,
  lastUsedAt,
});
const tokenOf = ({ id, name, createdAt, lastUsedAt }: StoredToken): Token => ({
  id,
  name,
  createdAt,
  lastUsedAt,
});
