import mongoose from 'mongoose';
import { guardedStore, isDuplicate, type Mongo } from '../platform/mongo.ts';
import { createMarksMongoStore } from './marks.mongo.ts';
import type {
  ArticleHead,
  ArticleRecord,
  ArticlesStore,
  Listed,
  ListPage,
  RevisionHead,
  RevisionRecord,
} from './store.ts';

/**
 * `listedAt` is the publication of what lists show, `draftAt` the latest change of a draft: each
 * list is a range of one index.
 */
type Doc = Omit<ArticleRecord, 'id'> & {
  _id: string;
  size: number;
  listedAt: string | null;
  draftAt: string | null;
  deletedAt: string | null;
  deletedBy: string | null;
};
type RevisionDoc = RevisionRecord & { _id: string; articleId: string };

const time = { type: String, default: null };
const entry = new mongoose.Schema(
  { id: String, level: Number, text: String },
  { _id: false, id: false },
);
const articleSchema = new mongoose.Schema<Doc>(
  {
    _id: String,
    slug: String,
    title: String,
    excerpt: String,
    tags: [String],
    minutes: Number,
    size: Number,
    authorId: String,
    roomId: String,
    state: String,
    publishedAt: time,
    listedAt: time,
    draftAt: time,
    createdAt: String,
    updatedAt: String,
    updatedBy: String,
    version: Number,
    publishedVersion: { type: Number, default: null },
    deletedAt: time,
    deletedBy: time,
    toc: [entry],
    html: String,
    body: String,
  },
  { collection: 'articles', versionKey: false },
);
articleSchema.index({ slug: 1 }, { unique: true });
articleSchema.index({ roomId: 1 }, { unique: true });
articleSchema.index({ listedAt: -1, _id: -1 });
articleSchema.index({ authorId: 1, listedAt: -1, _id: -1 });
articleSchema.index({ authorId: 1, draftAt: -1, _id: -1 });
articleSchema.index({ tags: 1, listedAt: -1, _id: -1 });
const revisionSchema = new mongoose.Schema<RevisionDoc>(
  {
    _id: String,
    articleId: String,
    version: Number,
    title: String,
    tags: [String],
    size: Number,
    at: String,
    by: String,
    body: String,
  },
  { collection: 'article_revisions', versionKey: false },
);
revisionSchema.index({ articleId: 1, version: -1 }, { unique: true });

const HEAD = { toc: 0, html: 0, body: 0 } as const;
const headOf = ({ _id, size, listedAt, draftAt, deletedAt, deletedBy, ...head }: Doc) =>
  ({ id: _id, ...head }) as ArticleHead;
const recordOf = (doc: Doc) => headOf(doc) as ArticleRecord;
const docOf = ({ id, ...article }: ArticleRecord): Doc => ({
  _id: id,
  ...article,
  size: article.body.length,
  listedAt: article.state === 'published' ? article.publishedAt : null,
  draftAt: article.state === 'draft' ? article.updatedAt : null,
  deletedAt: null,
  deletedBy: null,
});

/** The version that stands now, in the form in which earlier ones are kept. */
const revisionOf = (doc: Doc): RevisionDoc => ({
  _id: `${doc._id}:${doc.version}`,
  articleId: doc._id,
  version: doc.version,
  title: doc.title,
  tags: doc.tags,
  size: doc.size,
  at: doc.updatedAt,
  by: doc.updatedBy,
  body: doc.body,
});
const revisionHead = ({ version, title, at, by, size }: RevisionDoc): RevisionHead => ({
  version,
  title,
  at,
  by,
  size,
});

const { trusted } = mongoose;
type Filter = mongoose.QueryFilter<Doc>;
const among = (ids: readonly string[]) => trusted({ $in: [...ids] });

const filterOf = (listed: Listed): Filter => {
  if (listed.by === 'all') return {};
  if (listed.by === 'tag') return { tags: listed.tag };
  if (listed.by === 'following')
    return { $or: [{ authorId: among(listed.authorIds) }, { tags: among(listed.tags) }] };
  if (listed.by === 'author' && listed.tag !== null)
    return { authorId: listed.authorId, tags: listed.tag };
  return { authorId: listed.authorId };
};
const pageFilter = (key: 'listedAt' | 'draftAt', { after }: ListPage): Filter => {
  if (!after) return { [key]: trusted({ $gt: '' }) };
  return {
    [key]: trusted({ $gt: '', $lte: after.at }),
    $or: [{ [key]: trusted({ $lt: after.at }) }, { _id: trusted({ $lt: after.id }) }],
  };
};

/** A change that met another one looks again; so often is more than people can collide. */
const ATTEMPTS = 5;

/** Articles in MongoDB. */
export const createArticlesMongoStore = (mongo: Mongo): ArticlesStore => {
  const articles = mongo.connection.model<Doc>('Article', articleSchema);
  const revisions = mongo.connection.model<RevisionDoc>('ArticleRevision', revisionSchema);
  const listed = { listedAt: trusted({ $gt: '' }) };

  const heads = async (filter: Filter, limit: number): Promise<ArticleHead[]> => {
    if (limit === 0) return [];
    const found = articles.find({ ...filter, deletedAt: null }, HEAD).limit(limit);
    return (await found.lean<Doc[]>()).map(headOf);
  };
  const findDoc = (filter: Filter) => articles.findOne({ ...filter, deletedAt: null }).lean<Doc>();
  const list = async (what: Listed, page: ListPage): Promise<ArticleHead[]> => {
    const key = what.by === 'drafts' ? 'draftAt' : 'listedAt';
    const docs = await articles
      .find({ $and: [filterOf(what), pageFilter(key, page)] }, HEAD)
      .sort({ [key]: -1, _id: -1 })
      .limit(page.limit)
      .lean<Doc[]>();
    return docs.map(headOf);
  };
  /** Changes a document as it was read, or looks again; null when there is none. */
  const change = async (filter: Filter, to: (doc: Doc) => Partial<Doc>): Promise<Doc | null> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const doc = await findDoc(filter);
      if (!doc) return null;
      const { version, state, publishedAt } = doc;
      const { matchedCount } = await articles.updateOne(
        { _id: doc._id, version, state, publishedAt, deletedAt: null },
        { $set: to(doc) },
      );
      if (matchedCount === 1) return doc;
    }
    throw new Error('an article kept changing');
  };
  const edit: ArticlesStore['edit'] = async (id, baseVersion, text, { at, by }) => {
    const base = await findDoc({ _id: id, version: baseVersion });
    if (!base) return false;
    // First the version that goes: repeating this changes nothing, and no version is ever missing.
    const { _id, ...kept } = revisionOf(base);
    await revisions.updateOne({ _id }, { $setOnInsert: kept }, { upsert: true });
    const edited = await change({ _id: id, version: baseVersion }, (doc) => ({
      ...text,
      size: text.body.length,
      updatedAt: at,
      updatedBy: by,
      version: baseVersion + 1,
      draftAt: doc.state === 'draft' ? at : null,
    }));
    return edited !== null;
  };
  const publish: ArticlesStore['publish'] = async (id, slug, at) => {
    try {
      const before = await change({ _id: id }, ({ publishedAt, publishedVersion, ...doc }) => ({
        state: 'published',
        slug: publishedAt ? doc.slug : slug,
        publishedVersion: publishedVersion ?? doc.version,
        publishedAt: publishedAt ?? at,
        listedAt: publishedAt ?? at,
        draftAt: null,
      }));
      return before && { state: 'published', first: before.publishedAt === null };
    } catch (error) {
      if (isDuplicate(error)) return { state: 'slug_taken' };
      throw error;
    }
  };
  const remove: ArticlesStore['remove'] = async (id, at, by) => {
    await revisions.deleteMany({ articleId: id });
    const { matchedCount } = await articles.updateOne(
      { _id: id, deletedAt: null },
      {
        $set: {
          ...{ deletedAt: at, deletedBy: by, listedAt: null, draftAt: null, size: 0 },
          ...{ title: '', excerpt: '', tags: [], toc: [], html: '', body: '' },
        },
      },
    );
    return matchedCount === 1;
  };
  const revision: ArticlesStore['revision'] = async (id, version) => {
    const current = await findDoc({ _id: id, version });
    const found =
      current === null
        ? await revisions.findOne({ _id: `${id}:${version}` }).lean<RevisionDoc>()
        : revisionOf(current);
    return found && { ...revisionHead(found), body: found.body, tags: found.tags };
  };
  return guardedStore({
    ...createMarksMongoStore(mongo, articles),
    insert: async (article) => {
      try {
        await articles.create([docOf(article)]);
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    find: async (idOrSlug) => {
      const doc = (await findDoc({ _id: idOrSlug })) ?? (await findDoc({ slug: idOrSlug }));
      return doc && recordOf(doc);
    },
    heads: (ids) => heads({ _id: among(ids) }, ids.length),
    headsOfRooms: (roomIds) => heads({ roomId: among(roomIds) }, roomIds.length),
    list,
    countBy: (authorId) => articles.countDocuments({ authorId, ...listed }),
    tagsWrittenBy: async (authorId, limit) => {
      const docs = await articles
        .find({ authorId, ...listed }, { tags: 1 })
        .sort({ listedAt: -1, _id: -1 })
        .limit(limit)
        .lean<Doc[]>();
      return [...new Set(docs.flatMap(({ tags }) => tags))];
    },
    addresses: (limit) =>
      articles
        .find(listed, { _id: 0, slug: 1, updatedAt: 1 })
        .sort({ listedAt: -1, _id: -1 })
        .limit(limit)
        .lean<Doc[]>(),
    edit,
    publish,
    unpublish: async (id) =>
      void (await change({ _id: id, state: 'published' }, ({ updatedAt }) => ({
        state: 'draft',
        draftAt: updatedAt,
        listedAt: null,
      }))),
    remove,
    revisions: async (id, { before, limit }) => {
      const current = await findDoc({ _id: id, version: trusted({ $lt: before }) });
      // The latest version may be kept already by an edit that did not come to its end.
      const below = Math.min(before, current?.version ?? before);
      const older = await revisions
        .find({ articleId: id, version: trusted({ $lt: below }) }, { body: 0 })
        .sort({ version: -1 })
        .limit(limit)
        .lean<RevisionDoc[]>();
      const all = current ? [revisionOf(current), ...older] : older;
      return all.slice(0, limit).map(revisionHead);
    },
    revision,
  } satisfies ArticlesStore);
};
