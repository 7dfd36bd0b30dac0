import { conflict } from '../errors.ts';
import { holds, type Sqlite, type Unit } from '../platform/sqlite.ts';
import type { CourseHead, CourseRecord, CoursesStore } from './store.ts';

export const migrations: string[] = [
  `CREATE TABLE courses (
    id TEXT PRIMARY KEY, slug TEXT NOT NULL UNIQUE, title TEXT NOT NULL, author_id TEXT NOT NULL,
    created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, deleted_by TEXT,
    html TEXT NOT NULL, body TEXT NOT NULL
  );
  CREATE INDEX courses_listed ON courses (created_at, id) WHERE deleted_at IS NULL;
  CREATE TABLE course_articles (
    course_id TEXT NOT NULL, place INTEGER NOT NULL, article_id TEXT NOT NULL,
    PRIMARY KEY (course_id, place)
  ) WITHOUT ROWID;
  CREATE INDEX course_articles_by_article ON course_articles (article_id, course_id)`,
];

type Row = {
  id: string;
  slug: string;
  title: string;
  author_id: string;
  created_at: string;
  updated_at: string;
  article_ids: string;
};
type FullRow = Row & { html: string; body: string };

const headOf = (row: Row): CourseHead => ({
  id: row.id,
  slug: row.slug,
  title: row.title,
  authorId: row.author_id,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  articleIds: JSON.parse(row.article_ids) as string[],
});
const recordOf = (row: FullRow): CourseRecord => ({
  ...headOf(row),
  html: row.html,
  body: row.body,
});

const HEAD = `c.id, c.slug, c.title, c.author_id, c.created_at, c.updated_at, (
    SELECT json_group_array(article_id ORDER BY place) FROM course_articles WHERE course_id = c.id
  ) AS article_ids`;
const FIND = `SELECT ${HEAD}, c.html, c.body FROM courses c
  WHERE (c.id = ?1 OR c.slug = ?1) AND c.deleted_at IS NULL ORDER BY c.id = ?1 DESC LIMIT 1`;
const LIST = `SELECT ${HEAD} FROM courses c
  WHERE c.deleted_at IS NULL AND (c.created_at, c.id) < (?, ?)
  ORDER BY c.created_at DESC, c.id DESC LIMIT ?`;
const FIRST_WITH = `SELECT ${HEAD} FROM course_articles a JOIN courses c ON c.id = a.course_id
  WHERE a.article_id = ? ORDER BY c.created_at, c.id LIMIT 1`;
const INSERT = `INSERT INTO courses
    (id, slug, title, author_id, created_at, updated_at, html, body)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;
const CHANGE = `UPDATE courses SET title = ?, body = ?, html = ?, updated_at = ?
  WHERE id = ? AND deleted_at IS NULL`;
const TOUCH = 'UPDATE courses SET updated_at = ? WHERE id = ? AND deleted_at IS NULL';
const REMOVE = `UPDATE courses SET deleted_at = ?, deleted_by = ?, title = '', body = '', html = ''
  WHERE id = ? AND deleted_at IS NULL`;
const DELETED = 'SELECT 1 FROM courses WHERE id = ? AND deleted_at IS NOT NULL';
const EMPTY = 'DELETE FROM course_articles WHERE course_id = ?';
const FILL = `INSERT INTO course_articles (course_id, place, article_id)
  SELECT ?, key, value FROM json_each(?)`;

const fill = (id: string, articleIds: readonly string[]): Unit => [
  { sql: EMPTY, args: [id] },
  { sql: FILL, args: [id, JSON.stringify(articleIds)] },
];

/** Courses in SQLite. */
export const createCoursesSqliteStore = (db: Sqlite): CoursesStore => ({
  insert: async ({ id, slug, title, authorId, createdAt, updatedAt, html, body, articleIds }) => {
    const args = [id, slug, title, authorId, createdAt, updatedAt, html, body];
    if (await holds(db.write([{ sql: INSERT, args }, ...fill(id, articleIds)]))) return true;
    if (db.get(DELETED, id)) throw conflict('This course was deleted.');
    return false;
  },
  find: async (idOrSlug) => {
    const row = db.get<FullRow>(FIND, idOrSlug);
    return row ? recordOf(row) : null;
  },
  list: async ({ after, limit }) =>
    db.all<Row>(LIST, after?.at ?? '9', after?.id ?? '', limit).map(headOf),
  firstWith: async (articleId) => {
    const row = db.get<Row>(FIRST_WITH, articleId);
    return row ? headOf(row) : null;
  },
  change: (id, { title, body, html }, at) =>
    holds(db.write([{ sql: CHANGE, args: [title, body, html, at, id], expect: 'changed' }])),
  order: (id, articleIds, at) =>
    holds(db.write([{ sql: TOUCH, args: [at, id], expect: 'changed' }, ...fill(id, articleIds)])),
  remove: (id, at, by) =>
    holds(
      db.write([
        { sql: REMOVE, args: [at, by, id], expect: 'changed' },
        { sql: EMPTY, args: [id] },
      ]),
    ),
});
