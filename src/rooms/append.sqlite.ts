import {
  type Found,
  type Result,
  type Sqlite,
  type SqlValue,
  type Statement,
  UniqueViolation,
  WriteRefused,
} from '../platform/sqlite.ts';
import { lastN } from './numbers.sqlite.ts';
import type { Appended, MessageRecord, NewEvent, NewMessageRecord } from './records.ts';
import { firstState } from './records.ts';
import { type EventRow, messageOf } from './rows.sqlite.ts';

/**
 * What is no message: a room that is gone takes no event; the numbers are made in the statement that
 * uses them. `?11` and `?12` are for conditions.
 */
const insert = (condition = '') => `
  INSERT INTO room_events (id, room_id, seq, n, kind, at, sender_id, body, html, mentions, message_id,
    data, reactions)
  SELECT ?1, r.id,
    coalesce((SELECT max(seq) FROM room_events WHERE room_id = r.id), 0) + 1,
    ${lastN('r.id')},
    ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, '{}'
  FROM rooms r WHERE r.id = ?2 AND r.deleted_at IS NULL ${condition}
  RETURNING seq, n`;

const insertAny = insert();
const isThere = `EXISTS (SELECT 1 FROM room_events m WHERE m.id = ?9 AND m.room_id = r.id
  AND m.kind = 'message' AND m.deleted_at IS NULL)`;
const insertOnMessage = insert(`AND ${isThere}`);
const hasReacted = `EXISTS (SELECT 1 FROM room_events m, json_each(m.reactions, '$."' || ?11 || '"') u
     WHERE m.id = ?9 AND u.value = ?5)`;
const insertReaction = insert(`AND ${isThere} AND ${hasReacted} <> ?12`);
const insertMember = insert(
  `AND EXISTS (SELECT 1 FROM room_members WHERE room_id = r.id AND user_id = ?11) <> ?12`,
);

type Other = Exclude<NewEvent, NewMessageRecord>;
type Columns = {
  body?: string;
  html?: string | null;
  mentions?: string[];
  messageId?: string;
  data?: Record<string, unknown>;
};

const args = ({ id, roomId, kind, at, senderId }: Other, columns: Columns): SqlValue[] => [
  ...[id, roomId, kind, at, senderId],
  ...[columns.body ?? '', columns.html ?? null, JSON.stringify(columns.mentions ?? [])],
  ...[columns.messageId ?? null, columns.data ? JSON.stringify(columns.data) : null],
];

/** Where the log of a room ends; no row for a room that is gone. */
const headSql = `
  SELECT coalesce(e.seq, 0) AS seq, coalesce(e.n, 0) AS n FROM rooms r
  LEFT JOIN room_events e ON e.room_id = r.id
    AND e.seq = (SELECT max(seq) FROM room_events WHERE room_id = r.id)
  WHERE r.id = ? AND r.deleted_at IS NULL`;
/** Of `?1` the room, whose log ends with `?2` and `?3`; `?4` counts from there. */
const insertMessage = `
  INSERT INTO room_events (room_id, seq, n, id, at, sender_id, client_id, digest, body, html,
    reply_to, thread_id, mentions, root, kind, reactions)
  VALUES (?1, ?2 + ?4, ?3 + ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, 'message', '{}')`;
const raiseSender =
  'UPDATE room_members SET last_read = ?2 + ?3 WHERE room_id = ?1 AND user_id = ?4';
const joinSender = `
  INSERT INTO room_members (room_id, user_id, role, joined_at, last_read, muted, hidden)
  VALUES (?1, ?4, 'member', ?5, ?2 + ?3, 0, 0) ON CONFLICT DO UPDATE SET last_read = ?2 + ?3`;

const rowOf = (event: NewMessageRecord, place: number): SqlValue[] => [
  place,
  event.id,
  event.at,
  event.senderId,
  event.clientId,
  event.digest,
  event.body,
  event.html,
  event.replyTo,
  event.threadId,
  event.mentions.length > 0 ? JSON.stringify(event.mentions) : '[]',
  event.joins && event.threadId === null ? 1 : null,
];

/** Messages of one room, numbered from where its log ends; their senders have read up to their own. */
const messagesUnit = (roomId: string, events: readonly NewMessageRecord[]): Statement[] => {
  const seq: Found = [0, 'seq'];
  const n: Found = [0, 'n'];
  const rows = events.map((event, index) => rowOf(event, index + 1));
  const raised: SqlValue[][] = [];
  const joined: SqlValue[][] = [];
  const lastOf = new Map(events.map((event, index) => [event.senderId, index]));
  for (const [senderId, index] of lastOf) {
    const { joins, at } = events[index] as NewMessageRecord;
    if (joins) joined.push([index + 1, senderId, at]);
    else raised.push([index + 1, senderId]);
  }
  const read = [
    { sql: raiseSender, args: [roomId, n], each: raised },
    { sql: joinSender, args: [roomId, n], each: joined },
  ];
  return [
    { sql: headSql, args: [roomId], expect: 'changed' },
    { sql: insertMessage, args: [roomId, seq, n], each: rows },
    ...read.filter(({ each }) => each.length > 0),
  ];
};

type Of<K extends Other['kind']> = Extract<Other, { kind: K }>;

const editUnit = (event: Of<'edit'>): Statement[] => [
  { sql: insertOnMessage, args: args(event, event), expect: 'changed' },
  {
    sql: 'UPDATE room_events SET body = ?, html = ?, mentions = ?, edited_at = ? WHERE id = ?',
    args: [event.body, event.html, JSON.stringify(event.mentions), event.at, event.messageId],
  },
];

const deleteUnit = (event: Of<'delete'>): Statement[] => [
  { sql: insertOnMessage, args: args(event, event), expect: 'changed' },
  {
    sql: `UPDATE room_events SET body = '', html = NULL, digest = NULL, mentions = '[]',
            reactions = '{}', deleted_at = ? WHERE id = ?`,
    args: [event.at, event.messageId],
  },
  {
    sql: `UPDATE room_events SET body = '', html = NULL, mentions = '[]' WHERE message_id = ?`,
    args: [event.messageId],
  },
];

const addReaction = `
  UPDATE room_events SET reactions = json_set(reactions, '$."' || ?1 || '"',
    json(json_insert(coalesce(json_extract(reactions, '$."' || ?1 || '"'), '[]'), '$[#]', ?2)))
  WHERE id = ?3`;
const dropReaction = `
  UPDATE room_events SET reactions = json_set(reactions, '$."' || ?1 || '"',
    json((SELECT json_group_array(value) FROM json_each(reactions, '$."' || ?1 || '"')
          WHERE value <> ?2)))
  WHERE id = ?3`;

const reactionUnit = (event: Of<'reaction'>): Statement[] => {
  const { messageId, emoji, on, senderId } = event;
  const columns = args(event, { messageId, data: { emoji, on } });
  return [
    { sql: insertReaction, args: [...columns, emoji, Number(on)], expect: 'changed' },
    { sql: on ? addReaction : dropReaction, args: [emoji, senderId, messageId] },
  ];
};

/** A room whose owner has gone belongs to a moderator, or to who has been there longest. */
const passOwnership = `
  UPDATE room_members SET role = 'owner' WHERE room_id = ?1 AND user_id = (
    SELECT user_id FROM room_members WHERE room_id = ?1
    ORDER BY role = 'moderator' DESC, joined_at, user_id LIMIT 1)
  AND NOT EXISTS (SELECT 1 FROM room_members WHERE room_id = ?1 AND role = 'owner')`;
const joinMember = `
  INSERT INTO room_members (room_id, user_id, role, joined_at, last_read, muted, hidden)
  VALUES (?1, ?2, 'member', ?3, ${lastN('?1')}, 0, 0)`;

const memberUnit = (event: Of<'member'>): Statement[] => {
  const { roomId, userId, change, at } = event;
  const joins = change === 'joined';
  const columns = args(event, { data: { userId, change } });
  const logged: Statement = {
    sql: insertMember,
    args: [...columns, userId, Number(joins)],
    expect: 'changed',
  };
  if (joins) return [logged, { sql: joinMember, args: [roomId, userId, at] }];
  return [
    logged,
    {
      sql: 'DELETE FROM room_members WHERE room_id = ? AND user_id = ?',
      args: [roomId, userId],
    },
    { sql: passOwnership, args: [roomId] },
  ];
};

const roomUnit = (event: Of<'room'>): Statement[] => {
  const { roomId, title, article } = event;
  const logged: Statement = {
    sql: insertAny,
    args: args(event, { data: { title, article } }),
    expect: 'changed',
  };
  const retitled: Statement = {
    sql: 'UPDATE rooms SET title = coalesce(?, title) WHERE id = ?',
    args: [title ?? null, roomId],
  };
  if (!article) return [logged, retitled];
  const { slug, title: articleTitle, open } = article;
  return [
    logged,
    retitled,
    {
      sql: 'UPDATE rooms SET article_slug = ?, article_title = ?, article_open = ? WHERE id = ?',
      args: [slug, articleTitle, Number(open), roomId],
    },
  ];
};

const unitOf = (event: Other): Statement[] => {
  switch (event.kind) {
    case 'edit':
      return editUnit(event);
    case 'delete':
      return deleteUnit(event);
    case 'reaction':
      return reactionUnit(event);
    case 'member':
      return memberUnit(event);
    case 'room':
      return roomUnit(event);
  }
};

type Numbers = { seq: number; n: number };
const numbersIn = ([first]: readonly Result[]) => first?.rows[0] as Numbers;

const notStored = (error: unknown): Appended =>
  error instanceof WriteRefused ? { state: 'refused' } : { state: 'failed', error };

export const createSqliteAppend = (db: Sqlite) => {
  const sentBefore = ({ roomId, senderId, clientId }: NewMessageRecord): MessageRecord | null => {
    const row = db.get<EventRow>(
      'SELECT * FROM room_events WHERE room_id = ? AND sender_id = ? AND client_id = ?',
      roomId,
      senderId,
      clientId,
    );
    return row ? messageOf(row) : null;
  };
  const storeMessages = async (
    roomId: string,
    events: readonly NewMessageRecord[],
  ): Promise<Appended[]> => {
    const { seq, n } = numbersIn(await db.write(messagesUnit(roomId, events)));
    return events.map((event, index) => ({
      state: 'stored',
      event: firstState(event, seq + index + 1, n + index + 1),
    }));
  };
  const storeOne = async (event: NewEvent): Promise<Appended> => {
    if (event.kind === 'message')
      return (await storeMessages(event.roomId, [event]))[0] as Appended;
    return { state: 'stored', event: { ...event, ...numbersIn(await db.write(unitOf(event))) } };
  };
  const appendOne = async (event: NewEvent): Promise<Appended> => {
    try {
      return await storeOne(event);
    } catch (error) {
      const known =
        error instanceof UniqueViolation && event.kind === 'message' ? sentBefore(event) : null;
      return known ? { state: 'known', event: known } : notStored(error);
    }
  };
  /** The writer puts what is handed over together in one transaction, in this order. */
  const appendEach = (events: readonly NewEvent[]) => Promise.all(events.map(appendOne));
  return async (roomId: string, events: readonly NewEvent[]): Promise<Appended[]> => {
    const messages = events.filter((event) => event.kind === 'message');
    if (messages.length < events.length || events.length === 1) return appendEach(events);
    try {
      return await storeMessages(roomId, messages);
    } catch (error) {
      // One of them was sent before: each gets its own answer.
      if (error instanceof UniqueViolation) return appendEach(events);
      return events.map(() => notStored(error));
    }
  };
};
