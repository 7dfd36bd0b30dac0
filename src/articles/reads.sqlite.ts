import type { Sqlite } from '../platform/sqlite.ts';
import type {
  ArticleHead,
  ArticleRecord,
  ArticlesStore,
  Listed,
  ListPage,
  RevisionHead,
} from './store.ts';

type Row = {
  id: string;
  slug: string;
  title: string;
  excerpt: string;
  tags: string;
  minutes: number;
  author_id: string;
  room_id: string;
  state: 'draft' | 'published';
  published_at: string | null;
  created_at: string;
  updated_at: string;
  updated_by: string;
  version: number;
  published_version: number | null;
};
type FullRow = Row & { toc: string; html: string; body: string };

const headOf = (row: Row): ArticleHead => ({
  id: row.id,
  slug: row.slug,
  title: row.title,
  excerpt: row.excerpt,
  tags: JSON.parse(row.tags) as string[],
  minutes: row.minutes,
  authorId: row.author_id,
  roomId: row.room_id,
  state: row.state,
  publishedAt: row.published_at,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  updatedBy: row.updated_by,
  version: row.version,
  publishedVersion: row.published_version,
});
const recordOf = (row: FullRow): ArticleRecord => ({
  ...headOf(row),
  toc: JSON.parse(row.toc) as ArticleRecord['toc'],
  html: row.html,
  body: row.body,
});

const HEAD = `a.id, a.slug, a.title, a.excerpt, a.tags, a.minutes, a.author_id, a.room_id, a.state,
  a.published_at, a.created_at, a.updated_at, a.updated_by, a.version, a.published_version`;
const FIND = `SELECT ${HEAD}, a.toc, a.html, a.body FROM articles a
  WHERE (a.id = ?1 OR a.slug = ?1) AND a.deleted_at IS NULL ORDER BY a.id = ?1 DESC LIMIT 1`;
const HEADS = `SELECT ${HEAD} FROM articles a
  WHERE a.id IN (SELECT value FROM json_each(?)) AND a.deleted_at IS NULL`;
const HEADS_OF_ROOMS = `SELECT ${HEAD} FROM articles a
  WHERE a.room_id IN (SELECT value FROM json_each(?)) AND a.deleted_at IS NULL`;
const ALL = `SELECT ${HEAD} FROM articles a
  WHERE a.listed_at IS NOT NULL AND (a.listed_at, a.id) < (?1, ?2)
  ORDER BY a.listed_at DESC, a.id DESC LIMIT ?3`;
const BY_TAG = `SELECT ${HEAD} FROM article_tags t JOIN articles a ON a.id = t.article_id
  WHERE t.tag = ?4 AND (t.listed_at, t.article_id) < (?1, ?2)
  ORDER BY t.listed_at DESC, t.article_id DESC LIMIT ?3`;
const BY_AUTHOR = `SELECT ${HEAD} FROM articles a
  WHERE a.author_id = ?4 AND a.listed_at IS NOT NULL AND (a.listed_at, a.id) < (?1, ?2)
    AND (?5 IS NULL OR EXISTS (SELECT 1 FROM article_tags t WHERE t.tag = ?5
      AND t.listed_at = a.listed_at AND t.article_id = a.id))
  ORDER BY a.listed_at DESC, a.id DESC LIMIT ?3`;
const DRAFTS = `SELECT ${HEAD} FROM articles a
  WHERE a.author_id = ?4 AND a.draft_at IS NOT NULL AND (a.draft_at, a.id) < (?1, ?2)
  ORDER BY a.draft_at DESC, a.id DESC LIMIT ?3`;
// A page of each author and tag is enough to hold a page of all of them.
const FOLLOWING = `SELECT ${HEAD} FROM articles a WHERE a.id IN (
    SELECT own.id FROM json_each(?4) author JOIN articles own ON own.id IN (
      SELECT b.id FROM articles b WHERE b.author_id = author.value AND b.listed_at IS NOT NULL
        AND (b.listed_at, b.id) < (?1, ?2) ORDER BY b.listed_at DESC, b.id DESC LIMIT ?3)
    UNION
    SELECT tagged.id FROM json_each(?5) followed JOIN articles tagged ON tagged.id IN (
      SELECT t.article_id FROM article_tags t WHERE t.tag = followed.value
        AND (t.listed_at, t.article_id) < (?1, ?2)
        ORDER BY t.listed_at DESC, t.article_id DESC LIMIT ?3))
  ORDER BY a.listed_at DESC, a.id DESC LIMIT ?3`;
const COUNT_BY =
  'SELECT count(*) AS count FROM articles WHERE author_id = ? AND listed_at IS NOT NULL';
const WRITTEN_TAGS = `SELECT tags FROM articles WHERE author_id = ? AND listed_at IS NOT NULL
  ORDER BY listed_at DESC, id DESC LIMIT ?`;
const ADDRESSES = `SELECT slug, updated_at FROM articles WHERE listed_at IS NOT NULL
  ORDER BY listed_at DESC LIMIT ?`;
// The latest version may be kept already: when it went back to draft.
const OLDER = 'r.article_id = a.id AND r.version < a.version';
const REVISIONS = `SELECT version, title, updated_at AS saved_at, updated_by AS saved_by, size
    FROM articles WHERE id = ?1 AND version < ?2
    AND (?4 IS NULL OR (state = 'published' AND version >= ?4))
  UNION ALL SELECT r.version, r.title, r.saved_at, r.saved_by, r.size
    FROM articles a JOIN article_revisions r ON ${OLDER}
    WHERE a.id = ?1 AND r.version < ?2 AND (?4 IS NULL OR (r.was_public AND r.version >= ?4))
  ORDER BY version DESC LIMIT ?3`;
const REVISION = `SELECT version, title, updated_at AS saved_at, updated_by AS saved_by, size, body,
    tags, state = 'published' AS was_public
    FROM articles WHERE id = ?1 AND version = ?2 AND deleted_at IS NULL
  UNION ALL SELECT r.version, r.title, r.saved_at, r.saved_by, r.size, r.body, r.tags, r.was_public
    FROM articles a JOIN article_revisions r ON ${OLDER} WHERE a.id = ?1 AND r.version = ?2`;

type RevisionRow = {
  version: number;
  title: string;
  saved_at: string;
  saved_by: string;
  size: number;
};
type FullRevisionRow = RevisionRow & { body: string; tags: string; was_public: number };
const revisionOf = (row: RevisionRow): RevisionHead => ({
  version: row.version,
  title: row.title,
  at: row.saved_at,
  by: row.saved_by,
  size: row.size,
});

const rowsOf = (db: Sqlite, listed: Listed, { after, limit }: ListPage): Row[] => {
  const page = [after?.at ?? '9', after?.id ?? '', limit] as const;
  if (listed.by === 'all') return db.all(ALL, ...page);
  if (listed.by === 'tag') return db.all(BY_TAG, ...page, listed.tag);
  if (listed.by === 'drafts') return db.all(DRAFTS, ...page, listed.authorId);
  if (listed.by === 'author') return db.all(BY_AUTHOR, ...page, listed.authorId, listed.tag);
  const { authorIds, tags } = listed;
  return db.all(FOLLOWING, ...page, JSON.stringify(authorIds), JSON.stringify(tags));
};

/** What the articles store answers. */
export const createArticleReads = (db: Sqlite) =>
  ({
    find: async (idOrSlug) => {
      const row = db.get<FullRow>(FIND, idOrSlug);
      return row ? recordOf(row) : null;
    },
    heads: async (ids) => db.all<Row>(HEADS, JSON.stringify(ids)).map(headOf),
    headsOfRooms: async (roomIds) =>
      db.all<Row>(HEADS_OF_ROOMS, JSON.stringify(roomIds)).map(headOf),
    list: async (listed, page) => rowsOf(db, listed, page).map(headOf),
    countBy: async (authorId) => db.get<{ count: number }>(COUNT_BY, authorId)?.count ?? 0,
    tagsWrittenBy: async (authorId, articles) => {
      const rows = db.all<{ tags: string }>(WRITTEN_TAGS, authorId, articles);
      return [...new Set(rows.flatMap(({ tags }) => JSON.parse(tags) as string[]))];
    },
    addresses: async (limit) =>
      db
        .all<{ slug: string; updated_at: string }>(ADDRESSES, limit)
        .map(({ slug, updated_at }) => ({ slug, updatedAt: updated_at })),
    revisions: async (id, { before, since, limit }) =>
      db.all<RevisionRow>(REVISIONS, id, before, limit, since).map(revisionOf),
    revision: async (id, version) => {
      const row = db.get<FullRevisionRow>(REVISION, id, version);
      if (!row) return null;
      const tags = JSON.parse(row.tags) as string[];
      return { ...revisionOf(row), body: row.body, tags, wasPublic: row.was_public === 1 };
    },
  }) satisfies Partial<ArticlesStore>;
