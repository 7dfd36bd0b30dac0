import mongoose from 'mongoose';
import { guarded, isDuplicate, type Mongo } from '../platform/mongo.ts';
import type { After, Pair, PeopleStore } from './store.ts';
import { pairOf, type Tie } from './tie.ts';

/** A tie as a document; `friends` is there while the two are friends, for one index on both. */
type Doc = Tie & { _id: string; friends?: [string, string] };

const string = { type: String, default: null };
const request = new mongoose.Schema(
  {
    id: String,
    from: String,
    to: String,
    at: String,
    about: string,
    hidden: Boolean,
    // Without a value when it holds no place: the unique index skips such documents.
    slot: String,
  },
  { _id: false, id: false },
);
const schema = new mongoose.Schema<Doc>(
  {
    _id: String,
    low: String,
    high: String,
    rev: Number,
    request: { type: request, default: null },
    since: string,
    friends: { type: [String], default: undefined },
    lowBlock: string,
    highBlock: string,
    declined: {
      type: new mongoose.Schema({ from: String, at: String }, { _id: false }),
      default: null,
    },
  },
  { collection: 'ties', versionKey: false, minimize: false },
);
schema.index({ 'request.id': 1 }, { unique: true, sparse: true });
schema.index({ 'request.slot': 1 }, { unique: true, sparse: true });
schema.index({ 'request.to': 1, 'request.at': -1 });
schema.index({ 'request.from': 1, 'request.at': -1 });
schema.index({ friends: 1, since: -1, 'request.id': -1 });
schema.index({ low: 1, lowBlock: -1, high: -1 });
schema.index({ high: 1, highBlock: -1, low: -1 });
schema.index({ low: 1, highBlock: -1 });
schema.index({ high: 1, lowBlock: -1 });

const keyOf = (a: string, b: string): string => {
  const { low, high } = pairOf(a, b);
  return `${low}:${high}`;
};

const tieOf = (doc: Doc): Tie => {
  const { low, high, rev, request: asked, since, lowBlock, highBlock, declined } = doc;
  const own = asked && { ...asked, slot: asked.slot ?? null };
  return { low, high, rev, request: own, since, lowBlock, highBlock, declined };
};

const docOf = (tie: Tie): Doc => {
  const { slot, ...rest } = tie.request ?? {};
  return {
    ...tie,
    _id: keyOf(tie.low, tie.high),
    rev: tie.rev + 1,
    request: tie.request && ({ ...rest, ...(slot && { slot }) } as Tie['request']),
    ...(tie.since && { friends: [tie.low, tie.high] as [string, string] }),
  };
};

const among = (ids: readonly string[]) => mongoose.trusted({ $in: [...ids] });
const isSet = () => mongoose.trusted({ $gt: '' });
const isBefore = (at: string) => mongoose.trusted({ $lt: at });

/** Ties in MongoDB: one document each. */
export const createPeopleMongoStore = (mongo: Mongo): PeopleStore => {
  const ties = mongo.connection.model<Doc>('Tie', schema);
  type Filter = mongoose.QueryFilter<Doc>;

  const find = (filter: Filter, sort: Record<string, 1 | -1>, limit: number) =>
    guarded(async () => {
      const docs = await ties.find(filter).sort(sort).limit(limit).lean<Doc[]>();
      return docs.map(tieOf);
    });
  const findOne = (filter: Filter) =>
    guarded(async () => {
      const doc = await ties.findOne(filter).lean<Doc>();
      return doc && tieOf(doc);
    });
  const write = async (tie: Tie): Promise<boolean> => {
    const doc = docOf(tie);
    if (tie.rev === 0) {
      await ties.create([doc]);
      return true;
    }
    const { matchedCount } = await ties.replaceOne({ _id: doc._id, rev: tie.rev }, doc);
    return matchedCount === 1;
  };
  /** Blocks by `userId` where they stand on this side of the tie. */
  const blocksOn = (side: 'low' | 'high', userId: string, limit: number, after?: After) => {
    const at = side === 'low' ? 'lowBlock' : 'highBlock';
    const other = side === 'low' ? 'high' : 'low';
    const rest = after && {
      $or: [{ [at]: isBefore(after.at) }, { [at]: after.at, [other]: isBefore(after.id) }],
    };
    return find({ [side]: userId, [at]: isSet(), ...rest }, { [at]: -1, [other]: -1 }, limit);
  };
  const partners = async (filter: Filter, other: 'low' | 'high', limit: number) =>
    (await find(filter, { _id: 1 }, limit)).map((tie) => tie[other]);

  return {
    tie: (a, b) => findOne({ _id: keyOf(a, b) }),
    tieOfRequest: (requestId) => findOne({ 'request.id': requestId }),
    tiesWith: (userId, others) =>
      find({ _id: among(others.map((other) => keyOf(userId, other))) }, { _id: 1 }, others.length),
    save: (tie) =>
      guarded(async () => {
        try {
          return await write(tie);
        } catch (error) {
          if (isDuplicate(error)) return false;
          throw error;
        }
      }),
    friends: (userId, limit, after) => {
      const rest = after && {
        $or: [{ since: isBefore(after.at) }, { since: after.at, 'request.id': isBefore(after.id) }],
      };
      return find({ friends: userId, ...rest }, { since: -1, 'request.id': -1 }, limit);
    },
    incoming: (userId, limit) =>
      find(
        { 'request.to': userId, 'request.hidden': false, since: null },
        { 'request.at': -1 },
        limit,
      ),
    outgoing: (userId, limit) =>
      find({ 'request.from': userId, since: null }, { 'request.at': -1 }, limit),
    blocks: async (userId, limit, after) => {
      const sides = await Promise.all([
        blocksOn('low', userId, limit, after),
        blocksOn('high', userId, limit, after),
      ]);
      const key = (tie: Tie) =>
        tie.low === userId ? `${tie.lowBlock} ${tie.high}` : `${tie.highBlock} ${tie.low}`;
      return sides
        .flat()
        .sort((a, b) => (key(a) < key(b) ? 1 : -1))
        .slice(0, limit);
    },
    blockedWith: async (userId, limit) => {
      const found = await Promise.all([
        partners({ low: userId, lowBlock: isSet() }, 'high', limit),
        partners({ low: userId, highBlock: isSet() }, 'high', limit),
        partners({ high: userId, highBlock: isSet() }, 'low', limit),
        partners({ high: userId, lowBlock: isSet() }, 'low', limit),
      ]);
      return [...new Set(found.flat())].slice(0, limit);
    },
    friendships: (ids, limit, others) =>
      guarded(async () => {
        const wanted = new Set(ids);
        const allowed = others && new Set(others);
        const either = [{ friends: among(ids) }, ...(others ? [{ friends: among(others) }] : [])];
        const docs = await ties
          .find({ $and: either })
          .sort({ since: -1 })
          .limit(limit)
          .lean<Doc[]>();
        const both = docs.flatMap(({ low, high }): Pair[] => [
          [low, high],
          [high, low],
        ]);
        return both.filter(([a, b]) => wanted.has(a) && (allowed?.has(b) ?? true));
      }),
  };
};
