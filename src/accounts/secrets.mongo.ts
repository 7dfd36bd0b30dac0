import { type Model, Schema, trusted } from 'mongoose';
import { isDuplicate, type Mongo } from '../platform/mongo.ts';
import type { AccountDocument } from './account.mongo.ts';
import type { SessionsMongoStore } from './sessions.mongo.ts';
import type { Attempts, OneTime, SecretsStore } from './store.ts';

type OneTimeDocument = Omit<OneTime, 'hash'> & { _id: string };
type AttemptsDocument = Attempts & { _id: string };

const text = { type: String, required: true } as const;
const oneTimeSchema = new Schema<OneTimeDocument>(
  {
    _id: text,
    purpose: text,
    userId: { type: String, default: null },
    email: { type: String, default: null },
    expiresAt: { ...text, index: true },
  },
  { versionKey: false },
).index({ purpose: 1, userId: 1 });
const attemptsSchema = new Schema<AttemptsDocument>(
  {
    _id: text,
    count: { type: Number, required: true },
    lastAt: { ...text, index: true },
    nextAt: text,
  },
  { versionKey: false },
);

type Options = {
  mongo: Mongo;
  accounts: Model<AccountDocument>;
  sessions: Pick<SessionsMongoStore, 'renewSession' | 'removeAll'>;
};

export const createSecretsMongoStore = ({ mongo, accounts, sessions }: Options): SecretsStore => {
  const oneTimes = mongo.connection.model<OneTimeDocument>(
    'OneTimeSecret',
    oneTimeSchema,
    'one_time_secrets',
  );
  const attempts = mongo.connection.model<AttemptsDocument>(
    'LoginAttempts',
    attemptsSchema,
    'login_attempts',
  );
  const living = (hash: string, purpose: OneTime['purpose'], now: string) => ({
    _id: hash,
    purpose,
    expiresAt: trusted({ $gt: now }),
  });
  return {
    addOneTime: async ({ hash, ...secret }, now) => {
      await oneTimes.deleteMany({ expiresAt: trusted({ $lte: now }) });
      await oneTimes.create({ _id: hash, ...secret });
    },
    findOneTime: async (hash, purpose, now) => {
      const found = await oneTimes.findOne(living(hash, purpose, now)).lean();
      if (!found) return null;
      const { _id, ...secret } = found;
      return { hash: _id, ...secret };
    },
    verifyEmail: async (hash, now) => {
      const secret = await oneTimes.findOne(living(hash, 'verify', now)).lean();
      if (!secret?.userId || !secret.email) return { outcome: 'unknown' };
      const { userId, email } = secret;
      try {
        // The address first: a link that was cut off in between can be opened again.
        const filter = { _id: userId, emailKey: email };
        await accounts.updateOne(filter, { $set: { verifiedEmail: email } });
      } catch (error) {
        if (isDuplicate(error)) return { outcome: 'taken' };
        throw error;
      }
      const { deletedCount } = await oneTimes.deleteOne({ _id: hash });
      return deletedCount === 1 ? { outcome: 'verified', userId } : { outcome: 'unknown' };
    },
    // The secret first: it must not work twice. Who is cut off in between asks for another.
    resetPassword: async (hash, now, passwordHash) => {
      const used = await oneTimes.findOneAndDelete(living(hash, 'reset', now)).lean();
      if (!used?.userId) return null;
      const { userId } = used;
      await accounts.updateOne({ _id: userId }, { $set: { passwordHash } });
      await oneTimes.deleteMany({ purpose: 'reset', userId });
      return { userId, endedIds: await sessions.removeAll(userId) };
    },
    hasAdministrator: async () =>
      (await accounts.findOne({ roles: 'admin' }, '_id').lean()) !== null,
    claimAdministration: async ({ hash, now, userId, sessionId, secretHash }) => {
      const used = await oneTimes.findOneAndDelete(living(hash, 'admin', now)).lean();
      if (!used) return false;
      await accounts.updateOne({ _id: userId }, { $addToSet: { roles: 'admin' } });
      await oneTimes.deleteMany({ purpose: 'admin', userId: null });
      await sessions.renewSession(userId, sessionId, secretHash);
      return true;
    },

    findAttempts: async (key) => {
      const found = await attempts.findOne({ _id: key }).lean();
      return found && { count: found.count, lastAt: found.lastAt, nextAt: found.nextAt };
    },
    swapAttempts: async (key, before, after) => {
      if (before) {
        const { matchedCount } = await attempts.updateOne({ _id: key, ...before }, { $set: after });
        return matchedCount === 1;
      }
      try {
        await attempts.create({ _id: key, ...after });
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    forgetAttempts: async (keys, staleBefore) => {
      await attempts.deleteMany({ lastAt: trusted({ $lte: staleBefore }) });
      if (keys.length > 0) await attempts.deleteMany({ _id: trusted({ $in: keys }) });
    },
  };
};
