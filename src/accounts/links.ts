import { notFound } from '../errors.ts';
import type { Logger } from '../log.ts';
import { type Clock, isoAfter } from '../platform/clock.ts';
import { newSecret } from '../platform/ids.ts';
import type { Bucket } from '../platform/limits.ts';
import type { Mail, Mailer } from '../platform/mail.ts';
import { hashOf } from './secret.ts';
import type { Account, AccountsStore } from './store.ts';

/** Mails of one kind to one account: 4 an hour. */
export const mailBucket: Bucket = { burst: 4, refillMs: 900_000 };

export type Links = {
  /** Stores the secret of a link for this account and its address; answers the link. */
  make(purpose: 'verify' | 'reset', account: Account, lifeMs: number): Promise<string>;
  /** Sends without being waited for: a mail that fails is logged, and can be asked for again. */
  post(mail: Mail): void;
};

type Options = {
  store: AccountsStore;
  mailer: Mailer;
  clock: Clock;
  log: Logger;
  /** Where mailed links lead: from the configuration, never from a request. */
  origin: string;
};

export const createLinks = ({ store, mailer, clock, log, origin }: Options): Links => ({
  make: async (purpose, account, lifeMs) => {
    const secret = newSecret();
    const now = clock.now();
    const email = account.email.toLowerCase();
    const one = { hash: hashOf(secret), purpose, userId: account.id, email };
    await store.addOneTime({ ...one, expiresAt: isoAfter(now, lifeMs) }, isoAfter(now, 0));
    return `${origin}/${purpose}?token=${secret}`;
  },
  post: (mail) => {
    mailer.send(mail).catch((error: unknown) => log.warn({ err: error }, 'a mail was not sent'));
  },
});

/** For a link that was used, is too old, or never was. */
export const oldLink = () => notFound('link; it works once, and not for ever');
