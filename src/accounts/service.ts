import { notFound } from '../errors.ts';
import { type Logger, named } from '../log.ts';
import type { Actor } from '../platform/actor.ts';
import type { Bus } from '../platform/bus.ts';
import type { Clock } from '../platform/clock.ts';
import { createHook, type Hook } from '../platform/hook.ts';
import type { Limits } from '../platform/limits.ts';
import type { Live } from '../platform/live.ts';
import type { Mailer } from '../platform/mail.ts';
import { type Administration, createAdministration } from './administration.ts';
import { createLoginAttempts } from './attempts.ts';
import type { Me, MeChange } from './contract.ts';
import { createDirectory, type Directory, meOf } from './directory.ts';
import { createLinks } from './links.ts';
import { type ChangePassword, createPasswordChange } from './password-change.ts';
import { createPasswords, type Passwords } from './passwords.ts';
import { createProofs, type Proofs } from './proofs.ts';
import { createResets, type Resets } from './resets.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createSignIn, type SignIn } from './sign-in.ts';
import type { Account, AccountsStore } from './store.ts';
import { createTokens, type Tokens } from './tokens.ts';

export type { Credentials } from './passes.ts';
export type { Device } from './sessions.ts';
export type { SignedIn } from './sign-in.ts';

export type Accounts = Omit<Directory, 'changed'> &
  Omit<Sessions, 'open' | 'ended' | 'renewed'> &
  SignIn &
  Tokens &
  Omit<Proofs, 'askForProof'> &
  Resets &
  ChangePassword &
  Administration & {
    /** The actor's own account. Throws not_found. */
    me(actor: Actor): Promise<Me>;
    changeMe(actor: Actor, change: MeChange): Promise<Me>;
    /** After somebody has joined, and after a person's name, words or settings have changed. */
    changed: Hook<{ userId: string; me: Me }>;
  };

type Options = {
  store: AccountsStore;
  live: Pick<Live, 'end'>;
  bus: Bus;
  limits: Limits;
  mailer: Mailer;
  clock: Clock;
  log: Logger;
  config: { origins: readonly string[]; sessionDays: number; rateScale: number };
  passwords?: Passwords;
};

/** Accounts, their sessions and tokens, and everything that proves who somebody is. */
export const createAccounts = (options: Options): Accounts => {
  const { store, live, bus, limits, mailer, clock, config } = options;
  const log = named(options.log, 'accounts');
  const passwords = options.passwords ?? createPasswords();
  const attempts = createLoginAttempts({ store, clock, scale: config.rateScale });
  const changed = createHook<{ userId: string; me: Me }>(log, 'accounts.changed');
  const { changed: learn, ...directory } = createDirectory({ store, bus, clock });
  const sessions = createSessions({ store, live, clock, log, sessionDays: config.sessionDays });
  const origin = config.origins[0] ?? '';
  const proving = { store, sessions, passwords, attempts, clock };
  const links = createLinks({ store, mailer, clock, log, origin });
  const { askForProof, ...proofs } = createProofs({ store, links, limits, clock });
  const joined = (account: Account) => {
    announce(account).catch((error: unknown) => log.warn({ err: error }, 'not announced'));
    askForProof(account).catch((error: unknown) => log.warn({ err: error }, 'no proof was asked'));
  };
  const signIn = createSignIn({ ...proving, joined });
  const administration = createAdministration({ store, sessions, clock });

  const own = async (userId: string): Promise<Account> => {
    const [account] = await store.findAccounts([userId]);
    if (!account) throw notFound('account');
    return account;
  };
  const announce = async (account: Account): Promise<Me> => {
    learn(account);
    const me = meOf(account);
    await changed.emit({ userId: account.id, me });
    return me;
  };
  const { open: _open, ended: _ended, renewed: _renewed, ...ownSessions } = sessions;
  return {
    ...directory,
    ...ownSessions,
    ...signIn,
    ...createTokens({ store, sessions, clock }),
    ...proofs,
    ...createResets({ ...proving, links, limits, log }),
    ...createPasswordChange(proving),
    ...administration,
    verifyEmail: async (token) => {
      const proven = await proofs.verifyEmail(token);
      await announce(await own(proven.userId));
      return proven;
    },
    claimAdministration: async (actor, token) => {
      const claimed = await administration.claimAdministration(actor, token);
      await announce(await own(actor.userId));
      return claimed;
    },
    me: async (actor) => meOf(await own(actor.userId)),
    changeMe: async ({ userId }, change) => {
      const account = await store.changeAccount(userId, change);
      if (!account) throw notFound('account');
      return announce(account);
    },
    changed,
  };
};
