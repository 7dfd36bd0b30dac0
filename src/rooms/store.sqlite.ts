import { conflict } from '../errors.ts';
import { type Sqlite, type Statement, UniqueViolation } from '../platform/sqlite.ts';
import { createSqliteLog, logMigrations } from './log.sqlite.ts';
import { countAfter, lastN } from './numbers.sqlite.ts';
import type { MemberRecord, RoomRecord, Standing, UnreadCount } from './records.ts';
import { type MemberRow, memberOf, type RoomRow, roomOf } from './rows.sqlite.ts';
import { MEMBERSHIPS_MAX, type RoomsStore, type SharedRoom } from './store.ts';

export const migrations: string[] = [
  `CREATE TABLE rooms (
     id TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL, created_at TEXT NOT NULL,
     created_by TEXT NOT NULL, direct_key TEXT UNIQUE, article_id TEXT UNIQUE, article_slug TEXT,
     article_title TEXT, article_open INTEGER, deleted_at TEXT
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX rooms_public ON rooms (created_at, id) WHERE kind = 'public' AND deleted_at IS NULL;
   CREATE TABLE room_members (
     room_id TEXT NOT NULL, user_id TEXT NOT NULL, role TEXT NOT NULL, joined_at TEXT NOT NULL,
     last_read INTEGER NOT NULL, muted INTEGER NOT NULL, hidden INTEGER NOT NULL,
     PRIMARY KEY (room_id, user_id)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX room_members_by_user ON room_members (user_id, room_id);
   CREATE INDEX room_members_by_time ON room_members (room_id, joined_at, user_id);`,
  ...logMigrations,
];

const insertRoom = ({ article, ...room }: RoomRecord): Statement => ({
  sql: `INSERT INTO rooms (id, kind, title, created_at, created_by, direct_key, article_id,
          article_slug, article_title, article_open) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  args: [
    ...[room.id, room.kind, room.title, room.createdAt, room.createdBy, room.directKey],
    ...[article?.id ?? null, article?.slug ?? null, article?.title ?? null],
    article ? Number(article.open) : null,
  ],
});

const insertMember = (roomId: string, member: MemberRecord): Statement => ({
  sql: `INSERT INTO room_members (room_id, user_id, role, joined_at, last_read, muted, hidden)
        VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  args: [
    ...[roomId, member.userId, member.role, member.joinedAt, member.lastRead],
    ...[Number(member.muted), Number(member.hidden)],
  ],
});

const byIdSql = 'SELECT * FROM rooms WHERE id = ? AND deleted_at IS NULL';
const byKeySql = `
  SELECT * FROM rooms WHERE (direct_key = ?1 OR article_id = ?2) AND deleted_at IS NULL`;
/**
 * Unread of a member: nobody's own messages are among those after the read position, as sending moves
 * it in the same transaction.
 */
const counts = `
  ${countAfter('m.room_id', 'm.last_read')} AS unread,
  (SELECT count(*) FROM room_mentions x WHERE x.user_id = m.user_id AND x.room_id = m.room_id
     AND x.n > m.last_read) AS mentions`;
// CROSS JOIN keeps the order: the few that were asked for first, then a look-up for each.
const standingsSql = `
  SELECT m.room_id AS roomId, m.role, m.muted, m.last_read AS lastRead, ${counts}
  FROM json_each(?1) j CROSS JOIN room_members m ON m.room_id = j.value AND m.user_id = ?2`;
const unreadSql = `
  SELECT m.user_id AS userId, ${counts}
  FROM json_each(?2) j CROSS JOIN room_members m ON m.room_id = ?1 AND m.user_id = j.value`;
const sharedSql = `
  SELECT o.user_id AS userId, r.id, r.title, r.kind
  FROM json_each(?2) j
  JOIN room_members me ON me.user_id = ?1
  JOIN room_members o ON o.room_id = me.room_id AND o.user_id = j.value
  JOIN rooms r ON r.id = me.room_id AND r.kind IN ('group', 'public') AND r.deleted_at IS NULL`;

type Members = Pick<
  RoomsStore,
  'member' | 'members' | 'memberCounts' | 'membersAmong' | 'memberships' | 'sharedRooms'
>;

const membersIn = (db: Sqlite): Members => ({
  member: async (roomId, userId) => {
    const row = db.get<MemberRow>(
      'SELECT * FROM room_members WHERE room_id = ? AND user_id = ?',
      ...[roomId, userId],
    );
    return row ? memberOf(row) : null;
  },
  members: async (roomId, limit) => {
    const rows = db.all<MemberRow>(
      'SELECT * FROM room_members WHERE room_id = ? ORDER BY joined_at, user_id LIMIT ?',
      ...[roomId, limit],
    );
    return rows.map(memberOf);
  },
  memberCounts: async (roomIds) => {
    const rows = db.all<{ roomId: string; count: number }>(
      `SELECT j.value AS roomId, (SELECT count(*) FROM room_members WHERE room_id = j.value) AS count
       FROM json_each(?) j`,
      JSON.stringify(roomIds),
    );
    return new Map(rows.map(({ roomId, count }) => [roomId, count]));
  },
  membersAmong: async (roomId, userIds) => {
    const rows = db.all<MemberRow>(
      `SELECT m.* FROM json_each(?2) j
       CROSS JOIN room_members m ON m.room_id = ?1 AND m.user_id = j.value`,
      ...[roomId, JSON.stringify(userIds)],
    );
    return rows.map(memberOf);
  },
  memberships: async (userId) => {
    const rows = db.all<MemberRow>(
      'SELECT * FROM room_members WHERE user_id = ? ORDER BY room_id LIMIT ?',
      ...[userId, MEMBERSHIPS_MAX],
    );
    return rows.map(memberOf);
  },
  sharedRooms: async (userId, otherIds) => {
    const rows = db.all<SharedRoom & { userId: string }>(
      sharedSql,
      userId,
      JSON.stringify(otherIds),
    );
    return new Map(rows.map(({ userId: other, ...room }) => [other, room]));
  },
});

/** Rooms, members and the log in SQLite. */
export const createRoomsSqliteStore = (db: Sqlite): RoomsStore => {
  const byKey = (directKey: string | null, articleId: string | null): RoomRecord | null => {
    const row = db.get<RoomRow>(byKeySql, directKey, articleId);
    return row ? roomOf(row) : null;
  };
  const byId = (roomId: string): RoomRecord | null => {
    const row = db.get<RoomRow>(byIdSql, roomId);
    return row ? roomOf(row) : null;
  };
  const createRoom: RoomsStore['createRoom'] = async (room, members) => {
    const join = (roomId: string) => members.map((member) => insertMember(roomId, member));
    try {
      await db.write([insertRoom(room), ...join(room.id)]);
      return room;
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
      const known = byKey(room.directKey, room.article?.id ?? null) ?? byId(room.id);
      if (!known) throw conflict('It was deleted.');
      if (known.id !== room.id) await db.write(join(known.id));
      return known;
    }
  };
  const removeRoom: RoomsStore['removeRoom'] = async (roomId, at, eventId) => {
    const [logged] = await db.write([
      {
        // The last event takes its number while the others are still there to count.
        sql: `INSERT INTO room_events (id, room_id, seq, n, kind, at, body, mentions, reactions)
              SELECT ?, r.id, coalesce((SELECT max(seq) FROM room_events WHERE room_id = r.id), 0) + 1,
                0, 'room', ?, '', '[]', '{}' FROM rooms r WHERE r.id = ? AND r.deleted_at IS NULL
              RETURNING seq`,
        args: [eventId, at, roomId],
      },
      {
        sql: `UPDATE rooms SET title = '', article_title = '', deleted_at = ?
              WHERE id = ? AND deleted_at IS NULL`,
        args: [at, roomId],
      },
      {
        sql: `DELETE FROM room_events WHERE room_id = ?1 AND seq <
                (SELECT max(seq) FROM room_events WHERE room_id = ?1)`,
        args: [roomId],
      },
      { sql: 'DELETE FROM room_members WHERE room_id = ?', args: [roomId] },
    ]);
    const seq = logged?.rows[0]?.seq as number | undefined;
    if (seq === undefined) return null;
    return { kind: 'room', id: eventId, roomId, seq, n: 0, at, senderId: null };
  };
  return {
    ...createSqliteLog(db),
    ...membersIn(db),
    createRoom,
    removeRoom,
    room: async (roomId) => byId(roomId),
    rooms: async (roomIds) => {
      const rows = db.all<RoomRow>(
        `SELECT r.* FROM json_each(?) j JOIN rooms r ON r.id = j.value AND r.deleted_at IS NULL`,
        JSON.stringify(roomIds),
      );
      return new Map(rows.map((row) => [row.id, roomOf(row)]));
    },
    articleRoom: async (articleId) => byKey(null, articleId),
    directRoom: async (directKey) => byKey(directKey, null),
    publicRooms: async ({ after, limit }) => {
      const rows = db.all<RoomRow>(
        `SELECT * FROM rooms WHERE kind = 'public' AND deleted_at IS NULL
           AND (created_at, id) < (?, ?) ORDER BY created_at DESC, id DESC LIMIT ?`,
        // `~` comes after every digit and letter of a time.
        ...[after?.createdAt ?? '~', after?.id ?? '', limit],
      );
      return rows.map(roomOf);
    },
    raiseRead: async (roomId, userId, n) => {
      const [raised] = await db.write([
        {
          sql: `UPDATE room_members SET last_read = max(last_read, min(?3, ${lastN('?1')}))
                WHERE room_id = ?1 AND user_id = ?2 RETURNING last_read`,
          args: [roomId, userId, n],
        },
      ]);
      return (raised?.rows[0]?.last_read as number | undefined) ?? null;
    },
    setMember: async (roomId, userId, { muted, hidden }) => {
      await db.write([
        {
          sql: `UPDATE room_members SET muted = coalesce(?, muted), hidden = coalesce(?, hidden)
                WHERE room_id = ? AND user_id = ?`,
          args: [
            ...[muted === undefined ? null : Number(muted), hidden === false ? 0 : null],
            ...[roomId, userId],
          ],
        },
      ]);
    },
    unread: async (roomId, userIds) => {
      const rows = db.all<UnreadCount & { userId: string }>(
        unreadSql,
        ...[roomId, JSON.stringify(userIds)],
      );
      return new Map(rows.map(({ userId, ...count }) => [userId, count]));
    },
    standings: async (userId, roomIds) => {
      const rows = db.all<Omit<Standing, 'muted'> & { roomId: string; muted: number }>(
        standingsSql,
        ...[JSON.stringify(roomIds), userId],
      );
      return new Map(
        rows.map(({ roomId, muted, ...rest }) => [roomId, { ...rest, muted: muted === 1 }]),
      );
    },
  };
};
