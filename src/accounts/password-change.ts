import { DomainError, notFound } from '../errors.ts';
import type { Actor } from '../platform/actor.ts';
import { newSecret } from '../platform/ids.ts';
import type { LoginAttempts } from './attempts.ts';
import type { PasswordChange } from './contract.ts';
import type { Passwords } from './passwords.ts';
import { hashOf } from './secret.ts';
import { requireSession, type Sessions } from './sessions.ts';
import { requireUncommon } from './sign-in.ts';
import type { AccountsStore } from './store.ts';

export type ChangePassword = {
  /**
   * Answers the session's new secret; the person's other sessions end. Throws forbidden for a
   * wrong password, and for one that was tried too often.
   */
  changePassword(actor: Actor, change: PasswordChange): Promise<{ secret: string }>;
};

type Options = {
  store: AccountsStore;
  sessions: Pick<Sessions, 'ended' | 'renewed'>;
  passwords: Passwords;
  attempts: LoginAttempts;
};

export const createPasswordChange = (options: Options): ChangePassword => {
  const { store, sessions, passwords, attempts } = options;
  /** The old password counts like a log-in from this session: it cannot be guessed here either. */
  const requireRight = async ({ userId, via }: Actor, password: string) => {
    const holder = await store.findHolder({ id: userId });
    if (!holder) throw notFound('account');
    const attempt = { login: userId, ip: via.id, known: true };
    const inTime = await attempts.begin(attempt);
    const isRight = await passwords.verify(holder.passwordHash, password);
    if (!isRight || !inTime) throw wrongPassword();
    await attempts.succeeded(attempt);
    return holder.account;
  };
  return {
    changePassword: async (actor, { current, next }) => {
      const { userId, via } = requireSession(actor);
      const { username, email } = await requireRight(actor, current);
      await requireUncommon(next, username, email);
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

const wrongPassword = () =>
  new DomainError('forbidden', 'The password is not right.', {
    errors: [{ path: 'current', message: 'is not right' }],
  });
