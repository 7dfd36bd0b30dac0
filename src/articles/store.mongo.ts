import mongoose from 'mongoose';
import { conflict } from '../errors.ts';
import { guardedStore, isDuplicate, type Mongo } from '../platform/mongo.ts';
import { type Doc, docOf, type Models, modelsOf, revisionOf } from './docs.mongo.ts';
import { createMarksMongoStore } from './marks.mongo.ts';
import { createArticleReads, findDoc } from './reads.mongo.ts';
import type { ArticlesStore } from './store.ts';

/** A change that met another one looks again; so often is more than people can collide. */
const ATTEMPTS = 5;

/** Changes a document as it was read, or looks again; null when there is none. */
const change = async (
  models: Models,
  filter: mongoose.QueryFilter<Doc>,
  to: (doc: Doc) => Partial<Doc>,
): Promise<Doc | null> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const doc = await findDoc(models, filter);
    if (!doc) return null;
    const { version, state, publishedAt } = doc;
    const { matchedCount } = await models.articles.updateOne(
      { _id: doc._id, version, state, publishedAt, deletedAt: null },
      { $set: to(doc) },
    );
    if (matchedCount === 1) return doc;
  }
  throw new Error('an article kept changing');
};

/** What `write` answers, or `taken` when it broke a unique index. */
const unlessTaken = async <T, U>(write: () => Promise<T>, taken: U): Promise<T | U> => {
  try {
    return await write();
  } catch (error) {
    if (isDuplicate(error)) return taken;
    throw error;
  }
};

/** Keeps a version as it stands: repeating this changes nothing but that it was public. */
const keepVersion = async ({ revisions }: Models, doc: Doc): Promise<void> => {
  const { _id, wasPublic, ...kept } = revisionOf(doc);
  const update = wasPublic
    ? { $setOnInsert: kept, $set: { wasPublic } }
    : { $setOnInsert: { ...kept, wasPublic } };
  await revisions.updateOne({ _id }, update, { upsert: true });
};

const createEdit =
  (models: Models): ArticlesStore['edit'] =>
  async (id, baseVersion, text, { at, by }) => {
    const base = await findDoc(models, { _id: id, version: baseVersion });
    if (!base) return false;
    // First the version that goes: no version is ever missing.
    await keepVersion(models, base);
    const edited = await change(models, { _id: id, version: baseVersion }, ({ state }) => ({
      ...text,
      size: text.body.length,
      updatedAt: at,
      updatedBy: by,
      version: baseVersion + 1,
      draftAt: state === 'draft' ? at : null,
    }));
    return edited !== null;
  };

const createPublish =
  (models: Models): ArticlesStore['publish'] =>
  async (id, slug, at) => {
    const publish = () =>
      change(models, { _id: id }, ({ publishedAt, publishedVersion, ...doc }) => ({
        state: 'published',
        slug: publishedAt ? doc.slug : slug,
        publishedVersion: publishedVersion ?? doc.version,
        publishedAt: publishedAt ?? at,
        listedAt: publishedAt ?? at,
        draftAt: null,
      }));
    const before = await unlessTaken(publish, 'taken' as const);
    if (before === 'taken') return { state: 'slug_taken' };
    return before && { state: 'published', first: before.publishedAt === null };
  };

const createChanges = (models: Models) =>
  ({
    insert: async (article) => {
      const insert = async () => {
        await models.articles.create([docOf(article)]);
        return true;
      };
      if (await unlessTaken(insert, false)) return true;
      const deleted = { _id: article.id, deletedAt: mongoose.trusted({ $ne: null }) };
      if (await models.articles.exists(deleted)) throw conflict('This article was deleted.');
      return false;
    },
    edit: createEdit(models),
    publish: createPublish(models),
    unpublish: async (id) => {
      const open = await findDoc(models, { _id: id, state: 'published' });
      if (!open) return;
      await keepVersion(models, open);
      const toDraft = ({ updatedAt }: Doc) =>
        ({ state: 'draft', draftAt: updatedAt, listedAt: null }) as const;
      await change(models, { _id: id, state: 'published' }, toDraft);
    },
    remove: async (id, at, by) => {
      await models.revisions.deleteMany({ articleId: id });
      const nothing = { title: '', excerpt: '', tags: [], toc: [], html: '', body: '', size: 0 };
      const { matchedCount } = await models.articles.updateOne(
        { _id: id, deletedAt: null },
        { $set: { ...nothing, deletedAt: at, deletedBy: by, listedAt: null, draftAt: null } },
      );
      return matchedCount === 1;
    },
  }) satisfies Partial<ArticlesStore>;

/** Articles in MongoDB. */
export const createArticlesMongoStore = (mongo: Mongo): ArticlesStore => {
  const models = modelsOf(mongo);
  return guardedStore({
    ...createArticleReads(models),
    ...createChanges(models),
    ...createMarksMongoStore(mongo, models.articles),
  } satisfies ArticlesStore);
};
