import { conflict } from '../errors.ts';
import {
  holds,
  type Sqlite,
  type Statement,
  UniqueViolation,
  WriteRefused,
} from '../platform/sqlite.ts';
import { createMarksSqliteStore, marksTables } from './marks.sqlite.ts';
import { createArticleReads } from './reads.sqlite.ts';
import type { ArticleRecord, ArticlesStore, ArticleText } from './store.ts';

// `listed_at` is the publication of what lists show, `draft_at` the latest change of a draft: each
// list is a range of one index. The long columns stand last, so that lists do not read over them.
export const migrations: string[] = [
  `CREATE TABLE articles (
    id TEXT PRIMARY KEY, slug TEXT NOT NULL UNIQUE, title TEXT NOT NULL, excerpt TEXT NOT NULL,
    tags TEXT NOT NULL, minutes INTEGER NOT NULL, size INTEGER NOT NULL,
    author_id TEXT NOT NULL, room_id TEXT NOT NULL UNIQUE, state TEXT NOT NULL,
    published_at TEXT, listed_at TEXT, draft_at TEXT,
    created_at TEXT NOT NULL, updated_at TEXT NOT NULL, updated_by TEXT NOT NULL,
    version INTEGER NOT NULL, published_version INTEGER,
    deleted_at TEXT, deleted_by TEXT,
    toc TEXT NOT NULL, html TEXT NOT NULL, body TEXT NOT NULL
  );
  CREATE INDEX articles_listed ON articles (listed_at, id) WHERE listed_at IS NOT NULL;
  CREATE INDEX articles_by_author ON articles (author_id, listed_at, id) WHERE listed_at IS NOT NULL;
  CREATE INDEX articles_drafts ON articles (author_id, draft_at, id) WHERE draft_at IS NOT NULL;
  CREATE TABLE article_revisions (
    article_id TEXT NOT NULL, version INTEGER NOT NULL, title TEXT NOT NULL, tags TEXT NOT NULL,
    size INTEGER NOT NULL, saved_at TEXT NOT NULL, saved_by TEXT NOT NULL, body TEXT NOT NULL,
    UNIQUE (article_id, version)
  )`,
  ...marksTables,
  `ALTER TABLE article_revisions ADD COLUMN was_public INTEGER NOT NULL DEFAULT 1`,
];

const INSERT = `INSERT INTO articles (id, slug, title, excerpt, tags, minutes, size, author_id,
    room_id, state, published_at, listed_at, draft_at, created_at, updated_at, updated_by, version,
    published_version, toc, html, body)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const KEPT = `INSERT INTO article_revisions
    (article_id, version, title, tags, size, saved_at, saved_by, body, was_public)
  SELECT id, version, title, tags, size, updated_at, updated_by, body, state = 'published'
  FROM articles WHERE id = ? AND deleted_at IS NULL`;
const DELETED = 'SELECT 1 FROM articles WHERE id = ? AND deleted_at IS NOT NULL';
// What went back to draft is kept already, as the version that was public.
const KEEP = `${KEPT} AND version = ? ON CONFLICT DO NOTHING`;
const KEEP_PUBLIC = `${KEPT} AND state = 'published' ON CONFLICT DO NOTHING`;
const EDIT = `UPDATE articles SET title = ?3, body = ?4, tags = ?5, html = ?6, toc = ?7, minutes = ?8,
    excerpt = ?9, size = ?10, updated_at = ?11, updated_by = ?12, version = version + 1,
    draft_at = CASE WHEN draft_at IS NULL THEN NULL ELSE ?11 END
  WHERE id = ?1 AND version = ?2 AND deleted_at IS NULL`;
const PUBLISH = `UPDATE articles SET state = 'published', draft_at = NULL,
    slug = CASE WHEN published_at IS NULL THEN ?2 ELSE slug END,
    published_at = coalesce(published_at, ?3), listed_at = coalesce(published_at, ?3),
    published_version = coalesce(published_version, version)
  WHERE id = ?1 AND deleted_at IS NULL RETURNING published_at`;
const UNPUBLISH = `UPDATE articles SET state = 'draft', draft_at = updated_at, listed_at = NULL
  WHERE id = ? AND state = 'published' AND deleted_at IS NULL`;
const REMOVE = `UPDATE articles SET deleted_at = ?2, deleted_by = ?3, listed_at = NULL,
    draft_at = NULL, title = '', excerpt = '', tags = '[]', toc = '[]', html = '', body = '', size = 0
  WHERE id = ?1 AND deleted_at IS NULL`;
const FORGET = 'DELETE FROM article_revisions WHERE article_id = ?';
const UNLIST = 'DELETE FROM article_tags WHERE article_id = ?';
const LIST = `INSERT INTO article_tags (tag, listed_at, article_id)
  SELECT tag.value, a.listed_at, a.id FROM articles a, json_each(a.tags) tag
  WHERE a.id = ? AND a.listed_at IS NOT NULL`;

/** Brings the rows by tag in line with the article, in the unit that changed it. */
const relist = (id: string): Statement[] => [
  { sql: UNLIST, args: [id] },
  { sql: LIST, args: [id] },
];

const insertArgs = (article: ArticleRecord) => [
  article.id,
  article.slug,
  article.title,
  article.excerpt,
  JSON.stringify(article.tags),
  article.minutes,
  article.body.length,
  article.authorId,
  article.roomId,
  article.state,
  article.publishedAt,
  article.state === 'published' ? article.publishedAt : null,
  article.state === 'draft' ? article.updatedAt : null,
  article.createdAt,
  article.updatedAt,
  article.updatedBy,
  article.version,
  article.publishedVersion,
  JSON.stringify(article.toc),
  article.html,
  article.body,
];
const textArgs = (text: ArticleText) => [
  text.title,
  text.body,
  JSON.stringify(text.tags),
  text.html,
  JSON.stringify(text.toc),
  text.minutes,
  text.excerpt,
  text.body.length,
];

/** Articles in SQLite. */
export const createArticlesSqliteStore = (db: Sqlite): ArticlesStore => ({
  ...createArticleReads(db),
  ...createMarksSqliteStore(db),
  insert: async (article) => {
    const { id } = article;
    const unit = [{ sql: INSERT, args: insertArgs(article) }, ...relist(id)];
    if (await holds(db.write(unit))) return true;
    if (db.get(DELETED, id)) throw conflict('This article was deleted.');
    return false;
  },
  edit: (id, baseVersion, text, { at, by }) =>
    holds(
      db.write([
        { sql: KEEP, args: [id, baseVersion] },
        { sql: EDIT, args: [id, baseVersion, ...textArgs(text), at, by], expect: 'changed' },
        ...relist(id),
      ]),
    ),
  publish: async (id, slug, at) => {
    try {
      const [published] = await db.write([
        { sql: PUBLISH, args: [id, slug, at], expect: 'changed' },
        ...relist(id),
      ]);
      return { state: 'published', first: published?.rows[0]?.published_at === at };
    } catch (error) {
      if (error instanceof UniqueViolation) return { state: 'slug_taken' };
      if (error instanceof WriteRefused) return null;
      throw error;
    }
  },
  unpublish: async (id) => {
    const back = [KEEP_PUBLIC, UNPUBLISH].map((sql) => ({ sql, args: [id] }));
    await db.write([...back, ...relist(id)]);
  },
  remove: (id, at, by) =>
    holds(
      db.write([
        { sql: REMOVE, args: [id, at, by], expect: 'changed' },
        { sql: FORGET, args: [id] },
        ...relist(id),
      ]),
    ),
});
