import { z } from 'zod';
import { Person } from '../accounts/contract.ts';
import {
  ask,
  ClientId,
  Empty,
  Id,
  Seq,
  Time,
  text,
  Username,
  wholeNumber,
} from '../wire/contract.ts';

export const RoomKind = z.enum(['direct', 'group', 'public', 'article']);
export type RoomKind = z.infer<typeof RoomKind>;
export const MemberRole = z.enum(['owner', 'moderator', 'member']);
export type MemberRole = z.infer<typeof MemberRole>;

/** Longest body of a chat message; a response under an article may be longer. */
export const MESSAGE_MAX = 4_000;
export const RESPONSE_MAX = 25_000;
/** Further behind than this, a client is told `reset` and gets the newest page. */
export const RESYNC_MAX = 500;

export const Emoji = z
  .string()
  .max(32)
  .regex(
    /^\p{Extended_Pictographic}[\p{Extended_Pictographic}\p{Emoji_Modifier}\u200d\ufe0f]*$/u,
    'not an emoji',
  );

/** A message as it stands now. A deleted one keeps its place with an empty body. */
export const Message = z.object({
  id: Id,
  roomId: Id,
  seq: Seq,
  /** Counts messages only; unread is counted by it. */
  n: Seq,
  sender: Person.nullable(),
  clientId: z.string().optional(),
  body: z.string(),
  html: z.string().optional(),
  at: Time,
  editedAt: Time.nullable(),
  deleted: z.boolean(),
  replyTo: Id.nullable(),
  /** The response at the root of this branch; null for a root. */
  threadId: Id.nullable(),
  reactions: z.record(z.string(), z.array(Id)),
});
export type Message = z.infer<typeof Message>;

const at = { seq: Seq, at: Time };
export const RoomEvent = z.discriminatedUnion('kind', [
  z.object({ ...at, kind: z.literal('message'), message: Message }),
  z.object({
    ...at,
    kind: z.literal('edit'),
    messageId: Id,
    body: z.string(),
    html: z.string().optional(),
    editedAt: Time,
  }),
  z.object({ ...at, kind: z.literal('delete'), messageId: Id }),
  z.object({
    ...at,
    kind: z.literal('reaction'),
    messageId: Id,
    emoji: z.string(),
    userId: Id,
    on: z.boolean(),
  }),
  z.object({
    ...at,
    kind: z.literal('member'),
    userId: Id,
    person: Person.nullable(),
    change: z.enum(['joined', 'left', 'removed']),
    by: Id.nullable(),
  }),
  z.object({ ...at, kind: z.literal('room'), title: z.string().optional() }),
]);
export type RoomEvent = z.infer<typeof RoomEvent>;

export const Room = z.object({
  id: Id,
  kind: RoomKind,
  title: z.string(),
  members: z.array(Person).optional(),
  memberCount: z.int(),
  head: Seq,
  n: Seq,
  lastRead: Seq,
  unread: z.int(),
  mentions: z.int(),
  muted: z.boolean(),
  epoch: z.string(),
  /** null: not a member. */
  role: MemberRole.nullable(),
  lastMessage: Message.nullable(),
  article: z.object({ id: Id, slug: z.string(), title: z.string() }).optional(),
});
export type Room = z.infer<typeof Room>;

export const NewRoom = z.strictObject({
  kind: z.enum(['group', 'public']),
  title: text(1, 80),
  members: z.array(Username).max(50).optional(),
  /** Sent again with the same one, a room is made once. */
  clientId: ClientId.optional(),
});
export type NewRoom = z.infer<typeof NewRoom>;

export const RoomChange = z.strictObject({ title: text(1, 80) });
export const Muting = z.strictObject({ muted: z.boolean() });

export const NewMessage = z.strictObject({
  body: text(1, MESSAGE_MAX),
  clientId: ClientId,
  replyTo: Id.optional(),
});
export type NewMessage = z.infer<typeof NewMessage>;
export const NewResponse = NewMessage.extend({ body: text(1, RESPONSE_MAX) });

export const MessageChange = z.strictObject({ body: text(1, RESPONSE_MAX) });

export const EventsQuery = z.strictObject({
  after: wholeNumber.optional(),
  before: wholeNumber.optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(200))
    .default(100),
});
export type EventsQuery = z.infer<typeof EventsQuery>;
export const EventsPage = z.object({
  epoch: z.string(),
  head: Seq,
  events: z.array(RoomEvent),
  reset: z.literal(true).optional(),
});
export type EventsPage = z.infer<typeof EventsPage>;

export const MessagesQuery = z.strictObject({
  before: wholeNumber.optional(),
  /** A message of the room: the page that has it in its middle. It goes before `before`. */
  around: Id.optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(100))
    .default(50),
});
export type MessagesQuery = z.infer<typeof MessagesQuery>;
export const MessagesPage = z.object({
  epoch: z.string(),
  head: Seq,
  /** Oldest first. */
  messages: z.array(Message),
});
export type MessagesPage = z.infer<typeof MessagesPage>;

export const Thread: z.ZodType<Thread> = z.object({
  message: Message,
  replies: z.array(z.lazy(() => Thread)),
  replyCount: z.int(),
});
export type Thread = { message: Message; replies: Thread[]; replyCount: number };
export const ThreadsPage = z.object({
  items: z.array(Thread),
  next: z.string().nullable(),
  head: Seq,
  epoch: z.string(),
});
export type ThreadsPage = z.infer<typeof ThreadsPage>;

export const After = z.strictObject({ epoch: z.string().max(64), seq: Seq });
const RoomJoin = z.strictObject({ roomId: Id, after: After.optional() });
export const RoomJoined = z.object({
  epoch: z.string(),
  head: Seq,
  n: Seq,
  lastRead: Seq,
  members: z.array(Person).optional(),
  /** How far the other members have read, in rooms of up to 50. */
  reads: z.array(z.object({ userId: Id, n: Seq })).optional(),
  /** Everything after `after`, in order, when the client was at most 500 behind. */
  events: z.array(RoomEvent).optional(),
  reset: z.literal(true).optional(),
  /** The newest page, oldest first: when `reset`, or when no `after` was given. */
  messages: z.array(Message).optional(),
});
export type RoomJoined = z.infer<typeof RoomJoined>;

const SentMessage = z.object({
  message: z.object({ id: Id, seq: Seq, n: Seq, at: Time, clientId: z.string() }),
});
const InRoom = z.strictObject({ roomId: Id });
/** The number of the event, or of the newest one when there was nothing to change. */
export const Stored = z.object({ seq: Seq });

export const roomAsks = {
  'room:join': ask(RoomJoin, RoomJoined),
  'room:leave': ask(InRoom, Empty),
  'room:sync': ask(
    z.strictObject({ roomId: Id, after: Seq }),
    z.object({
      epoch: z.string(),
      head: Seq,
      events: z.array(RoomEvent).optional(),
      reset: z.literal(true).optional(),
      messages: z.array(Message).optional(),
    }),
  ),
  'message:send': ask(NewResponse.extend({ roomId: Id }), SentMessage),
  'message:edit': ask(
    z.strictObject({ roomId: Id, messageId: Id, body: text(1, RESPONSE_MAX) }),
    Stored,
  ),
  'message:delete': ask(z.strictObject({ roomId: Id, messageId: Id }), Stored),
  'message:react': ask(
    z.strictObject({ roomId: Id, messageId: Id, emoji: Emoji, on: z.boolean() }),
    Stored,
  ),
  'room:read': ask(z.strictObject({ roomId: Id, n: Seq }), z.object({ lastRead: Seq })),
  'typing:start': ask(InRoom, Empty),
  'typing:stop': ask(InRoom, Empty),
};

export const roomTells = {
  'room:events': z.object({ roomId: Id, epoch: z.string(), events: z.array(RoomEvent) }),
  'room:head': z.object({
    roomId: Id,
    head: Seq,
    n: Seq,
    unread: z.int(),
    mentions: z.int(),
    preview: Message.nullable(),
  }),
  'room:read': z.object({ roomId: Id, userId: Id, n: Seq }),
  'room:added': z.object({ room: Room }),
  'room:removed': z.object({ roomId: Id, reason: z.enum(['left', 'removed', 'deleted']) }),
  typing: z.object({ roomId: Id, userIds: z.array(Id) }),
};
