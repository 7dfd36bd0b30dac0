import mongoose from 'mongoose';
import { guarded, type Mongo } from '../platform/mongo.ts';
import type { PresenceStore } from './store.ts';

type Doc = { _id: string; at: string };

const schema = new mongoose.Schema<Doc>(
  { _id: String, at: String },
  { collection: 'lastSeen', versionKey: false },
);

export const createPresenceMongoStore = (mongo: Mongo): PresenceStore => {
  const seen = mongo.connection.model<Doc>('LastSeen', schema);
  return {
    saw: (people) =>
      guarded(async () => {
        if (people.length === 0) return;
        const updates = people.map(({ userId, at }) => ({
          updateOne: { filter: { _id: userId }, update: { $max: { at } }, upsert: true },
        }));
        await seen.bulkWrite(updates, { ordered: false });
      }),
    lastSeen: (userIds) =>
      guarded(async () => {
        const docs = await seen
          .find({ _id: mongoose.trusted({ $in: [...userIds] }) })
          .limit(userIds.length || 1)
          .lean<Doc[]>();
        return new Map(docs.map(({ _id, at }) => [_id, at]));
      }),
  };
};
