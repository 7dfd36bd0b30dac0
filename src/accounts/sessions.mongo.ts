import { type Model, Schema, trusted } from 'mongoose';
import type { Mongo } from '../platform/mongo.ts';
import { createTogether } from '../platform/together.ts';
import type { AccountDocument } from './account.mongo.ts';
import type { Pass, SessionsStore, StoredSession, StoredToken } from './store.ts';

type SessionDocument = Omit<StoredSession, 'id'> & { _id: string; secretHash: string };
type TokenDocument = Omit<StoredToken, 'id'> & { _id: string; secretHash: string };

const text = { type: String, required: true } as const;
const sessionSchema = new Schema<SessionDocument>(
  {
    _id: text,
    secretHash: { ...text, unique: true },
    userId: text,
    ip: { type: String, default: '' },
    agent: { type: String, default: '' },
    createdAt: text,
    lastUsedAt: text,
    expiresAt: { ...text, index: true },
  },
  { versionKey: false },
).index({ userId: 1, lastUsedAt: -1 });
const tokenSchema = new Schema<TokenDocument>(
  {
    _id: text,
    secretHash: { ...text, unique: true },
    userId: text,
    name: text,
    createdAt: text,
    lastUsedAt: { type: String, default: null },
  },
  { versionKey: false },
).index({ userId: 1, createdAt: -1 });

/** A session beyond the reach of this many others is never looked at. */
const MAX_LISTED = 1_000;

export type SessionsMongoStore = SessionsStore & {
  renewSession(userId: string, id: string, secretHash: string): Promise<void>;
  removeAll(userId: string): Promise<string[]>;
};

export const createSessionsMongoStore = (
  mongo: Mongo,
  accounts: Model<AccountDocument>,
): SessionsMongoStore => {
  const sessions = mongo.connection.model<SessionDocument>('Session', sessionSchema, 'sessions');
  const tokens = mongo.connection.model<TokenDocument>('Token', tokenSchema, 'tokens');
  const idsOf = async (userId: string, skip = 0) =>
    (
      await sessions
        .find({ userId }, { _id: 1 })
        .sort({ lastUsedAt: -1 })
        .skip(skip)
        .limit(MAX_LISTED)
        .lean()
    ).map(({ _id }) => _id);
  const remove = async (ids: string[]) => {
    if (ids.length > 0) await sessions.deleteMany({ _id: trusted({ $in: ids }) });
    return ids;
  };
  /** Sessions or tokens together with their accounts, in one round trip. */
  const passesOf = (model: Model<SessionDocument> | Model<TokenDocument>) =>
    createTogether(async (hashes: readonly string[]) => {
      const rows = await model.aggregate<PassRow>([
        { $match: { secretHash: { $in: [...hashes] } } },
        { $limit: hashes.length },
        {
          $lookup: { from: 'accounts', localField: 'userId', foreignField: '_id', as: 'account' },
        },
      ]);
      return new Map(rows.map((row) => [row.secretHash, row]));
    });
  const openSessions = passesOf(sessions);
  const ownTokens = passesOf(tokens);
  return {
    addSession: async ({ id, ...session }, secretHash, { passwordHash, keep }) => {
      await sessions.deleteMany({ expiresAt: trusted({ $lte: session.createdAt }) });
      await sessions.create({ _id: id, secretHash, ...session });
      // Looked at after the session is there: whoever changes the password from now on ends it.
      const holder = await accounts.findOne({ _id: session.userId, passwordHash }, '_id').lean();
      if (!holder) {
        await sessions.deleteOne({ _id: id });
        return false;
      }
      await remove(await idsOf(session.userId, keep));
      return true;
    },
    findSessionPass: async (secretHash, now) => {
      const row = (await openSessions([secretHash])).get(secretHash);
      return row && 'expiresAt' in row && row.expiresAt > now ? passOf(row) : null;
    },
    touchSessions: async (ids, { lastUsedAt, unusedSince, expiresAt }) => {
      const filter = { _id: trusted({ $in: ids }), lastUsedAt: trusted({ $lte: unusedSince }) };
      await sessions.updateMany(filter, { $set: { lastUsedAt, expiresAt } });
    },
    listSessions: async (userId, now, limit) =>
      (
        await sessions
          .find({ userId, expiresAt: trusted({ $gt: now }) })
          .sort({ lastUsedAt: -1 })
          .limit(limit)
          .lean()
      ).map(sessionOf),
    removeSession: async (userId, id) =>
      (await sessions.deleteOne({ _id: id, userId })).deletedCount === 1,
    removeOtherSessions: async (userId, keepId) =>
      remove((await idsOf(userId)).filter((id) => id !== keepId)),
    renewSession: async (userId, id, secretHash) => {
      await sessions.updateOne({ _id: id, userId }, { $set: { secretHash } });
    },
    removeAll: async (userId) => {
      const owned = await tokens.find({ userId }, { _id: 1 }).limit(MAX_LISTED).lean();
      await tokens.deleteMany({ userId });
      return [...(await remove(await idsOf(userId))), ...owned.map(({ _id }) => _id)];
    },

    addToken: async ({ id, ...token }, secretHash, max) => {
      await tokens.create({ _id: id, secretHash, ...token });
      // Counted after it is there, so that two at once cannot both pass the limit.
      if ((await tokens.countDocuments({ userId: token.userId })) <= max) return true;
      await tokens.deleteOne({ _id: id });
      return false;
    },
    findTokenPass: async (secretHash) => {
      const row = (await ownTokens([secretHash])).get(secretHash);
      return row ? passOf(row) : null;
    },
    touchTokens: async (ids, { lastUsedAt, unusedSince }) => {
      const unused = [{ lastUsedAt: null }, { lastUsedAt: trusted({ $lte: unusedSince }) }];
      await tokens.updateMany(
        { _id: trusted({ $in: ids }), $or: unused },
        { $set: { lastUsedAt } },
      );
    },
    listTokens: async (userId, limit) =>
      (await tokens.find({ userId }).sort({ createdAt: -1 }).limit(limit).lean()).map(tokenOf),
    removeToken: async (userId, id) =>
      (await tokens.deleteOne({ _id: id, userId })).deletedCount === 1,
    findValid: async (ids, now) => {
      const wanted = trusted({ $in: ids });
      const living = { _id: wanted, expiresAt: trusted({ $gt: now }) };
      const [open, owned] = await Promise.all([
        sessions.find(living, { _id: 1 }).limit(ids.length).lean(),
        tokens.find({ _id: wanted }, { _id: 1 }).limit(ids.length).lean(),
      ]);
      return [...open, ...owned].map(({ _id }) => _id);
    },
  };
};

const sessionOf = (found: SessionDocument): StoredSession => ({
  id: found._id,
  userId: found.userId,
  ip: found.ip,
  agent: found.agent,
  createdAt: found.createdAt,
  lastUsedAt: found.lastUsedAt,
  expiresAt: found.expiresAt,
});
const tokenOf = (found: TokenDocument): StoredToken => ({
  id: found._id,
  userId: found.userId,
  name: found.name,
  createdAt: found.createdAt,
  lastUsedAt: found.lastUsedAt,
});

type PassRow = (SessionDocument | TokenDocument) & { account: AccountDocument[] };

const passOf = ({ _id, userId, createdAt, lastUsedAt, account }: PassRow): Pass | null => {
  const [holder] = account;
  if (!holder) return null;
  const { username, roles, joinedAt } = holder;
  return { id: _id, userId, username, roles, joinedAt, createdAt, lastUsedAt };
};
