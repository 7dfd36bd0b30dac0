import { holds, type Sqlite } from '../platform/sqlite.ts';
import { belowOf, matchOf, tokenOf } from './match.sqlite.ts';
import type { Hit, SearchStore, TalkIn } from './store.ts';
import { wordsOf } from './words.ts';

/**
 * What is said is found by its place in the rooms' log. The index follows the log by itself, in the
 * writer and up to a mark that is stored with it: nobody waits for it, a process that dies leaves
 * nothing out, and whoever else writes the same file goes on where it stands.
 */
export const saidMigration = `
  CREATE VIRTUAL TABLE said_words USING fts5(
    place, words, content='', contentless_delete=1, detail=column, prefix='2 3', tokenize='ascii'
  );
  CREATE TABLE said_open (
    pos INTEGER PRIMARY KEY, at TEXT NOT NULL, room_id TEXT NOT NULL, author_id TEXT NOT NULL,
    response INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX said_open_time ON said_open (at, room_id, author_id);
  CREATE INDEX said_open_author ON said_open (author_id, room_id) WHERE response = 1;
  CREATE TABLE said_until (pos INTEGER NOT NULL) STRICT;
  INSERT INTO said_until VALUES (0);
  CREATE TRIGGER said_gone AFTER DELETE ON room_events WHEN OLD.kind = 'message' BEGIN
    DELETE FROM said_words WHERE rowid = OLD.pos;
    DELETE FROM said_open WHERE pos = OLD.pos;
  END`;

/** Events that are followed in one commit: some 5 ms, in which messages wait for the writer. */
const STEP = 256;

const NEXT = `SELECT said_until.pos AS since, max(e.pos) AS until, count(e.pos) AS count
  FROM said_until JOIN (SELECT pos FROM room_events WHERE pos > (SELECT pos FROM said_until)
  ORDER BY pos LIMIT ${STEP}) e`;

// CROSS JOIN keeps the order: the few events of this step first, then a look-up for each.
const CHANGED = `SELECT m.pos FROM room_events e CROSS JOIN room_events m ON m.id = e.message_id
  WHERE e.pos > ?1 AND e.pos <= ?2 AND e.kind IN ('edit', 'delete')`;
const TOUCHED = `SELECT pos FROM room_events WHERE pos > ?1 AND pos <= ?2 AND kind = 'message'
  UNION ${CHANGED}`;
// The tokenizer takes ASCII letters and digits as words are made here; other letters are ours.
const IS_ASCII = 'octet_length(m.body) = length(m.body)';

const OTHERS = `SELECT m.pos, m.body FROM (${TOUCHED}) t CROSS JOIN room_events m ON m.pos = t.pos
  WHERE m.deleted_at IS NULL AND NOT ${IS_ASCII}`;

const PLACE = `CASE r.kind WHEN 'article' THEN '${tokenOf('responses')}'
  WHEN 'public' THEN '${tokenOf('messages')}' ELSE 'p' || hex('room:' || r.id) END`;
const MOVE = 'UPDATE said_until SET pos = ?2 WHERE pos = ?1';
const FORGET_WORDS = `DELETE FROM said_words WHERE rowid IN (${CHANGED})`;
const FORGET_OPEN = `DELETE FROM said_open WHERE pos IN (${CHANGED})`;
const PUT_ASCII = `INSERT INTO said_words (rowid, place, words) SELECT m.pos, ${PLACE}, m.body
  FROM (${TOUCHED}) t CROSS JOIN room_events m ON m.pos = t.pos
  CROSS JOIN rooms r ON r.id = m.room_id WHERE m.deleted_at IS NULL AND ${IS_ASCII}`;
const PUT_OTHERS = `INSERT INTO said_words (rowid, place, words)
  SELECT m.pos, ${PLACE}, j.value ->> 'words' FROM json_each(?1) j
  CROSS JOIN room_events m ON m.pos = j.value ->> 'pos' CROSS JOIN rooms r ON r.id = m.room_id
  WHERE m.deleted_at IS NULL AND NOT ${IS_ASCII}`;
const PUT_OPEN = `INSERT INTO said_open (pos, at, room_id, author_id, response)
  SELECT m.pos, m.at, m.room_id, m.sender_id, r.kind = 'article'
  FROM (${TOUCHED}) t CROSS JOIN room_events m ON m.pos = t.pos
  CROSS JOIN rooms r ON r.id = m.room_id
  WHERE m.deleted_at IS NULL AND r.kind IN ('article', 'public')`;

const SAID = `SELECT CASE r.kind WHEN 'article' THEN 'responses' ELSE 'messages' END AS kind,
    m.id, m.sender_id AS authorId, m.at, '' AS title, '' AS text, CAST(m.pos AS TEXT) AS key
  FROM said_words w CROSS JOIN room_events m ON m.pos = w.rowid
  CROSS JOIN rooms r ON r.id = m.room_id
  WHERE said_words MATCH ?1 AND w.rowid < ?2 AND m.deleted_at IS NULL
  ORDER BY w.rowid DESC LIMIT ?3`;
const TALKED_WITH = `SELECT DISTINCT o.author_id AS userId, o.room_id AS roomId
  FROM json_each(?2) j
  JOIN said_open o ON o.author_id = j.value AND o.response = 1
  JOIN said_open m ON m.author_id = ?1 AND m.room_id = o.room_id AND m.response = 1
  LIMIT ?3`;
const TALK = `SELECT room_id AS roomId, count(*) AS count, count(DISTINCT author_id) AS people,
    max(at) AS at
  FROM (SELECT room_id, author_id, at FROM said_open WHERE at >= ?1 ORDER BY at DESC LIMIT ?2)
  GROUP BY room_id ORDER BY max(at) DESC, room_id`;

type Next = { since: number; until: number | null; count: number };

export const createSaidSqlite = (
  db: Sqlite,
): Pick<SearchStore, 'said' | 'follow' | 'talkedWith' | 'talk'> => ({
  follow: async () => {
    const next = db.get<Next>(NEXT);
    if (!next || next.until === null) return false;
    const range = [next.since, next.until];
    const others = db
      .all<{ pos: number; body: string }>(OTHERS, ...range)
      .map(({ pos, body }) => ({ pos, words: wordsOf(body).join(' ') }));
    const isOurs = await holds(
      db.writeBehind([
        // Refused when another process has taken this step.
        { sql: MOVE, args: range, expect: 'changed' },
        ...[FORGET_WORDS, FORGET_OPEN, PUT_ASCII].map((sql) => ({ sql, args: range })),
        { sql: PUT_OTHERS, args: [JSON.stringify(others)] },
        { sql: PUT_OPEN, args: range },
      ]),
    );
    return !isOurs || next.count === STEP;
  },
  said: async (search) =>
    db.all<Hit>(SAID, matchOf(search, 'words'), belowOf(search), search.limit),
  talkedWith: async (userId, otherIds, limit) =>
    db.all(TALKED_WITH, userId, JSON.stringify(otherIds), limit),
  talk: async (since, limit) => db.all<TalkIn>(TALK, since, limit),
});
