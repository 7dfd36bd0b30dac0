import type { Sqlite } from '../platform/sqlite.ts';
import { type Doc, type Hit, isTalk, type Search, type SearchStore, type TalkIn } from './store.ts';

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
];

/** A place as one token: letters and digits only. */
const token = (place: string): string => `p${Buffer.from(place).toString('hex')}`;

/** Words hold letters and digits only, so that they cannot be anything else in a quoted string. */
const matchOf = ({ places, words, beginning, inTitle }: Search): string => {
  const column = inTitle ? 'title' : 'words';
  const terms = words.map((word) => `${column} : "${word}"`);
  if (beginning !== null) terms.push(`${column} : "${beginning}"*`);
  const where = places.map((place) => `"${token(place)}"`).join(' OR ');
  return [`place : (${where})`, ...terms].join(' AND ');
};

// A batch is one JSON text and three statements. Words go first, and only those of an earlier
// state: a document that is new has none.
const FORGET_WORDS = `DELETE FROM search_words WHERE rowid IN (
    SELECT d.doc FROM json_each(?1) j CROSS JOIN search_docs d
      ON d.kind = j.value ->> 'kind' AND d.id = j.value ->> 'id'
    WHERE d.rev <= j.value ->> 'rev')`;
const PUT = `INSERT INTO search_docs (kind, id, author_id, room_id, at, rev, title, text, open)
  SELECT value ->> 'kind', value ->> 'id', value ->> 'authorId', value ->> 'roomId',
    value ->> 'at', value ->> 'rev', value ->> 'title', value ->> 'text',
    value ->> 'open' FROM json_each(?1) WHERE true
  ON CONFLICT (kind, id) DO UPDATE SET at = excluded.at, rev = excluded.rev,
    title = excluded.title, text = excluded.text, open = excluded.open
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
const TALKED_WITH = `SELECT DISTINCT o.author_id AS userId, o.room_id AS roomId
  FROM json_each(?2) j
  JOIN search_docs o ON o.author_id = j.value AND o.kind = 'responses'
  JOIN search_docs m ON m.author_id = ?1 AND m.room_id = o.room_id AND m.kind = 'responses'
  LIMIT ?3`;

const TALK = `SELECT room_id AS roomId, count(*) AS count, count(DISTINCT author_id) AS people,
    max(at) AS at
  FROM (SELECT room_id, author_id, at FROM search_docs
    WHERE open = 1 AND at >= ?1 ORDER BY at DESC LIMIT ?2)
  GROUP BY room_id ORDER BY max(at) DESC, room_id`;

/** The latest state of each, as the statements read it. */
const asJson = (docs: readonly Doc[]): string => {
  const latest = new Map<string, Doc>();
  for (const doc of docs) {
    const key = `${doc.kind} ${doc.id}`;
    if ((latest.get(key)?.rev ?? 0) <= doc.rev) latest.set(key, doc);
  }
  const rows = [...latest.values()].map((doc) => ({
    ...doc,
    place: token(doc.place),
    open: Number(isTalk(doc)),
    titleWords: doc.titleWords.join(' '),
    words: doc.words.join(' '),
  }));
  return JSON.stringify(rows);
};

/** Words in an FTS5 table that keeps no text. */
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
    const before = search.after === null ? Number.MAX_SAFE_INTEGER : Number(search.after);
    return db.all<Hit>(SEARCH, matchOf(search), before, search.limit);
  },
  talkedWith: async (userId, otherIds, limit) =>
    db.all(TALKED_WITH, userId, JSON.stringify(otherIds), limit),
  talk: async (since, limit) => db.all<TalkIn>(TALK, since, limit),
});
