import mongoose from 'mongoose';
import type { Mongo } from '../platform/mongo.ts';
import type { ArticleHead, ArticleRecord, RevisionHead, RevisionRecord } from './store.ts';

/**
 * `listedAt` is the publication of what lists show, `draftAt` the latest change of a draft: each
 * list is a range of one index.
 */
export type Doc = Omit<ArticleRecord, 'id'> & {
  _id: string;
  size: number;
  listedAt: string | null;
  draftAt: string | null;
  deletedAt: string | null;
  deletedBy: string | null;
};
export type RevisionDoc = RevisionRecord & { _id: string; articleId: string };

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
    wasPublic: Boolean,
  },
  { collection: 'article_revisions', versionKey: false },
);
revisionSchema.index({ articleId: 1, version: -1 }, { unique: true });

/** Leaves the long parts out. */
export const HEAD = { toc: 0, html: 0, body: 0 } as const;
export const headOf = ({ _id, size, listedAt, draftAt, deletedAt, deletedBy, ...head }: Doc) =>
  ({ id: _id, ...head }) as ArticleHead;
export const recordOf = (doc: Doc) => headOf(doc) as ArticleRecord;
export const docOf = ({ id, ...article }: ArticleRecord): Doc => ({
  _id: id,
  ...article,
  size: article.body.length,
  listedAt: article.state === 'published' ? article.publishedAt : null,
  draftAt: article.state === 'draft' ? article.updatedAt : null,
  deletedAt: null,
  deletedBy: null,
});

/** The version that stands now, in the form in which earlier ones are kept. */
export const revisionOf = (doc: Doc): RevisionDoc => ({
  _id: `${doc._id}:${doc.version}`,
  articleId: doc._id,
  version: doc.version,
  title: doc.title,
  tags: doc.tags,
  size: doc.size,
  at: doc.updatedAt,
  by: doc.updatedBy,
  body: doc.body,
  wasPublic: doc.state === 'published',
});
export const revisionHead = ({ version, title, at, by, size }: RevisionDoc): RevisionHead => ({
  version,
  title,
  at,
  by,
  size,
});

/** The collections of articles and of their earlier versions. */
export const modelsOf = ({ connection }: Mongo) => ({
  articles: connection.model<Doc>('Article', articleSchema),
  revisions: connection.model<RevisionDoc>('ArticleRevision', revisionSchema),
});
export type Models = ReturnType<typeof modelsOf>;
