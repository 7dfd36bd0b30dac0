import { conflict } from '../errors.ts';
import { guardedStore, isDuplicate, type Mongo } from '../platform/mongo.ts';
import { createTogether } from '../platform/together.ts';
import { createMongoAppend, createMongoInsert } from './append.mongo.ts';
import { createApplying } from './apply.mongo.ts';
import { collectionsOf, memberKey, type RoomDoc, roomOf } from './docs.mongo.ts';
import { createMongoLog } from './log.mongo.ts';
import { createMongoMembers } from './members.mongo.ts';
import type { MemberRecord, RoomChangeRecord, RoomRecord } from './records.ts';
import type { RoomsStore } from './store.ts';

const docOf = ({ id, directKey, article, ...room }: RoomRecord): RoomDoc => ({
  ...room,
  _id: id,
  deletedAt: null,
  rev: 0,
  ...(directKey !== null && { directKey }),
  ...(article && { article, articleId: article.id }),
});

/** Rooms, members and the log in MongoDB. */
export const createRoomsMongoStore = (mongo: Mongo): RoomsStore => {
  const collections = collectionsOf(mongo.connection);
  const { rooms, members, events } = collections;
  const applying = createApplying(collections);
  const log = createMongoLog(collections, applying);
  const { insert, noteHead, close } = createMongoInsert(collections);

  const byId = createTogether(async (roomIds: readonly string[]) => {
    const docs = await rooms.find({ _id: { $in: [...roomIds] }, deletedAt: null }).toArray();
    return new Map(docs.map((doc) => [doc._id, roomOf(doc)]));
  });
  const find = async (filter: Partial<RoomDoc>): Promise<RoomRecord | null> => {
    const doc = await rooms.findOne({ ...filter, deletedAt: null });
    return doc && roomOf(doc);
  };
  const addMembers = async (roomId: string, wanted: readonly MemberRecord[]) => {
    const writes = wanted.map((member) => ({
      updateOne: {
        filter: { _id: memberKey(roomId, member.userId) },
        update: { $setOnInsert: { ...member, roomId, active: true, rev: 0 } },
        upsert: true,
      },
    }));
    await members.bulkWrite(writes);
  };
  const createRoom: RoomsStore['createRoom'] = async (room, wanted) => {
    const { directKey, article } = room;
    // A room that can be asked for again is repaired by that; another one is seen only when whole.
    if (!directKey && !article) await addMembers(room.id, wanted);
    let stored = room;
    try {
      await rooms.insertOne(docOf(room));
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      const known =
        (directKey && (await find({ directKey }))) ||
        (article && (await find({ articleId: article.id }))) ||
        (await find({ _id: room.id }));
      if (!known) throw conflict('It was deleted.');
      stored = known;
    }
    if (directKey || article) await addMembers(stored.id, wanted);
    return stored;
  };
  const removeRoom: RoomsStore['removeRoom'] = async (roomId, at, eventId) => {
    const { matchedCount } = await rooms.updateOne(
      { _id: roomId, deletedAt: null },
      { $set: { deletedAt: at, title: '' }, $unset: { article: '' } },
    );
    if (matchedCount === 0) return null;
    const last = { kind: 'room', id: eventId, roomId, at, senderId: null } as const;
    const logged = (await close(roomId, last)).get(eventId);
    if (logged?.state === 'failed') throw logged.error;
    await events.deleteMany({ roomId, _id: { $ne: eventId } });
    await members.deleteMany({ roomId });
    return logged?.state === 'stored' ? (logged.event as RoomChangeRecord) : null;
  };

  return {
    get epoch() {
      return mongo.epoch;
    },
    // It asks the database nothing.
    noteHead,
    ...guardedStore({
      ...log,
      ...createMongoMembers(collections, log.heads),
      append: createMongoAppend({ collections, applying, insert }),
      createRoom,
      removeRoom,
      room: async (roomId) => (await byId([roomId])).get(roomId) ?? null,
      rooms: byId,
      articleRoom: (articleId) => find({ articleId }),
      directRoom: (directKey) => find({ directKey }),
      publicRooms: async ({ after, limit }) => {
        const rest = after && {
          $or: [
            { createdAt: { $lt: after.createdAt } },
            { createdAt: after.createdAt, _id: { $lt: after.id } },
          ],
        };
        const docs = await rooms
          .find({ kind: 'public', deletedAt: null, ...rest })
          .sort({ createdAt: -1, _id: -1 })
          .limit(limit)
          .toArray();
        return docs.map(roomOf);
      },
    } satisfies Omit<RoomsStore, 'epoch' | 'noteHead'>),
  };
};
