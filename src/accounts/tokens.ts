import { conflict, notFound } from '../errors.ts';
import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import { newId, newSecret } from '../platform/ids.ts';
import type { Token } from './contract.ts';
import { hashOf } from './secret.ts';
import { requireSession, type Sessions } from './sessions.ts';
import type { AccountsStore, StoredToken } from './store.ts';

const MAX_TOKENS = 50;

export type Tokens = {
  /** The token is shown this once. Throws conflict with too many of them. */
  createToken(actor: Actor, name: string): Promise<Token & { token: string }>;
  tokens(actor: Actor): Promise<Token[]>;
  /** Ends it, with its sockets on every process. Throws not_found. */
  deleteToken(actor: Actor, id: string): Promise<void>;
};

type Options = { store: AccountsStore; sessions: Pick<Sessions, 'ended'>; clock: Clock };

/** Personal tokens, for API clients and bots. */
export const createTokens = ({ store, sessions, clock }: Options): Tokens => ({
  createToken: async (actor, name) => {
    const { userId } = requireSession(actor);
    const token = { id: newId(), userId, name, createdAt: clock.iso(), lastUsedAt: null };
    const secret = newSecret();
    if (!(await store.addToken(token, hashOf(secret), MAX_TOKENS)))
      throw conflict(`There are ${MAX_TOKENS} tokens already; delete one first.`);
    return { ...tokenOf(token), token: secret };
  },
  tokens: async ({ userId }) => (await store.listTokens(userId, MAX_TOKENS)).map(tokenOf),
  deleteToken: async ({ userId }, id) => {
    if (!(await store.removeToken(userId, id))) throw notFound('token');
    sessions.ended([id]);
  },
});

const tokenOf = ({ id, name, createdAt, lastUsedAt }: StoredToken): Token => ({
  id,
  name,
  createdAt,
  lastUsedAt,
});
