import type { RoomKind } from './contract.ts';
import type {
  Appended,
  EventRecord,
  Head,
  MemberRecord,
  MessageRecord,
  NewEvent,
  RoomChangeRecord,
  RoomRecord,
  Standing,
  UnreadCount,
} from './records.ts';

/** The sort key of the last room of a page of public rooms. */
export type PublicAfter = { createdAt: string; id: string };
export type SharedRoom = { id: string; title: string; kind: RoomKind };

/** Rooms of one person that are looked at. */
export const MEMBERSHIPS_MAX = 2_000;

/** The log and its messages. `append` is the only way in. */
export type LogStore = {
  /** Made with the store: numbers of two epochs are never mixed. */
  readonly epoch: string;
  /**
   * Adds events of one room in this order, each with the next `seq`, durable when it resolves.
   * Each stands for itself: one that is refused takes no number. An edit, delete or reaction is
   * seen in its message, a member or room event in the room, as soon as its event is seen. A
   * message raises its sender's read position.
   */
  append(roomId: string, events: readonly NewEvent[]): Promise<Appended[]>;
  /**
   * Finishes what a process that died in mid-append left half done; answers whether there was
   * anything. Reads of the log do this by themselves.
   */
  settle(roomId: string): Promise<boolean>;
  heads(roomIds: readonly string[]): Promise<Map<string, Head>>;
  /** Somebody else says where the log ends: it saves `append` a look, and may be wrong. */
  noteHead(roomId: string, head: { seq: number; n: number }): void;
  /**
   * Which of these rooms go further than what is known of them, and how far. `mark` is what the
   * call before answered, null at first: only what came since has to be looked at.
   */
  newer(
    known: ReadonlyMap<string, number>,
    mark: number | null,
  ): Promise<{ heads: Map<string, number>; mark: number }>;
  /** Events in order of seq: the first after `after`, or the last before `before`, or the last. */
  events(
    roomId: string,
    page: { after?: number; before?: number; limit: number },
  ): Promise<{ head: Head; events: EventRecord[] }>;
  /** The newest messages before `before`, oldest first, never older than `head`. */
  messages(
    roomId: string,
    page: { before?: number; limit: number },
  ): Promise<{ head: Head; messages: MessageRecord[] }>;
  message(messageId: string): Promise<MessageRecord | null>;
  /** The newest message of each room that has one. */
  lastMessages(roomIds: readonly string[]): Promise<Map<string, MessageRecord>>;
  /** What answers an article and no other answer, by `n`, after the position of a cursor. */
  roots(
    roomId: string,
    page: { order: 'oldest' | 'newest'; after?: number; limit: number },
  ): Promise<{ head: Head; messages: MessageRecord[] }>;
  /** Everything below these roots, by `n`. */
  branches(roomId: string, rootIds: readonly string[], limit: number): Promise<MessageRecord[]>;
  /** Messages that are not deleted. */
  messageCounts(roomIds: readonly string[]): Promise<Map<string, number>>;
};

/** Rooms and who is in them. Members change by events of the log. */
export type RoomsStore = LogStore & {
  /**
   * Stores a room with its first members. One that exists for the same two people, or for the
   * same article, is answered instead, and its members are made sure of; so is one with this id,
   * as it is. Errors: conflict, when it was deleted.
   */
  createRoom(room: RoomRecord, members: readonly MemberRecord[]): Promise<RoomRecord>;
  room(roomId: string): Promise<RoomRecord | null>;
  rooms(roomIds: readonly string[]): Promise<Map<string, RoomRecord>>;
  articleRoom(articleId: string): Promise<RoomRecord | null>;
  directRoom(directKey: string): Promise<RoomRecord | null>;
  /** Newest first. */
  publicRooms(page: { after?: PublicAfter; limit: number }): Promise<RoomRecord[]>;
  /** Takes a room with all its words away; answers the last event of its log, null when gone. */
  removeRoom(roomId: string, at: string, eventId: string): Promise<RoomChangeRecord | null>;

  member(roomId: string, userId: string): Promise<MemberRecord | null>;
  /** Who is in the room, the longest first. */
  members(roomId: string, limit: number): Promise<MemberRecord[]>;
  memberCounts(roomIds: readonly string[]): Promise<Map<string, number>>;
  /** Which of these people are in the room. */
  membersAmong(roomId: string, userIds: readonly string[]): Promise<MemberRecord[]>;
  /** At most `MEMBERSHIPS_MAX`, by room. */
  memberships(userId: string): Promise<MemberRecord[]>;
  /** One group or public room with each of the others, where there is one. */
  sharedRooms(userId: string, otherIds: readonly string[]): Promise<Map<string, SharedRoom>>;
  /** Moves a read position forward, never past the newest message; where it is, null for no member. */
  raiseRead(roomId: string, userId: string, n: number): Promise<number | null>;
  /** Changes what only the member sees. */
  setMember(
    roomId: string,
    userId: string,
    change: { muted?: boolean; hidden?: false },
  ): Promise<void>;
  /** What is unread for those of these people who are in the room. */
  unread(roomId: string, userIds: readonly string[]): Promise<Map<string, UnreadCount>>;
  /** How this person stands in those of the rooms that they are in. */
  standings(userId: string, roomIds: readonly string[]): Promise<Map<string, Standing>>;
};
