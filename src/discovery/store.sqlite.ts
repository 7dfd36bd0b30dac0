import type { Sqlite } from '../platform/sqlite.ts';
import { belowOf, matchOf, tokenOf } from './match.sqlite.ts';
import { createSaidSqlite, saidMigration } from './said.sqlite.ts';
import type { Doc, Hit, SearchStore } from './store.ts';

export const migrations: string[] = [
  `CREATE TABLE search_docs (
    doc INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, author_id TEXT NOT NULL,
    room_id TEXT, at TEXT NOT NULL, rev INTEGER NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
    UNIQUE (kind, id)
  );
  CREATE INDEX search_responses_author ON search_docs (author_id, room_id) WHERE kind = 'responses';
  CREATE VIRTUAL TABLE search_words USING fts5(
    place, title, words, content='', contentless_delete=1, prefix='2 3',
    tokenize="unicode61 remove_diacritics 0"
  )`,
  // Whether everybody may read it. Responses of before can be told apart; talk is of the last day.
  `ALTER TABLE search_docs ADD COLUMN open INTEGER NOT NULL DEFAULT 0;
  UPDATE search_docs SET open = 1 WHERE kind = 'responses';
  CREATE INDEX search_talk ON search_docs (at, room_id, author_id) WHERE open = 1`,
  // What is said has an index of its own, which is made anew from the log of the rooms.
  `DROP INDEX search_responses_author;
  DROP INDEX search_talk;
  DELETE FROM search_words WHERE rowid IN
    (SELECT doc FROM search_docs WHERE kind IN ('responses', 'messages'));
  DELETE FROM search_docs WHERE kind IN ('responses', 'messages');
  ALTER TABLE search_docs DROP COLUMN open;
  ${saidMigration}`,
  'ALTER TABLE search_docs DROP COLUMN room_id',
];

// A batch is one JSON text and three statements. Words go first, and only those of an earlier
// state: a document that is new has none.
const FORGET_WORDS = `DELETE FROM search_words WHERE rowid IN (
    SELECT d.doc FROM json_each(?1) j CROSS JOIN search_docs d
      ON d.kind = j.value ->> 'kind' AND d.id = j.value ->> 'id'
    WHERE d.rev <= j.value ->> 'rev')`;
const PUT = `INSERT INTO search_docs (kind, id, author_id, at, rev, title, text)
  SELECT value ->> 'kind', value ->> 'id', value ->> 'authorId', value ->> 'at', value ->> 'rev',
    value ->> 'title', value ->> 'text'
  FROM json_each(?1) WHERE true
  ON CONFLICT (kind, id) DO UPDATE SET at = excluded.at, rev = excluded.rev,
    title = excluded.title, text = excluded.text
  WHERE excluded.rev >= search_docs.rev`;
const PUT_WORDS = `INSERT INTO search_words (rowid, place, title, words)
  SELECT d.doc, j.value ->> 'place', j.value ->> 'titleWords', j.value ->> 'words'
  FROM json_each(?1) j CROSS JOIN search_docs d
    ON d.kind = j.value ->> 'kind' AND d.id = j.value ->> 'id' AND d.rev = j.value ->> 'rev'`;
const FORGET_ONE =
  'DELETE FROM search_words WHERE rowid = (SELECT doc FROM search_docs WHERE kind = ? AND id = ?)';
const SEARCH = `SELECT d.kind, d.id, d.author_id AS authorId, d.at, d.title, d.text,
    CAST(d.doc AS TEXT) AS key
  FROM search_words w JOIN search_docs d ON d.doc = w.rowid
  WHERE search_words MATCH ?1 AND w.rowid < ?2 ORDER BY w.rowid DESC LIMIT ?3`;
/** The latest state of each, as the statements read it. */
const asJson = (docs: readonly Doc[]): string => {
  const latest = new Map<string, Doc>();
  for (const doc of docs) {
    const key = `${doc.kind} ${doc.id}`;
    if ((latest.get(key)?.rev ?? 0) <= doc.rev) latest.set(key, doc);
  }
  const rows = [...latest.values()].map((doc) => ({
    ...doc,
    place: tokenOf(doc.place),
    titleWords: doc.titleWords.join(' '),
    words: doc.words.join(' '),
  }));
  return JSON.stringify(rows);
};

/** Words in FTS5 tables that keep no text. */
export const createSearchSqliteStore = (db: Sqlite): SearchStore => ({
  put: async (docs) => {
    const args = [asJson(docs)];
    await db.write([FORGET_WORDS, PUT, PUT_WORDS].map((sql) => ({ sql, args })));
  },
  remove: async (kind, id) => {
    await db.write([
      { sql: FORGET_ONE, args: [kind, id] },
      { sql: 'DELETE FROM search_docs WHERE kind = ? AND id = ?', args: [kind, id] },
    ]);
  },
  search: async (search) => {
    const match = matchOf(search, search.inTitle ? 'title' : 'words');
    return db.all<Hit>(SEARCH, match, belowOf(search), search.limit);
  },
  ...createSaidSqlite(db),
});
