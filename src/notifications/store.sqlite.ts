import { holds, type Sqlite, type SqlValue, type Statement } from '../platform/sqlite.ts';
import { type NotificationRecord, type NotificationsStore, READ_MAX, UNREAD_MAX } from './store.ts';

export const migrations: string[] = [
  `CREATE TABLE notifications (
     id TEXT PRIMARY KEY, user_id TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
     people TEXT NOT NULL, count INTEGER NOT NULL, place TEXT NOT NULL, at TEXT NOT NULL,
     read_at TEXT, rev INTEGER NOT NULL, causes TEXT NOT NULL,
     since TEXT NOT NULL, UNIQUE (user_id, kind, subject)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX notifications_by_time ON notifications (user_id, at, id);
   CREATE INDEX notifications_unread ON notifications (user_id, at, id) WHERE read_at IS NULL;`,
  'CREATE INDEX notifications_by_subject ON notifications (kind, subject);',
];

const RECORD = `id, user_id AS userId, kind, subject, people, count, place, at,
  read_at AS readAt, rev, causes, since`;
const INSERT = `INSERT INTO notifications
  (id, user_id, kind, subject, people, count, place, at, read_at, rev, causes, since)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

type Row = Omit<NotificationRecord, 'people' | 'place' | 'causes'> & {
  people: string;
  place: string;
  causes: string;
};

export const createNotificationsSqliteStore = (db: Sqlite): NotificationsStore => ({
  findBySubject: async (userId, kind, subject) => {
    const row = db.get<Row>(
      `SELECT ${RECORD} FROM notifications WHERE user_id = ? AND kind = ? AND subject = ?`,
      userId,
      kind,
      subject,
    );
    return row ? recordOf(row) : null;
  },
  put: (record) => holds(db.write([record.rev === 1 ? insertion(record) : next(record)])),
  addMany: async (records) => {
    const sql = `${INSERT} ON CONFLICT (user_id, kind, subject) DO NOTHING RETURNING id`;
    const results = await db.write(records.map((record) => ({ sql, args: valuesOf(record) })));
    const added = new Set(results.flatMap(({ rows }) => rows.map(({ id }) => id as string)));
    return records.filter(({ id }) => added.has(id));
  },
  list: async (userId, { after, limit }) => {
    const rows = after
      ? db.all<Row>(
          `SELECT ${RECORD} FROM notifications WHERE user_id = ? AND (at, id) < (?, ?)
           ORDER BY at DESC, id DESC LIMIT ?`,
          userId,
          after.at,
          after.id,
          limit,
        )
      : db.all<Row>(
          `SELECT ${RECORD} FROM notifications WHERE user_id = ?
           ORDER BY at DESC, id DESC LIMIT ?`,
          userId,
          limit,
        );
    return rows.map(recordOf);
  },
  find: async (userId, ids) =>
    db
      .all<Row>(
        `SELECT ${RECORD} FROM notifications
         WHERE id IN (SELECT value FROM json_each(?)) AND user_id = ?`,
        JSON.stringify(ids),
        userId,
      )
      .map(recordOf),
  listNaming: async (userId, personId, limit) =>
    db
      .all<Row>(
        `SELECT ${RECORD} FROM notifications
         WHERE user_id = ? AND EXISTS (SELECT 1 FROM json_each(people) WHERE value = ?)
         ORDER BY at DESC, id DESC LIMIT ?`,
        userId,
        personId,
        limit,
      )
      .map(recordOf),
  listCaused: async ({ kind, subject }, causeId, limit) =>
    db
      .all<Row>(
        `SELECT ${RECORD} FROM notifications WHERE kind = ? AND subject = ?
         AND EXISTS (SELECT 1 FROM json_each(causes) WHERE value ->> 'id' = ?)
         ORDER BY at DESC, id DESC LIMIT ?`,
        kind,
        subject,
        causeId,
        limit,
      )
      .map(recordOf),
  remove: ({ userId, id, rev }) => {
    const sql = 'DELETE FROM notifications WHERE id = ? AND user_id = ? AND rev = ?';
    return holds(db.write([{ sql, args: [id, userId, rev], expect: 'changed' }]));
  },
  markReadUpTo: (userId, { at, id }, readAt) =>
    readIds(db, {
      sql: `UPDATE notifications SET read_at = ?, rev = rev + 1 WHERE id IN (
              SELECT id FROM notifications
              WHERE user_id = ? AND read_at IS NULL AND (at, id) <= (?, ?)
              ORDER BY at DESC, id DESC LIMIT ?) RETURNING id`,
      args: [readAt, userId, at, id, READ_MAX],
    }),
  markRead: (userId, ids, readAt) =>
    readIds(db, {
      sql: `UPDATE notifications SET read_at = ?, rev = rev + 1
            WHERE id IN (SELECT value FROM json_each(?)) AND user_id = ? AND read_at IS NULL
            RETURNING id`,
      args: [readAt, JSON.stringify(ids), userId],
    }),
  unreadOf: async (userIds) => {
    const rows = db.all<{ userId: string; unread: number }>(
      `SELECT wanted.value AS userId, (SELECT count(*) FROM (SELECT 1 FROM notifications
         WHERE user_id = wanted.value AND read_at IS NULL LIMIT ?)) AS unread
       FROM json_each(?) AS wanted`,
      UNREAD_MAX,
      JSON.stringify(userIds),
    );
    const some = rows.filter(({ unread }) => unread > 0);
    return new Map(some.map(({ userId, unread }) => [userId, unread]));
  },
});

const recordOf = (row: Row): NotificationRecord => ({
  ...row,
  people: JSON.parse(row.people) as string[],
  place: JSON.parse(row.place) as NotificationRecord['place'],
  causes: JSON.parse(row.causes) as NotificationRecord['causes'],
});

const valuesOf = (record: NotificationRecord): SqlValue[] => [
  record.id,
  record.userId,
  record.kind,
  record.subject,
  JSON.stringify(record.people),
  record.count,
  JSON.stringify(record.place),
  record.at,
  record.readAt,
  record.rev,
  JSON.stringify(record.causes),
  record.since,
];

const insertion = (record: NotificationRecord): Statement => ({
  sql: INSERT,
  args: valuesOf(record),
});

const next = (record: NotificationRecord): Statement => ({
  sql: `UPDATE notifications SET people = ?, count = ?, place = ?, at = ?, read_at = ?, rev = ?,
          causes = ?, since = ? WHERE id = ? AND rev = ?`,
  args: [
    JSON.stringify(record.people),
    record.count,
    JSON.stringify(record.place),
    record.at,
    record.readAt,
    record.rev,
    JSON.stringify(record.causes),
    record.since,
    record.id,
    record.rev - 1,
  ],
  expect: 'changed',
});

const readIds = async (db: Sqlite, statement: Statement): Promise<string[]> => {
  const [result] = await db.write([statement]);
  return (result?.rows ?? []).map(({ id }) => id as string);
};
