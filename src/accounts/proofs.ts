import { conflict, rateLimited } from '../errors.ts';
import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import type { Limits } from '../platform/limits.ts';
import { type Links, mailBucket, oldLink } from './links.ts';
import { proofMail } from './mails.ts';
import { hashOf } from './secret.ts';
import type { Account, AccountsStore } from './store.ts';

const LIFE_MS = 24 * 3_600_000;

export type Proofs = {
  /** Mails a link that proves the account's address. */
  askForProof(account: Account): Promise<void>;
  /** The same for somebody who asks for another mail; throws rate_limited. */
  sendProofAgain(actor: Actor): Promise<void>;
  /** Throws not_found for a link that is used or old, conflict when the address is another's. */
  verifyEmail(token: string): Promise<{ userId: string }>;
};

type Options = { store: AccountsStore; links: Links; limits: Limits; clock: Clock };

/** Whether an address is really its account's. */
export const createProofs = ({ store, links, limits, clock }: Options): Proofs => {
  const askForProof = async (account: Account) =>
    links.post(proofMail(account, await links.make('verify', account, LIFE_MS)));
  return {
    askForProof,
    sendProofAgain: async ({ userId }) => {
      const [account] = await store.findAccounts([userId]);
      if (!account || account.emailVerified) return;
      const wait = await limits.take(`proof:${userId}`, mailBucket);
      if (wait > 0) throw rateLimited(wait);
      await askForProof(account);
    },
    verifyEmail: async (token) => {
      const result = await store.verifyEmail(hashOf(token), clock.iso());
      if (result.outcome === 'verified') return { userId: result.userId };
      if (result.outcome === 'taken') throw conflict('This address belongs to another account.');
      throw oldLink();
    },
  };
};
