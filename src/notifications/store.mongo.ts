import { type Model, Schema, trusted } from 'mongoose';
import { guardedStore, isDuplicate, type Mongo } from '../platform/mongo.ts';
import { createTogether } from '../platform/together.ts';
import {
  type After,
  type NotificationRecord,
  type NotificationsStore,
  READ_MAX,
  UNREAD_MAX,
} from './store.ts';

type NotificationDocument = Omit<NotificationRecord, 'id'> & { _id: string };

const text = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;
const notificationSchema = new Schema<NotificationDocument>(
  {
    _id: text,
    userId: text,
    kind: text,
    subject: text,
    people: { type: [String], required: true },
    count: number,
    place: { type: Schema.Types.Mixed, required: true },
    at: text,
    readAt: { type: String, default: null },
    rev: number,
    causes: { type: [{ _id: false, id: String, at: String, by: String }], required: true },
    since: { type: String, default: '' },
  },
  { versionKey: false, minimize: false },
)
  .index({ userId: 1, kind: 1, subject: 1 }, { unique: true })
  .index({ kind: 1, subject: 1 })
  .index({ userId: 1, at: -1, _id: -1 })
  .index({ userId: 1, readAt: 1, at: -1, _id: -1 });

const newestFirst = { at: -1, _id: -1 } as const;

export const createNotificationsMongoStore = (mongo: Mongo): NotificationsStore => {
  const rows = mongo.connection.model<NotificationDocument>(
    'Notification',
    notificationSchema,
    'notifications',
  );
  const find = async (filter: Record<string, unknown>, limit: number) =>
    (await rows.find(filter).sort(newestFirst).limit(limit).lean()).map(recordOf);
  return guardedStore<NotificationsStore>({
    findBySubject: async (userId, kind, subject) => {
      const found = await rows.findOne({ userId, kind, subject }).lean();
      return found && recordOf(found);
    },
    put: async (record) => {
      if (record.rev === 1) return insert(rows, record);
      const { id, ...values } = record;
      const filter = { _id: id, rev: record.rev - 1 };
      return (await rows.updateOne(filter, { $set: values })).modifiedCount === 1;
    },
    addMany: async (records) => {
      if (records.length === 0) return [];
      try {
        await rows.insertMany(records.map(documentOf), { ordered: false });
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
      // Which of them are there tells more than the error of an unordered insert.
      const stored = await rows
        .find({ _id: trusted({ $in: records.map(({ id }) => id) }) }, { _id: 1 })
        .limit(records.length)
        .lean();
      const ids = new Set(stored.map(({ _id }) => _id));
      return records.filter(({ id }) => ids.has(id));
    },
    list: (userId, { after, limit }) =>
      find(after ? { userId, ...before(after) } : { userId }, limit),
    find: (userId, ids) => find({ userId, _id: trusted({ $in: ids }) }, ids.length || 1),
    listNaming: (userId, personId, limit) => find({ userId, people: personId }, limit),
    listCaused: ({ kind, subject }, causeId, limit) =>
      find({ kind, subject, 'causes.id': causeId }, limit),
    remove: async ({ userId, id, rev }) =>
      (await rows.deleteOne({ _id: id, userId, rev })).deletedCount === 1,
    markReadUpTo: (userId, { at, id }, readAt) => {
      const older = [{ at: trusted({ $lt: at }) }, { at, _id: trusted({ $lte: id }) }];
      return markRead(rows, { userId, readAt: null, $or: older }, readAt);
    },
    markRead: (userId, ids, readAt) =>
      markRead(rows, { userId, readAt: null, _id: trusted({ $in: ids }) }, readAt),
    unreadOf: createTogether(async (userIds: readonly string[]) => {
      const counted = await rows.aggregate<{ _id: string; unread: number }>([
        { $match: { userId: { $in: [...userIds] }, readAt: null } },
        { $group: { _id: '$userId', unread: { $sum: 1 } } },
      ]);
      return new Map(counted.map(({ _id, unread }) => [_id, Math.min(unread, UNREAD_MAX)]));
    }),
  });
};

const before = ({ at, id }: After) => ({
  $or: [{ at: trusted({ $lt: at }) }, { at, _id: trusted({ $lt: id }) }],
});

const documentOf = ({ id, ...values }: NotificationRecord): NotificationDocument => ({
  ...values,
  _id: id,
});
const recordOf = ({ _id, ...values }: NotificationDocument): NotificationRecord => ({
  ...values,
  id: _id,
});

const insert = async (rows: Model<NotificationDocument>, record: NotificationRecord) => {
  try {
    await rows.create(documentOf(record));
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
};

/** Each row only as it was found: news that come in between stay unread. */
const markRead = async (
  rows: Model<NotificationDocument>,
  filter: Record<string, unknown>,
  readAt: string,
): Promise<string[]> => {
  const found = await rows
    .find(filter, { _id: 1, rev: 1 })
    .sort(newestFirst)
    .limit(READ_MAX)
    .lean();
  if (found.length === 0) return [];
  await rows.bulkWrite(
    found.map(({ _id, rev }) => ({
      updateOne: { filter: { _id, rev }, update: { $set: { readAt, rev: rev + 1 } } },
    })),
    { ordered: false },
  );
  return found.map(({ _id }) => _id);
};
