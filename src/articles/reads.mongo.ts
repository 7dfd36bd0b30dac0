import mongoose from 'mongoose';
import {
  type Doc,
  HEAD,
  headOf,
  type Models,
  type RevisionDoc,
  recordOf,
  revisionHead,
  revisionOf,
} from './docs.mongo.ts';
import type {
  ArticleHead,
  ArticlesStore,
  Listed,
  ListPage,
  RevisionHead,
  RevisionsPage,
} from './store.ts';

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

const isListed = () => ({ listedAt: trusted({ $gt: '' }) });

/** The article as it stands, unless it was deleted. */
export const findDoc = ({ articles }: Models, filter: Filter) =>
  articles.findOne({ ...filter, deletedAt: null }).lean<Doc>();

const createLists = ({ articles }: Models) => {
  const heads = async (filter: Filter, limit: number): Promise<ArticleHead[]> => {
    if (limit === 0) return [];
    const found = articles.find({ ...filter, deletedAt: null }, HEAD).limit(limit);
    return (await found.lean<Doc[]>()).map(headOf);
  };
  const newest = (filter: Filter, fields: Record<string, 0 | 1>, limit: number) =>
    articles
      .find({ ...filter, ...isListed() }, fields)
      .sort({ listedAt: -1, _id: -1 })
      .limit(limit)
      .lean<Doc[]>();
  return {
    heads: (ids) => heads({ _id: among(ids) }, ids.length),
    headsOfRooms: (roomIds) => heads({ roomId: among(roomIds) }, roomIds.length),
    list: async (what, page) => {
      const key = what.by === 'drafts' ? 'draftAt' : 'listedAt';
      const docs = await articles
        .find({ $and: [filterOf(what), pageFilter(key, page)] }, HEAD)
        .sort({ [key]: -1, _id: -1 })
        .limit(page.limit)
        .lean<Doc[]>();
      return docs.map(headOf);
    },
    countBy: (authorId) => articles.countDocuments({ authorId, ...isListed() }),
    tagsWrittenBy: async (authorId, limit) => {
      const docs = await newest({ authorId }, { tags: 1 }, limit);
      return [...new Set(docs.flatMap(({ tags }) => tags))];
    },
    addresses: (limit) => newest({}, { _id: 0, slug: 1, updatedAt: 1 }, limit),
  } satisfies Partial<ArticlesStore>;
};

const revisionsOf = async (
  models: Models,
  id: string,
  { before, since, limit }: RevisionsPage,
): Promise<RevisionHead[]> => {
  const current = await findDoc(models, { _id: id });
  // The latest version may be kept already: by an edit under way, or when it went back to draft.
  const below = Math.min(before, current?.version ?? before);
  const shown = since === null ? {} : { wasPublic: trusted({ $ne: false }) };
  const older = await models.revisions
    .find({ articleId: id, version: trusted({ $lt: below, $gte: since ?? 1 }), ...shown })
    .select({ body: 0 })
    .sort({ version: -1 })
    .limit(limit)
    .lean<RevisionDoc[]>();
  const isOpen = since === null || (current?.state === 'published' && current.version >= since);
  const all = current && current.version < before && isOpen ? [revisionOf(current)] : [];
  return [...all, ...older].slice(0, limit).map(revisionHead);
};

/** What the articles store answers. */
export const createArticleReads = (models: Models) =>
  ({
    ...createLists(models),
    find: async (idOrSlug) => {
      const byId = await findDoc(models, { _id: idOrSlug });
      const doc = byId ?? (await findDoc(models, { slug: idOrSlug }));
      return doc && recordOf(doc);
    },
    revisions: (id, page) => revisionsOf(models, id, page),
    revision: async (id, version) => {
      const current = await findDoc(models, { _id: id, version });
      const found = current
        ? revisionOf(current)
        : await models.revisions.findOne({ _id: `${id}:${version}` }).lean<RevisionDoc>();
      if (!found) return null;
      const { body, tags, wasPublic } = found;
      return { ...revisionHead(found), body, tags, wasPublic: wasPublic !== false };
    },
  }) satisfies Partial<ArticlesStore>;
