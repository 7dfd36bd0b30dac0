import { conflict } from '../errors.ts';
import type { Actor } from '../platform/actor.ts';
import { type Clock, isoAfter } from '../platform/clock.ts';
import { newSecret } from '../platform/ids.ts';
import { hashOf } from './secret.ts';
import { requireSession, type Sessions } from './sessions.ts';
import type { AccountsStore } from './store.ts';

/** A token that nobody has used by then is made anew at the next start. */
const TOKEN_MS = 7 * 86_400_000;

export type Administration = {
  /** A one-time token while there is no administrator, otherwise null. Only its hash is kept. */
  administratorToken(): Promise<string | null>;
  /** Makes the holder of the token an administrator; answers the session's new secret. */
  claimAdministration(actor: Actor, token: string): Promise<{ secret: string }>;
};

type Options = { store: AccountsStore; sessions: Sessions; clock: Clock };

export const createAdministration = ({ store, sessions, clock }: Options): Administration => ({
  administratorToken: async () => {
    if (await store.hasAdministrator()) return null;
    const token = newSecret();
    const now = clock.now();
    const one = { hash: hashOf(token), purpose: 'admin', userId: null, email: null } as const;
    await store.addOneTime({ ...one, expiresAt: isoAfter(now, TOKEN_MS) }, isoAfter(now, 0));
    return token;
  },
  claimAdministration: async (actor, token) => {
    const { userId, via } = requireSession(actor);
    const secret = newSecret();
    const claim = { hash: hashOf(token), now: clock.iso(), userId, sessionId: via.id };
    if (!(await store.claimAdministration({ ...claim, secretHash: hashOf(secret) })))
      throw conflict('This token is not valid, or it has been used.');
    sessions.renewed(via.id);
    return { secret };
  },
});
