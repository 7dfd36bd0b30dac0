import type { MemberRole, RoomKind } from './contract.ts';

/** What the stores keep. Times are ISO texts; ids come in from the services. */
export type ArticleRef = { id: string; slug: string; title: string; open: boolean };

export type RoomRecord = {
  id: string;
  kind: RoomKind;
  title: string;
  createdAt: string;
  createdBy: string;
  /** Of the two people of a direct room; null for the other kinds. */
  directKey: string | null;
  article: ArticleRef | null;
};

export type MemberRecord = {
  roomId: string;
  userId: string;
  role: MemberRole;
  joinedAt: string;
  /** The `n` up to which this person has read; it never goes back. */
  lastRead: number;
  muted: boolean;
  /** The other opened a direct room and has not written yet: nothing to show. */
  hidden: boolean;
};

/** Where the log of a room ends; all zero and empty for a room without events. */
export type Head = { seq: number; n: number; at: string };
export const emptyHead: Head = { seq: 0, n: 0, at: '' };

/** Undeleted messages of others after a member's read position, and those of them that name them. */
export type UnreadCount = { unread: number; mentions: number };
/** How a member stands in a room. */
export type Standing = UnreadCount & { role: MemberRole; muted: boolean; lastRead: number };

type Base = {
  id: string;
  roomId: string;
  seq: number;
  /** Messages of the room so far; for a message: its own number. */
  n: number;
  at: string;
  /** Who did it. */
  senderId: string | null;
};

/** A message as it stands now, in its place in the log. */
export type MessageRecord = Base & {
  kind: 'message';
  senderId: string;
  clientId: string;
  /** Of what was sent first, to know a resend; null once deleted. */
  digest: string | null;
  body: string;
  html: string | null;
  editedAt: string | null;
  deletedAt: string | null;
  replyTo: string | null;
  threadId: string | null;
  mentions: string[];
  reactions: Record<string, string[]>;
};
/** Its words are blank once the message is deleted. */
export type EditRecord = Base & {
  kind: 'edit';
  messageId: string;
  body: string;
  html: string | null;
  mentions: string[];
};
export type DeleteRecord = Base & { kind: 'delete'; messageId: string };
export type ReactionRecord = Base & {
  kind: 'reaction';
  senderId: string;
  messageId: string;
  emoji: string;
  on: boolean;
};
export type MemberChangeRecord = Base & {
  kind: 'member';
  userId: string;
  change: 'joined' | 'left' | 'removed';
};
export type RoomChangeRecord = Base & {
  kind: 'room';
  title?: string;
  article?: ArticleRef;
};
export type EventRecord =
  | MessageRecord
  | EditRecord
  | DeleteRecord
  | ReactionRecord
  | MemberChangeRecord
  | RoomChangeRecord;

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
type State = 'editedAt' | 'deletedAt' | 'reactions';

export type NewMessageRecord = Without<MessageRecord, 'seq' | 'n' | State> & {
  /** The sender becomes a member without a word, as under an article. */
  joins: boolean;
};
/** An event on its way into the log; the store gives `seq` and `n`. */
export type NewEvent = NewMessageRecord | Without<Exclude<EventRecord, MessageRecord>, 'seq' | 'n'>;

/** What became of one event. */
export type Appended =
  | { state: 'stored'; event: EventRecord }
  /** This sender stored a message with this clientId before: here it is. */
  | { state: 'known'; event: MessageRecord }
  /** Nothing to change: its target is gone, or is as wanted already. */
  | { state: 'refused' }
  | { state: 'failed'; error: unknown };

/** A message as it is right after it was stored. */
export const firstState = (event: NewMessageRecord, seq: number, n: number): MessageRecord => ({
  // Named one by one: an object made by `...rest` is several times as large, and slow to read.
  kind: event.kind,
  id: event.id,
  roomId: event.roomId,
  seq,
  n,
  at: event.at,
  senderId: event.senderId,
  clientId: event.clientId,
  digest: event.digest,
  body: event.body,
  html: event.html,
  editedAt: null,
  deletedAt: null,
  replyTo: event.replyTo,
  threadId: event.threadId,
  mentions: event.mentions,
  reactions: {},
});
