import type { MemberRole, RoomKind } from './contract.ts';
import type { EventRecord, MemberRecord, MessageRecord, RoomRecord } from './records.ts';

export type RoomRow = {
  id: string;
  kind: RoomKind;
  title: string;
  created_at: string;
  created_by: string;
  direct_key: string | null;
  article_id: string | null;
  article_slug: string | null;
  article_title: string | null;
  article_open: number | null;
};

export const roomOf = (row: RoomRow): RoomRecord => ({
  id: row.id,
  kind: row.kind,
  title: row.title,
  createdAt: row.created_at,
  createdBy: row.created_by,
  directKey: row.direct_key,
  article:
    row.article_id === null
      ? null
      : {
          id: row.article_id,
          slug: row.article_slug ?? '',
          title: row.article_title ?? '',
          open: row.article_open === 1,
        },
});

export type MemberRow = {
  room_id: string;
  user_id: string;
  role: MemberRole;
  joined_at: string;
  last_read: number;
  muted: number;
  hidden: number;
};

export const memberOf = (row: MemberRow): MemberRecord => ({
  roomId: row.room_id,
  userId: row.user_id,
  role: row.role,
  joinedAt: row.joined_at,
  lastRead: row.last_read,
  muted: row.muted === 1,
  hidden: row.hidden === 1,
});

export type EventRow = {
  id: string;
  room_id: string;
  seq: number;
  n: number;
  kind: EventRecord['kind'];
  at: string;
  sender_id: string | null;
  client_id: string | null;
  digest: string | null;
  body: string;
  html: string | null;
  edited_at: string | null;
  deleted_at: string | null;
  reply_to: string | null;
  thread_id: string | null;
  mentions: string;
  reactions: string;
  message_id: string | null;
  /** What only one kind has, as JSON. */
  data: string | null;
};

/** An emoji that everybody has taken back is gone. */
const reactionsOf = (json: string): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(JSON.parse(json) as Record<string, string[]>).filter(
      ([, userIds]) => userIds.length > 0,
    ),
  );

const baseOf = (row: EventRow) => ({
  id: row.id,
  roomId: row.room_id,
  seq: row.seq,
  n: row.n,
  at: row.at,
  senderId: row.sender_id,
});

export const messageOf = (row: EventRow): MessageRecord => ({
  ...baseOf(row),
  kind: 'message',
  senderId: row.sender_id ?? '',
  clientId: row.client_id ?? '',
  digest: row.digest,
  body: row.body,
  html: row.html,
  editedAt: row.edited_at,
  deletedAt: row.deleted_at,
  replyTo: row.reply_to,
  threadId: row.thread_id,
  mentions: JSON.parse(row.mentions) as string[],
  reactions: reactionsOf(row.reactions),
});

export const eventOf = (row: EventRow): EventRecord => {
  const base = baseOf(row);
  const messageId = row.message_id ?? '';
  switch (row.kind) {
    case 'message':
      return messageOf(row);
    case 'edit': {
      const mentions = JSON.parse(row.mentions) as string[];
      return { ...base, kind: 'edit', messageId, body: row.body, html: row.html, mentions };
    }
    case 'delete':
      return { ...base, kind: 'delete', messageId };
    case 'reaction':
    case 'member':
    case 'room':
      return {
        ...base,
        kind: row.kind,
        ...(row.message_id !== null && { messageId }),
        ...(JSON.parse(row.data ?? '{}') as object),
      } as EventRecord;
  }
};
