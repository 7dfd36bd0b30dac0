import type { Sqlite } from '../platform/sqlite.ts';
import { createSqliteAppend } from './append.sqlite.ts';
import { countAfter, lastN, numbersMigration, seqOf } from './numbers.sqlite.ts';
import { emptyHead, type Head } from './records.ts';
import { type EventRow, eventOf, messageOf } from './rows.sqlite.ts';
import type { LogStore } from './store.ts';

export const logMigrations: string[] = [
  `CREATE TABLE room_events (
     pos INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL UNIQUE, room_id TEXT NOT NULL, seq INTEGER NOT NULL, n INTEGER NOT NULL,
     kind TEXT NOT NULL, at TEXT NOT NULL, sender_id TEXT, client_id TEXT, digest TEXT,
     body TEXT NOT NULL, html TEXT, edited_at TEXT, deleted_at TEXT, reply_to TEXT, thread_id TEXT,
     mentions TEXT NOT NULL, reactions TEXT NOT NULL, message_id TEXT, data TEXT,
     UNIQUE (room_id, seq)
   ) STRICT;
   CREATE UNIQUE INDEX room_events_sent ON room_events (room_id, sender_id, client_id)
     WHERE client_id IS NOT NULL;
   CREATE INDEX room_events_counted ON room_events (room_id, kind, n, deleted_at, sender_id);
   CREATE INDEX room_events_threads ON room_events (room_id, thread_id, n) WHERE kind = 'message';
   CREATE INDEX room_events_targets ON room_events (message_id) WHERE message_id IS NOT NULL;

   CREATE TABLE room_mentions (
     user_id TEXT NOT NULL, room_id TEXT NOT NULL, n INTEGER NOT NULL,
     PRIMARY KEY (user_id, room_id, n)
   ) STRICT, WITHOUT ROWID;
   CREATE TRIGGER room_mentions_made AFTER INSERT ON room_events
     WHEN NEW.kind = 'message' AND NEW.mentions <> '[]'
   BEGIN
     INSERT INTO room_mentions SELECT value, NEW.room_id, NEW.n FROM json_each(NEW.mentions);
   END;
   CREATE TRIGGER room_mentions_changed AFTER UPDATE OF mentions ON room_events
     WHEN NEW.kind = 'message' AND NEW.mentions <> OLD.mentions
   BEGIN
     DELETE FROM room_mentions WHERE room_id = OLD.room_id AND n = OLD.n
       AND user_id IN (SELECT value FROM json_each(OLD.mentions));
     INSERT INTO room_mentions SELECT value, NEW.room_id, NEW.n FROM json_each(NEW.mentions);
   END;
   CREATE TRIGGER room_mentions_gone AFTER DELETE ON room_events
     WHEN OLD.kind = 'message' AND OLD.mentions <> '[]'
   BEGIN
     DELETE FROM room_mentions WHERE room_id = OLD.room_id AND n = OLD.n
       AND user_id IN (SELECT value FROM json_each(OLD.mentions));
   END;`,
  // A tree less to write for each message that answers nothing: where messages are counted, those
  // are told apart, too; threads hold answers only.
  `DROP INDEX room_events_counted;
   DROP INDEX room_events_threads;
   CREATE INDEX room_events_counted
     ON room_events (room_id, kind, n, deleted_at, sender_id, thread_id);
   CREATE INDEX room_events_threads ON room_events (room_id, thread_id, n)
     WHERE thread_id IS NOT NULL;`,
  // What answers an article and no other answer, for its pages.
  `${numbersMigration};
   ALTER TABLE room_events ADD COLUMN root INTEGER;
   UPDATE room_events SET root = 1 WHERE kind = 'message' AND thread_id IS NULL
     AND room_id IN (SELECT id FROM rooms WHERE article_id IS NOT NULL);
   CREATE INDEX room_events_roots ON room_events (room_id, n) WHERE root = 1;`,
  // Ids of clients begin with the time, most of them: this tree, too, is then written at its end only.
  `DROP INDEX room_events_sent;
   CREATE UNIQUE INDEX room_events_sent ON room_events (client_id, room_id, sender_id)
     WHERE client_id IS NOT NULL;`,
];

const headsSql = `
  SELECT e.room_id AS roomId, e.seq, e.n, e.at FROM json_each(?) j
  JOIN room_events e ON e.room_id = j.value
    AND e.seq = (SELECT max(seq) FROM room_events WHERE room_id = j.value)`;
// The plus keeps the planner from walking the whole index of rooms to have them grouped.
const changedSql = `
  SELECT room_id AS roomId, max(seq) AS seq, max(pos) AS pos FROM room_events WHERE pos > ?
  GROUP BY +room_id`;

// CROSS JOIN keeps the order: the numbers first, then a look-up for each.
const messagesSql = `
  SELECT e.* FROM json_each(?2) j CROSS JOIN room_events e
    ON e.room_id = ?1 AND e.seq = ${seqOf('?1', 'j.value')} AND e.kind = 'message' ORDER BY e.n`;
const lastMessagesSql = `
  SELECT e.* FROM json_each(?) j CROSS JOIN room_events e
    ON e.room_id = j.value AND e.seq = ${seqOf('j.value', lastN('j.value'))}
    AND e.kind = 'message'`;
const messageCountsSql = `
  SELECT j.value AS roomId, ${countAfter('j.value', '0')} AS count FROM json_each(?) j`;

type Reads = Omit<LogStore, 'append' | 'epoch'>;

/** The log and its messages in SQLite. Every read is one look at one state of the file. */
export const createSqliteLog = (db: Sqlite): LogStore => {
  const headsOf = (roomIds: readonly string[]): Map<string, Head> => {
    const rows = db.all<Head & { roomId: string }>(headsSql, JSON.stringify(roomIds));
    return new Map(rows.map(({ roomId, ...head }) => [roomId, head]));
  };
  const headOf = (roomId: string): Head => headsOf([roomId]).get(roomId) ?? emptyHead;

  const newer: Reads['newer'] = async (known, mark) => {
    if (mark === null) {
      const last = db.get<{ pos: number | null }>('SELECT max(pos) AS pos FROM room_events');
      const heads = [...headsOf([...known.keys()])].map(([id, { seq }]) => [id, seq] as const);
      return {
        mark: last?.pos ?? 0,
        heads: new Map(heads.filter(([id, seq]) => seq > (known.get(id) ?? 0))),
      };
    }
    const rows = db.all<{ roomId: string; seq: number; pos: number }>(changedSql, mark);
    const ours = rows.filter(({ roomId, seq }) => seq > (known.get(roomId) ?? seq));
    return {
      mark: rows.reduce((max, { pos }) => Math.max(max, pos), mark),
      heads: new Map(ours.map(({ roomId, seq }) => [roomId, seq])),
    };
  };

  const events: Reads['events'] = async (roomId, { after, before, limit }) => {
    const head = headOf(roomId);
    const rows =
      after === undefined
        ? db.all<EventRow>(
            'SELECT * FROM room_events WHERE room_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?',
            ...[roomId, before ?? Number.MAX_SAFE_INTEGER, limit],
          )
        : db.all<EventRow>(
            'SELECT * FROM room_events WHERE room_id = ? AND seq > ? ORDER BY seq LIMIT ?',
            ...[roomId, after, limit],
          );
    return { head, events: (after === undefined ? rows.reverse() : rows).map(eventOf) };
  };

  const messages: Reads['messages'] = async (roomId, { before, limit }) => {
    const head = headOf(roomId);
    const end = Math.min(before ?? Number.POSITIVE_INFINITY, head.n + 1);
    const start = Math.max(1, end - limit);
    const numbers = Array.from({ length: Math.max(0, end - start) }, (_, index) => start + index);
    const rows = db.all<EventRow>(messagesSql, roomId, JSON.stringify(numbers));
    return { head, messages: rows.map(messageOf) };
  };

  const roots: Reads['roots'] = async (roomId, { order, after, limit }) => {
    const head = headOf(roomId);
    const rows =
      order === 'oldest'
        ? db.all<EventRow>(
            `SELECT * FROM room_events WHERE room_id = ? AND root = 1 AND n > ?
             ORDER BY n LIMIT ?`,
            ...[roomId, after ?? 0, limit],
          )
        : db.all<EventRow>(
            `SELECT * FROM room_events WHERE room_id = ? AND root = 1 AND n < ?
             ORDER BY n DESC LIMIT ?`,
            ...[roomId, after ?? Number.MAX_SAFE_INTEGER, limit],
          );
    return { head, messages: rows.map(messageOf) };
  };

  return {
    epoch: db.epoch,
    append: createSqliteAppend(db),
    // An event and what it changes are one transaction: nothing is ever half done.
    settle: async () => false,
    heads: async (roomIds) => headsOf(roomIds),
    // The writer numbers from the file itself.
    noteHead: () => {},
    newer,
    events,
    messages,
    roots,
    branches: async (roomId, rootIds, limit) => {
      const rows = db.all<EventRow>(
        `SELECT e.* FROM json_each(?2) j CROSS JOIN room_events e
           ON e.room_id = ?1 AND e.thread_id = j.value AND e.kind = 'message'
         ORDER BY e.n LIMIT ?3`,
        ...[roomId, JSON.stringify(rootIds), limit],
      );
      return rows.map(messageOf);
    },
    message: async (messageId) => {
      const row = db.get<EventRow>(
        `SELECT * FROM room_events WHERE id = ? AND kind = 'message'`,
        messageId,
      );
      return row ? messageOf(row) : null;
    },
    lastMessages: async (roomIds) => {
      const rows = db.all<EventRow>(lastMessagesSql, JSON.stringify(roomIds));
      return new Map(rows.map((row) => [row.room_id, messageOf(row)]));
    },
    messageCounts: async (roomIds) => {
      const rows = db.all<{ roomId: string; count: number }>(
        messageCountsSql,
        JSON.stringify(roomIds),
      );
      return new Map(rows.map(({ roomId, count }) => [roomId, count]));
    },
  };
};
