import type { Logger } from '../log.ts';
import type { Clock } from '../platform/clock.ts';
import type { Limits } from '../platform/limits.ts';
import type { LoginAttempts } from './attempts.ts';
import { type Links, mailBucket, oldLink } from './links.ts';
import { resetMail } from './mails.ts';
import type { Passwords } from './passwords.ts';
import { hashOf } from './secret.ts';
import type { Sessions } from './sessions.ts';
import { requireUncommon } from './sign-in.ts';
import type { Account, AccountsStore } from './store.ts';

const LIFE_MS = 3_600_000;

export type Resets = {
  /** Mails a link to set a new password, when there is one account to send it to; says nothing. */
  askForReset(email: string): Promise<void>;
  /** Throws not_found for a link that is used or old. Ends every session and token. */
  resetPassword(token: string, password: string): Promise<void>;
};

type Options = {
  store: AccountsStore;
  sessions: Pick<Sessions, 'ended'>;
  passwords: Passwords;
  attempts: LoginAttempts;
  links: Links;
  limits: Limits;
  clock: Clock;
  log: Logger;
};

/** A way back in for who has forgotten the password. */
export const createResets = (options: Options): Resets => {
  const { store, sessions, passwords, attempts, links, limits, clock, log } = options;
  const send = async (account: Account) => {
    if ((await limits.take(`reset:${account.id}`, mailBucket)) > 0) return;
    links.post(resetMail(account, await links.make('reset', account, LIFE_MS)));
  };
  return {
    askForReset: async (email) => {
      const holders = await store.findHoldersByEmail(email.toLowerCase());
      const account = holders[0]?.account;
      if (!account || !(account.emailVerified || holders.length === 1)) return;
      // Not waited for: the answer must not take longer when there is an account.
      send(account).catch((error: unknown) =>
        log.warn({ err: error }, 'no link for a reset was sent'),
      );
    },
    resetPassword: async (token, password) => {
      const hash = hashOf(token);
      const userId = (await store.findOneTime(hash, 'reset', clock.iso()))?.userId;
      const [account] = userId ? await store.findAccounts([userId]) : [];
      if (!account) throw oldLink();
      await requireUncommon(password, account.username, account.email);
      const passwordHash = await passwords.hash(password);
      const reset = await store.resetPassword(hash, clock.iso(), passwordHash);
      if (!reset) throw oldLink();
      await attempts.forget(reset.userId);
      sessions.ended(reset.endedIds);
    },
  };
};
