import mongoose from 'mongoose';
import { conflict } from '../errors.ts';
import { guardedStore, isDuplicate, type Mongo } from '../platform/mongo.ts';
import type { CourseHead, CourseRecord, CoursesStore } from './store.ts';

type Doc = Omit<CourseRecord, 'id'> & {
  _id: string;
  deletedAt: string | null;
  deletedBy: string | null;
};

const schema = new mongoose.Schema<Doc>(
  {
    _id: String,
    slug: String,
    title: String,
    body: String,
    html: String,
    authorId: String,
    articleIds: [String],
    createdAt: String,
    updatedAt: String,
    deletedAt: { type: String, default: null },
    deletedBy: { type: String, default: null },
  },
  { collection: 'courses', versionKey: false },
);
schema.index({ slug: 1 }, { unique: true });
schema.index({ deletedAt: 1, createdAt: -1, _id: -1 });
schema.index({ articleIds: 1, createdAt: 1, _id: 1 });

const HEAD = { body: 0, html: 0 } as const;
const headOf = ({ _id, deletedAt, deletedBy, ...head }: Doc) =>
  ({ id: _id, ...head }) as CourseHead;
const recordOf = (doc: Doc) => headOf(doc) as CourseRecord;
const { trusted } = mongoose;

/** Courses in MongoDB: one document each. */
export const createCoursesMongoStore = (mongo: Mongo): CoursesStore => {
  const courses = mongo.connection.model<Doc>('Course', schema);
  const find = (filter: mongoose.QueryFilter<Doc>) =>
    courses.findOne({ ...filter, deletedAt: null }).lean<Doc>();
  const set = async (id: string, change: Partial<Doc>): Promise<boolean> => {
    const { matchedCount } = await courses.updateOne(
      { _id: id, deletedAt: null },
      { $set: change },
    );
    return matchedCount === 1;
  };
  return guardedStore({
    insert: async ({ id, ...course }) => {
      try {
        await courses.create([{ _id: id, ...course, deletedAt: null, deletedBy: null }]);
        return true;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        const deleted = { _id: id, deletedAt: trusted({ $ne: null }) };
        if (await courses.exists(deleted)) throw conflict('This course was deleted.');
        return false;
      }
    },
    find: async (idOrSlug) => {
      const doc = (await find({ _id: idOrSlug })) ?? (await find({ slug: idOrSlug }));
      return doc && recordOf(doc);
    },
    list: async ({ after, limit }) => {
      const rest = after && {
        createdAt: trusted({ $lte: after.at }),
        $or: [{ createdAt: trusted({ $lt: after.at }) }, { _id: trusted({ $lt: after.id }) }],
      };
      const docs = await courses
        .find({ deletedAt: null, ...rest }, HEAD)
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit)
        .lean<Doc[]>();
      return docs.map(headOf);
    },
    firstWith: async (articleId) => {
      const doc = await courses
        .findOne({ articleIds: articleId }, HEAD)
        .sort({ createdAt: 1, _id: 1 })
        .lean<Doc>();
      return doc && headOf(doc);
    },
    change: (id, words, at) => set(id, { ...words, updatedAt: at }),
    order: (id, articleIds, at) => set(id, { articleIds: [...articleIds], updatedAt: at }),
    remove: (id, at, by) =>
      set(id, {
        ...{ deletedAt: at, deletedBy: by, title: '', body: '', html: '', articleIds: [] },
      }),
  } satisfies CoursesStore);
};
