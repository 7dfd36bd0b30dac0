import { badRequest, conflict, unauthorized } from '../errors.ts';
import type { Clock } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import type { LoginAttempts } from './attempts.ts';
import { isCommonPassword } from './common-passwords.ts';
import type { LogIn, Me, SignUp } from './contract.ts';
import { meOf } from './directory.ts';
import type { Passwords } from './passwords.ts';
import type { Device, Sessions } from './sessions.ts';
import type { Account, AccountsStore, Holder } from './store.ts';

/** The cookie's secret goes to the browser alone; only its hash is kept. */
export type SignedIn = { me: Me; secret: string };

export type SignIn = {
  /** Throws conflict for a taken username, bad_request for a password everybody tries first. */
  signUp(input: SignUp, device: Device): Promise<SignedIn>;
  /**
   * Throws unauthorized with the same words, after the same work, for a login nobody has, a wrong
   * password and one that came too early.
   */
  logIn(input: LogIn, device: Device): Promise<SignedIn>;
};

const SITE = 'lyceum';
const WRONG = 'That is not right, or it was tried too often: check both, or wait a little.';

type Options = {
  store: AccountsStore;
  sessions: Sessions;
  passwords: Passwords;
  attempts: LoginAttempts;
  clock: Clock;
  /** Told after an account was stored. */
  joined(account: Account): void;
};

export const createSignIn = (options: Options): SignIn => {
  const { store, sessions, passwords, attempts, clock, joined } = options;
  const findHolder = async (login: string): Promise<Holder | null> => {
    const folded = login.trim().toLowerCase();
    if (!folded.includes('@')) return store.findHolder({ username: folded });
    return (await store.findHoldersByEmail(folded))[0] ?? null;
  };
  const isKnownAddress = async (holder: Holder | null, ip: string): Promise<boolean> => {
    if (!holder) return false;
    const open = await store.listSessions(holder.account.id, clock.iso(), 50);
    return open.some((session) => session.ip === ip);
  };
  /** The hash that stands after a login: a new one when today's parameters are higher. */
  const upToDate = async ({ account, passwordHash }: Holder, password: string) => {
    if (!passwords.isOutdated(passwordHash)) return passwordHash;
    const newHash = await passwords.hash(password);
    return (await store.rehashPassword(account.id, passwordHash, newHash)) ? newHash : passwordHash;
  };
  return {
    signUp: async (input, device) => {
      await requireUncommon(input.password, input.username, input.email);
      const account: Account = {
        id: newId(),
        username: input.username,
        name: input.name ?? input.username,
        bio: '',
        avatar: null,
        email: input.email,
        emailVerified: false,
        roles: [],
        settings: {},
        joinedAt: clock.iso(),
      };
      const passwordHash = await passwords.hash(input.password);
      if (!(await store.createAccount(account, passwordHash)))
        throw conflict('This username is taken.');
      joined(account);
      const { secret } = await sessions.open(account.id, passwordHash, device);
      return { me: meOf(account), secret };
    },
    logIn: async ({ login, password }, device) => {
      const holder = await findHolder(login);
      const attempt = {
        login: holder?.account.id ?? login.trim().toLowerCase(),
        ip: device.ip,
        known: await isKnownAddress(holder, device.ip),
      };
      const inTime = await attempts.begin(attempt);
      const right = await passwords.verify(holder?.passwordHash ?? null, password);
      if (!holder || !right || !inTime) throw unauthorized(WRONG);
      await attempts.succeeded(attempt);
      const passwordHash = await upToDate(holder, password);
      const { secret } = await sessions.open(holder.account.id, passwordHash, device);
      return { me: meOf(holder.account), secret };
    },
  };
};

/** Throws bad_request for a password that is among the first to be tried. */
export const requireUncommon = async (
  password: string,
  username: string,
  email: string,
): Promise<void> => {
  const names = [username, email.split('@')[0] ?? '', SITE];
  if (await isCommonPassword(password, names))
    throw badRequest('Choose another one: this is among the first that are tried.', 'password');
};
