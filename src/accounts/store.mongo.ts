import { trusted } from 'mongoose';
import { guardedStore, isDuplicate, type Mongo } from '../platform/mongo.ts';
import { createTogether } from '../platform/together.ts';
import { type AccountDocument, accountSchema } from './account.mongo.ts';
import { createSecretsMongoStore } from './secrets.mongo.ts';
import { createSessionsMongoStore } from './sessions.mongo.ts';
import type { Account, AccountsStore, Holder } from './store.ts';

export const createAccountsMongoStore = (mongo: Mongo): AccountsStore => {
  const accounts = mongo.connection.model<AccountDocument>('Account', accountSchema, 'accounts');
  const sessions = createSessionsMongoStore(mongo, accounts);
  const secrets = createSecretsMongoStore({ mongo, accounts, sessions });
  const find = async (filter: Record<string, unknown>, limit: number) =>
    (await accounts.find(filter).limit(limit).lean()).map(accountOf);
  const byId = createTogether(async (ids: readonly string[]) => {
    const found = await find({ _id: trusted({ $in: [...ids] }) }, ids.length);
    return new Map(found.map((account) => [account.id, account]));
  });
  return guardedStore<AccountsStore>({
    ...sessions,
    ...secrets,
    createAccount: async (account, passwordHash) => {
      const emailKey = account.email.toLowerCase();
      try {
        await accounts.create({ ...account, _id: account.id, emailKey, passwordHash });
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    findAccounts: async (ids) => [...(await byId(ids)).values()],
    findByUsernames: (usernames) =>
      find({ username: trusted({ $in: usernames }) }, usernames.length),
    findHolder: async (by) => {
      const filter = 'id' in by ? { _id: by.id } : { username: by.username };
      const found = await accounts.findOne(filter).lean();
      return found ? holderOf(found) : null;
    },
    findHoldersByEmail: async (emailKey) => {
      const verified = await accounts.findOne({ verifiedEmail: emailKey }).lean();
      const oldest = await accounts.find({ emailKey }).sort({ joinedAt: 1 }).limit(2).lean();
      const others = oldest.filter(({ _id }) => _id !== verified?._id);
      return [...(verified ? [verified] : []), ...others].slice(0, 2).map(holderOf);
    },
    changeAccount: async (id, { name, bio, settings }) => {
      const chosen = Object.entries(settings ?? {}).map(([key, value]) => [
        `settings.${key}`,
        value,
      ]);
      const change = {
        ...(name !== undefined && { name }),
        ...(bio !== undefined && { bio }),
        ...Object.fromEntries(chosen),
      };
      const changed = await accounts
        .findOneAndUpdate({ _id: id }, { $set: change }, { returnDocument: 'after' })
        .lean();
      return changed ? accountOf(changed) : null;
    },
    rehashPassword: async (id, oldHash, newHash) => {
      const filter = { _id: id, passwordHash: oldHash };
      const { modifiedCount } = await accounts.updateOne(filter, {
        $set: { passwordHash: newHash },
      });
      return modifiedCount === 1;
    },
    // The password first: a session opened with the old one from then on is refused by addSession.
    changePassword: async ({ userId, passwordHash, sessionId, secretHash }) => {
      await accounts.updateOne({ _id: userId }, { $set: { passwordHash } });
      await sessions.renewSession(userId, sessionId, secretHash);
      return sessions.removeOtherSessions(userId, sessionId);
    },
  });
};

const accountOf = (found: AccountDocument): Account => ({
  id: found._id,
  username: found.username,
  name: found.name,
  bio: found.bio,
  avatar: found.avatar,
  email: found.email,
  emailVerified: found.verifiedEmail !== undefined,
  roles: found.roles,
  settings: found.settings,
  joinedAt: found.joinedAt,
});
const holderOf = (found: AccountDocument): Holder => ({
  account: accountOf(found),
  passwordHash: found.passwordHash,
});
