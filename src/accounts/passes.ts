import type { Logger } from '../log.ts';
import type { Actor } from '../platform/actor.ts';
import { type Clock, isoAfter } from '../platform/clock.ts';
import { groupedBy } from '../platform/grouped-by.ts';
import { createTogether } from '../platform/together.ts';
import { createPassCache } from './pass-cache.ts';
import { hashOf } from './secret.ts';
import type { AccountsStore, Pass } from './store.ts';

/** A session that is not used for so long ends (7 days). */
const IDLE_MS = 7 * 86_400_000;
/** The last use is written at most so often. */
const TOUCH_MS = 60_000;

type Kind = Actor['via']['kind'];
export type Credentials = { session?: string; token?: string };

export type Passes = {
  /** Who these credentials belong to; null when nobody, or no longer (known within 1 s). */
  authenticate(credentials: Credentials): Promise<Actor | null>;
  /** Looks these sessions and tokens up anew from now on. */
  forget(viaIds: readonly string[]): void;
};

type Options = {
  store: AccountsStore;
  clock: Clock;
  log: Logger;
  /** The longest life of a session. */
  maxMs: number;
};

/** Lets people in by their sessions and tokens: one read, for each of them at most once a second. */
export const createPasses = ({ store, clock, log, maxMs }: Options): Passes => {
  const cache = createPassCache(clock);

  const unusedSince = () => isoAfter(clock.now(), -TOUCH_MS);
  const writeUse = async (kind: Kind, passes: readonly Pass[]) => {
    const use = { lastUsedAt: clock.iso(), unusedSince: unusedSince() };
    const idsOf = (some: readonly Pass[]) => some.map(({ id }) => id);
    if (kind === 'token') await store.touchTokens(idsOf(passes), use);
    else {
      const ends = groupedBy(passes, ({ createdAt }) => expiry(createdAt, clock.now(), maxMs));
      for (const [expiresAt, some] of ends)
        await store.touchSessions(idsOf(some), { ...use, expiresAt });
    }
    return new Map<Pass, never>();
  };
  const touching = {
    session: createTogether((passes: readonly Pass[]) => writeUse('session', passes)),
    token: createTogether((passes: readonly Pass[]) => writeUse('token', passes)),
  };
  const touch = (kind: Kind, pass: Pass) => {
    if (pass.lastUsedAt !== null && pass.lastUsedAt > unusedSince()) return;
    // Who asks does not wait for it; the next request tries again.
    touching[kind]([pass]).catch((error: unknown) =>
      log.warn({ err: error }, 'the last use was not written'),
    );
  };
  const findPass = (kind: Kind, hash: string) =>
    kind === 'session' ? store.findSessionPass(hash, clock.iso()) : store.findTokenPass(hash);

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
    forget: cache.forget,
  };
};

/** When a session that is used now ends: it slides, up to its longest life. */
export const expiry = (createdAt: string, now: number, maxMs: number): string =>
  isoAfter(Math.min(now + IDLE_MS, Date.parse(createdAt) + maxMs), 0);

const actorOf = (kind: Kind, pass: Pass): Actor => ({
  userId: pass.userId,
  username: pass.username,
  roles: pass.roles,
  joinedMs: Date.parse(pass.joinedAt),
  via: { kind, id: pass.id },
});
