import { type Sqlite, UniqueViolation, WriteRefused } from '../platform/sqlite.ts';
import type { After, Pair, PeopleStore } from './store.ts';
import { pairOf, type Tie } from './tie.ts';

export const migrations: string[] = [
  `CREATE TABLE ties (
    low TEXT NOT NULL, high TEXT NOT NULL CHECK (low < high), rev INTEGER NOT NULL,
    request_id TEXT UNIQUE, from_id TEXT, to_id TEXT, asked_at TEXT, about TEXT,
    hidden INTEGER, slot TEXT UNIQUE,
    since TEXT, low_block TEXT, high_block TEXT, declined_from TEXT, declined_at TEXT,
    PRIMARY KEY (low, high)
  ) WITHOUT ROWID;
  CREATE INDEX ties_incoming ON ties (to_id, asked_at) WHERE since IS NULL AND hidden = 0;
  CREATE INDEX ties_outgoing ON ties (from_id, asked_at) WHERE since IS NULL;
  CREATE INDEX ties_low_friends ON ties (low, since, request_id) WHERE since IS NOT NULL;
  CREATE INDEX ties_high_friends ON ties (high, since, request_id) WHERE since IS NOT NULL;
  CREATE INDEX ties_low_blocks ON ties (low, low_block, high) WHERE low_block IS NOT NULL;
  CREATE INDEX ties_high_blocks ON ties (high, high_block, low) WHERE high_block IS NOT NULL;
  CREATE INDEX ties_low_blocked ON ties (low) WHERE high_block IS NOT NULL;
  CREATE INDEX ties_high_blocked ON ties (high) WHERE low_block IS NOT NULL`,
];

type Row = {
  low: string;
  high: string;
  rev: number;
  request_id: string | null;
  from_id: string;
  to_id: string;
  asked_at: string;
  about: string | null;
  hidden: number;
  slot: string | null;
  since: string | null;
  low_block: string | null;
  high_block: string | null;
  declined_from: string | null;
  declined_at: string;
};

const requestOf = (row: Row): Tie['request'] =>
  row.request_id === null
    ? null
    : {
        id: row.request_id,
        from: row.from_id,
        to: row.to_id,
        at: row.asked_at,
        about: row.about,
        hidden: row.hidden === 1,
        slot: row.slot,
      };

const tieOf = (row: Row): Tie => ({
  low: row.low,
  high: row.high,
  rev: row.rev,
  request: requestOf(row),
  since: row.since,
  lowBlock: row.low_block,
  highBlock: row.high_block,
  declined: row.declined_from === null ? null : { from: row.declined_from, at: row.declined_at },
});

const SAVE = `INSERT INTO ties (low, high, rev, request_id, from_id, to_id, asked_at, about, hidden,
    slot, since, low_block, high_block, declined_from, declined_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (low, high) DO UPDATE SET rev = excluded.rev, request_id = excluded.request_id,
    from_id = excluded.from_id, to_id = excluded.to_id, asked_at = excluded.asked_at,
    about = excluded.about, hidden = excluded.hidden, slot = excluded.slot, since = excluded.since,
    low_block = excluded.low_block, high_block = excluded.high_block,
    declined_from = excluded.declined_from, declined_at = excluded.declined_at
  WHERE ties.rev = excluded.rev - 1`;

const valuesOf = (tie: Tie) => {
  const { request, declined } = tie;
  return [
    tie.low,
    tie.high,
    tie.rev + 1,
    request?.id ?? null,
    request?.from ?? null,
    request?.to ?? null,
    request?.at ?? null,
    request?.about ?? null,
    request ? Number(request.hidden) : null,
    request?.slot ?? null,
    tie.since,
    tie.lowBlock,
    tie.highBlock,
    declined?.from ?? null,
    declined?.at ?? null,
  ];
};

/** Later than every time that is stored: a first page goes on after it. */
const FROM_THE_START: After = { at: '9', id: '' };

const FRIENDS = `SELECT * FROM (
    SELECT * FROM ties WHERE low = ?1 AND since IS NOT NULL AND (since, request_id) < (?2, ?3)
    UNION ALL
    SELECT * FROM ties WHERE high = ?1 AND since IS NOT NULL AND (since, request_id) < (?2, ?3)
  ) ORDER BY since DESC, request_id DESC LIMIT ?4`;
const BLOCKS = `SELECT * FROM (
    SELECT *, low_block AS at, high AS other FROM ties
      WHERE low = ?1 AND low_block IS NOT NULL AND (low_block, high) < (?2, ?3)
    UNION ALL
    SELECT *, high_block, low FROM ties
      WHERE high = ?1 AND high_block IS NOT NULL AND (high_block, low) < (?2, ?3)
  ) ORDER BY at DESC, other DESC LIMIT ?4`;
const BLOCKED_WITH = `SELECT high AS id FROM ties WHERE low = ?1 AND low_block IS NOT NULL
  UNION SELECT high FROM ties WHERE low = ?1 AND high_block IS NOT NULL
  UNION SELECT low FROM ties WHERE high = ?1 AND high_block IS NOT NULL
  UNION SELECT low FROM ties WHERE high = ?1 AND low_block IS NOT NULL LIMIT ?2`;
const FRIENDSHIPS = `SELECT low AS a, high AS b FROM ties
    WHERE low IN (SELECT value FROM json_each(?1)) AND since IS NOT NULL
  UNION ALL SELECT high, low FROM ties
    WHERE high IN (SELECT value FROM json_each(?1)) AND since IS NOT NULL LIMIT ?2`;
const FRIENDSHIPS_AMONG = `SELECT low AS a, high AS b FROM ties
    WHERE low IN (SELECT value FROM json_each(?1)) AND since IS NOT NULL
      AND high IN (SELECT value FROM json_each(?3))
  UNION ALL SELECT high, low FROM ties
    WHERE high IN (SELECT value FROM json_each(?1)) AND since IS NOT NULL
      AND low IN (SELECT value FROM json_each(?3)) LIMIT ?2`;
const TIES_WITH = `SELECT * FROM ties WHERE low = ?1 AND high IN (SELECT value FROM json_each(?2))
  UNION ALL
  SELECT * FROM ties WHERE high = ?1 AND low IN (SELECT value FROM json_each(?2))`;

/** Ties in SQLite: one row each. */
export const createPeopleSqliteStore = (db: Sqlite): PeopleStore => {
  const many = (sql: string, ...args: (string | number)[]) => db.all<Row>(sql, ...args).map(tieOf);
  return {
    tie: async (a, b) => {
      const { low, high } = pairOf(a, b);
      return many('SELECT * FROM ties WHERE low = ? AND high = ?', low, high)[0] ?? null;
    },
    tieOfRequest: async (requestId) =>
      many('SELECT * FROM ties WHERE request_id = ?', requestId)[0] ?? null,
    tiesWith: async (userId, others) => many(TIES_WITH, userId, JSON.stringify(others)),
    save: async (tie) => {
      try {
        await db.write([{ sql: SAVE, args: valuesOf(tie), expect: 'changed' }]);
        return true;
      } catch (error) {
        if (error instanceof WriteRefused || error instanceof UniqueViolation) return false;
        throw error;
      }
    },
    friends: async (userId, limit, after = FROM_THE_START) =>
      many(FRIENDS, userId, after.at, after.id, limit),
    incoming: async (userId, limit) =>
      many(
        `SELECT * FROM ties WHERE to_id = ? AND since IS NULL AND hidden = 0
         ORDER BY asked_at DESC LIMIT ?`,
        userId,
        limit,
      ),
    outgoing: async (userId, limit) =>
      many(
        'SELECT * FROM ties WHERE from_id = ? AND since IS NULL ORDER BY asked_at DESC LIMIT ?',
        userId,
        limit,
      ),
    blocks: async (userId, limit, after = FROM_THE_START) =>
      many(BLOCKS, userId, after.at, after.id, limit),
    blockedWith: async (userId, limit) =>
      db.all<{ id: string }>(BLOCKED_WITH, userId, limit).map(({ id }) => id),
    friendships: async (ids, limit, others) => {
      const set = JSON.stringify(ids);
      const rows = others
        ? db.all<{ a: string; b: string }>(FRIENDSHIPS_AMONG, set, limit, JSON.stringify(others))
        : db.all<{ a: string; b: string }>(FRIENDSHIPS, set, limit);
      return rows.map(({ a, b }): Pair => [a, b]);
    },
  };
};
