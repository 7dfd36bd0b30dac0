import { type Connection, Schema } from 'mongoose';
import type {
  EventRecord,
  Head,
  MemberRecord,
  MessageRecord,
  NewEvent,
  RoomRecord,
} from './records.ts';
import { firstState } from './records.ts';

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

export type RoomDoc = Omit<RoomRecord, 'id' | 'directKey' | 'article'> & {
  _id: string;
  /** Absent rather than null where there is none: the unique indexes are sparse. */
  directKey?: string;
  articleId?: string;
  article?: NonNullable<RoomRecord['article']>;
  deletedAt: string | null;
  /** The last event that changed it. */
  rev: number;
};

/** Who has left stays as an inactive document: a late repetition of an older event finds `rev`. */
export type MemberDoc = MemberRecord & { _id: string; active: boolean; rev: number };

type Stored = {
  _id: string;
  /** Unique for what clients do not send, too: the index knows no exception. */
  clientId: string;
  /** Its effect beside the log is not known to be complete. */
  pending?: true;
};
export type EventDoc = Without<EventRecord, 'id' | 'clientId' | 'mentions'> &
  Stored & { mentions?: string[]; rev?: number };
export type DocOf<K extends EventDoc['kind']> = Extract<EventDoc, { kind: K }>;

const rooms = new Schema<RoomDoc>(
  {
    _id: String,
    ...{ kind: String, title: String, createdAt: String, createdBy: String },
    ...{ directKey: String, articleId: String, deletedAt: String, rev: Number },
    article: { id: String, slug: String, title: String, open: Boolean },
  },
  { collection: 'rooms', versionKey: false },
);
rooms.index({ directKey: 1 }, { unique: true, sparse: true });
rooms.index({ articleId: 1 }, { unique: true, sparse: true });
rooms.index({ kind: 1, deletedAt: 1, createdAt: -1, _id: -1 });

const members = new Schema<MemberDoc>(
  {
    _id: String,
    ...{ roomId: String, userId: String, role: String, joinedAt: String, lastRead: Number },
    ...{ muted: Boolean, hidden: Boolean, active: Boolean, rev: Number },
  },
  { collection: 'room_members', versionKey: false },
);
members.index({ userId: 1, active: 1, roomId: 1 });
members.index({ roomId: 1, active: 1, joinedAt: 1, userId: 1 });

/** Named, because an error names the index and nothing else. */
export const SENT_INDEX = 'room_sent_once';
const events = new Schema(
  {
    _id: String,
    ...{ roomId: String, seq: Number, n: Number, kind: String, at: String, senderId: String },
    ...{ clientId: String, digest: String, body: String, html: String },
    ...{ editedAt: String, deletedAt: String, replyTo: String, threadId: String, rev: Number },
    ...{ mentions: [String], reactions: {}, messageId: String, emoji: String, on: Boolean },
    ...{ userId: String, change: String, title: String, article: {}, pending: Boolean },
  },
  { collection: 'room_events', versionKey: false },
);
events.index({ roomId: 1, seq: 1 }, { unique: true });
events.index({ roomId: 1, senderId: 1, clientId: 1 }, { unique: true, name: SENT_INDEX });
events.index({ roomId: 1, kind: 1, n: 1, deletedAt: 1, senderId: 1 });
events.index({ roomId: 1, kind: 1, threadId: 1, n: 1 });
events.index({ messageId: 1 }, { sparse: true });
events.index({ mentions: 1, roomId: 1, n: 1 });
events.index({ roomId: 1, pending: 1, seq: 1 }, { partialFilterExpression: { pending: true } });

/**
 * The models make the indexes. Documents go through the driver's own collections: they are typed
 * here, and casting each of them again would cost more than the insert.
 */
export const collectionsOf = (connection: Connection) => {
  connection.model('Room', rooms);
  connection.model('RoomMember', members);
  connection.model('RoomEvent', events);
  return {
    rooms: connection.collection<RoomDoc>('rooms'),
    members: connection.collection<MemberDoc>('room_members'),
    events: connection.collection<EventDoc>('room_events'),
  };
};
export type Collections = ReturnType<typeof collectionsOf>;

export const memberKey = (roomId: string, userId: string) => `${roomId}:${userId}`;

export const roomOf = ({ _id, articleId: _a, deletedAt: _d, rev: _r, ...doc }: RoomDoc) => ({
  ...{ id: _id, directKey: null, article: null },
  ...doc,
});

export const memberOf = ({ _id, active: _a, rev: _r, ...doc }: MemberDoc): MemberRecord => doc;

/** What readers need to know of where a log ends. */
export const headFields = { _id: 0, seq: 1, n: 1, at: 1 } as const;
export const headOf = (doc: Head | null): Head | null =>
  doc && { seq: doc.seq, n: doc.n, at: doc.at };

const shownReactions = (reactions: Record<string, string[]>) =>
  Object.fromEntries(Object.entries(reactions).filter(([, userIds]) => userIds.length > 0));

export const messageOf = (doc: DocOf<'message'>): MessageRecord => {
  const { _id, rev: _rev, pending: _pending, mentions = [], reactions, ...rest } = doc;
  return { ...rest, id: _id, mentions, reactions: shownReactions(reactions) };
};

export const eventOf = (doc: EventDoc): EventRecord => {
  if (doc.kind === 'message') return messageOf(doc);
  const { _id, rev: _rev, pending: _pending, clientId: _clientId, mentions, ...rest } = doc;
  if (rest.kind === 'edit') return { ...rest, id: _id, mentions: mentions ?? [] };
  return { ...rest, id: _id };
};

/** The document of an event that gets these numbers. What changes something is pending at first. */
export const docOf = (event: NewEvent, seq: number, n: number): EventDoc => {
  const named = (mentions: string[]) => (mentions.length > 0 ? { mentions } : {});
  if (event.kind === 'message') {
    const { id, mentions, ...message } = firstState(event, seq, n);
    return { ...message, ...named(mentions), _id: id, rev: seq };
  }
  const { id, ...rest } = event;
  // A clientId of a client has no colon.
  const own = { _id: id, seq, n, clientId: `event:${id}`, pending: true } as const;
  if (rest.kind !== 'edit') return { ...rest, ...own };
  const { mentions, ...edit } = rest;
  return { ...edit, ...named(mentions), ...own };
};
