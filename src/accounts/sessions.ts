import { forbidden, notFound, unauthorized } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import { newId, newSecret } from '../platform/ids.ts';
import type { Live } from '../platform/live.ts';
import type { Session } from './contract.ts';
import { type Credentials, createPasses, expiry } from './passes.ts';
import { hashOf } from './secret.ts';
import type { AccountsStore, StoredSession } from './store.ts';

const DAY_MS = 86_400_000;
const MAX_SESSIONS = 50;

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
  const maxMs = sessionDays * DAY_MS;
  const passes = createPasses({ store, clock, log, maxMs });

  const ended = (viaIds: string[]) => {
    if (viaIds.length === 0) return;
    passes.forget(viaIds);
    live.end({ viaIds, reason: 'revoked' });
  };

  return {
    authenticate: passes.authenticate,
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
      passes.forget([via.id]);
      live.end({ viaIds: [via.id], reason: 'logout' });
    },
    endOtherSessions: async ({ userId, via }) =>
      ended(await store.removeOtherSessions(userId, via.id)),
    renewed: (id) => passes.forget([id]),
    ended,
  };
};

/** For what a leaked token must not be enough; throws forbidden. */
export const requireSession = (actor: Actor): Actor => {
  if (actor.via.kind !== 'session') throw forbidden('This needs a session, not a token.');
  return actor;
};

const sessionOf = ({ id, ip, agent, createdAt, lastUsedAt }: StoredSession) => ({
  id,
  ip,
  agent,
  createdAt,
  lastUsedAt,
});
