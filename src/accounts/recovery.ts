import { conflict, DomainError, notFound, rateLimited } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Actor } from '../platform/actor.ts';
import { type Clock, isoAfter } from '../platform/clock.ts';
import { newSecret } from '../platform/ids.ts';
import type { Bucket, Limits } from '../platform/limits.ts';
import type { Mail, Mailer } from '../platform/mail.ts';
import type { LoginAttempts } from './attempts.ts';
import type { PasswordChange } from './contract.ts';
import type { Passwords } from './passwords.ts';
import { hashOf } from './secret.ts';
import { requireSession, type Sessions } from './sessions.ts';
import { requireUncommon } from './sign-in.ts';
import type { Account, AccountsStore, OneTime } from './store.ts';

const HOUR_MS = 3_600_000;
const VERIFY_MS = 24 * HOUR_MS;
const RESET_MS = HOUR_MS;
/** Mails of one kind to one account: 4 an hour. */
const mails: Bucket = { burst: 4, refillMs: HOUR_MS / 4 };

export type Recovery = {
  /** Mails a link that proves the address. Never waits for the mail, never fails by it. */
  askForProof(account: Account): Promise<void>;
  /** The same for somebody who asks for another mail; throws rate_limited. */
  sendProofAgain(actor: Actor): Promise<void>;
  /** Throws not_found for a link that is used or old, conflict when the address is another's. */
  verifyEmail(token: string): Promise<{ userId: string }>;
  /** Mails a link to set a new password, when there is one account to send it to; says nothing. */
  askForReset(email: string): Promise<void>;
  /** Throws not_found for a link that is used or old. Ends every session and token. */
  resetPassword(token: string, password: string): Promise<void>;
  /** Answers the session's new secret; the other sessions end. Throws forbidden for a wrong one. */
  changePassword(actor: Actor, change: PasswordChange): Promise<{ secret: string }>;
};

type Options = {
  store: AccountsStore;
  sessions: Sessions;
  passwords: Passwords;
  attempts: LoginAttempts;
  limits: Limits;
  mailer: Mailer;
  clock: Clock;
  log: Logger;
  /** Where mailed links lead: from the configuration, never from a request. */
  origin: string;
};

export const createRecovery = (options: Options): Recovery => {
  const { store, sessions, passwords, attempts, limits, clock, origin } = options;
  const post = (mail: Mail) => {
    options.mailer
      .send(mail)
      .catch((error: unknown) => options.log.warn({ err: error }, 'a mail was not sent'));
  };
  const newOneTime = async (purpose: OneTime['purpose'], account: Account, lifeMs: number) => {
    const secret = newSecret();
    const now = clock.now();
    const one: OneTime = {
      hash: hashOf(secret),
      purpose,
      userId: account.id,
      email: account.email.toLowerCase(),
      expiresAt: isoAfter(now, lifeMs),
    };
    await store.addOneTime(one, isoAfter(now, 0));
    return secret;
  };
  const askForProof = async (account: Account) => {
    const token = await newOneTime('verify', account, VERIFY_MS);
    post(proofMail(account, `${origin}/verify?token=${token}`));
  };
  const sendReset = async (account: Account) => {
    if ((await limits.take(`reset:${account.id}`, mails)) > 0) return;
    const token = await newOneTime('reset', account, RESET_MS);
    post(resetMail(account, `${origin}/reset?token=${token}`));
  };
  return {
    askForProof,
    sendProofAgain: async ({ userId }) => {
      const [account] = await store.findAccounts([userId]);
      if (!account || account.emailVerified) return;
      const wait = await limits.take(`proof:${userId}`, mails);
      if (wait > 0) throw rateLimited(wait);
      await askForProof(account);
    },
    verifyEmail: async (token) => {
      const result = await store.verifyEmail(hashOf(token), clock.iso());
      if (result.outcome === 'verified') return { userId: result.userId };
      if (result.outcome === 'taken') throw conflict('This address belongs to another account.');
      throw oldLink();
    },
    askForReset: async (email) => {
      const holders = await store.findHoldersByEmail(email.toLowerCase());
      const [first] = holders;
      if (!first || !(first.account.emailVerified || holders.length === 1)) return;
      // Not waited for: the answer must not take longer when there is an account.
      sendReset(first.account).catch((error: unknown) =>
        options.log.warn({ err: error }, 'no link for a reset was sent'),
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
    changePassword: async (actor, { current, next }) => {
      const { userId, via } = requireSession(actor);
      const holder = await store.findHolder({ id: userId });
      if (!holder) throw notFound('account');
      const attempt = { login: userId, ip: via.id, known: true };
      const inTime = await attempts.begin(attempt);
      const right = await passwords.verify(holder.passwordHash, current);
      if (!right || !inTime) throw wrongPassword;
      await attempts.succeeded(attempt);
      await requireUncommon(next, holder.account.username, holder.account.email);
      const secret = newSecret();
      const endedIds = await store.changePassword({
        userId,
        passwordHash: await passwords.hash(next),
        sessionId: via.id,
        secretHash: hashOf(secret),
      });
      sessions.renewed(via.id);
      sessions.ended(endedIds);
      return { secret };
    },
  };
};

const oldLink = () => notFound('link; it works once, and not for ever');

const wrongPassword = new DomainError('forbidden', 'The password is not right.', {
  errors: [{ path: 'current', message: 'is not right' }],
});

const proofMail = ({ name, email }: Account, link: string): Mail => ({
  to: email,
  subject: 'Confirm your address',
  text: `Hello ${name},\n\nsomebody (you, we hope) joined Lyceum with this address. To confirm it, open\n\n${link}\n\nThe link works once, for 24 hours. If it was not you, ignore this mail.\n`,
});

const resetMail = ({ name, username, email }: Account, link: string): Mail => ({
  to: email,
  subject: 'Set a new password',
  text: `Hello ${name},\n\nto set a new password for @${username} on Lyceum, open\n\n${link}\n\nThe link works once, for one hour. If you did not ask for it, ignore this mail: nothing changes.\n`,
});
