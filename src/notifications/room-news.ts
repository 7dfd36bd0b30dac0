import type { Message, RoomEvent } from '../rooms/contract.ts';
import type { Rooms } from '../rooms/service.ts';
import type { Retracted } from './deliver.ts';
import type { News } from './merge.ts';

/** News and whom they are for, before it is asked who wants to hear them. */
export type Addressed = { userId: string; news: News };

export type Committed = {
  room: {
    id: string;
    kind: 'direct' | 'group' | 'public' | 'article';
    /** Of an article's room: its author. */
    createdBy: string;
    article: { id: string } | null;
  };
  events: readonly RoomEvent[];
  /** Who is mentioned in which message. */
  mentions: ReadonlyMap<string, readonly string[]>;
};

/** By what it is, without those whom it names. */
const concernsOthers = (event: RoomEvent): boolean => {
  switch (event.kind) {
    case 'message':
      return event.message.replyTo !== null;
    case 'reaction':
    case 'delete':
      return true;
    case 'edit':
    case 'member':
    case 'room':
      return false;
  }
};

/** Whether they may concern anybody: most of what is said in rooms is told by the room alone. */
export const mayConcern = ({ room, events, mentions }: Committed): boolean =>
  room.kind === 'article' || mentions.size > 0 || events.some(concernsOthers);

/**
 * Whom the events of a room concern: one post gives a person one piece of news, the strongest of
 * mention, reply and response; a reaction goes to the message's sender. Never to oneself.
 */
export const addressedIn = async (
  committed: Committed,
  find: Rooms['message'],
): Promise<Addressed[]> => {
  const senderOf = createSenders(committed.events, find);
  const all: Addressed[] = [];
  for (const event of committed.events) {
    if (event.kind === 'message')
      all.push(...(await ofMessage(committed, event.message, senderOf)));
    if (event.kind === 'edit') all.push(...(await ofEdit(committed, event, find, senderOf)));
    if (event.kind === 'reaction' && event.on)
      all.push(...(await ofReaction(committed, event, senderOf)));
  }
  return all;
};

/** The messages that these events delete, and under what each may have been told. */
export const retractedIn = async (
  { room, events }: Committed,
  find: Rooms['message'],
): Promise<Retracted[]> => {
  const all: Retracted[] = [];
  for (const event of events) {
    if (event.kind !== 'delete') continue;
    const message = (await find(event.messageId))?.message;
    if (message) all.push(retractedOf(room, message));
  }
  return all;
};

/** Under what a message may have been told. */
export const retractedOf = (room: Committed['room'], message: Message): Retracted => ({
  messageId: message.id,
  senderId: message.sender?.id ?? '',
  told: [
    ...(room.article ? [{ kind: 'response' as const, subject: room.article.id }] : []),
    ...(message.replyTo ? [{ kind: 'reply' as const, subject: message.replyTo }] : []),
    { kind: 'mention', subject: room.id },
  ],
});

type SenderOf = (messageId: string) => Promise<string | null>;

/** Who sent a message: most replies answer one of the same flush, or the same one. */
const createSenders = (events: readonly RoomEvent[], find: Rooms['message']): SenderOf => {
  const known = new Map<string, string | null>();
  for (const event of events)
    if (event.kind === 'message') known.set(event.message.id, event.message.sender?.id ?? null);
  return async (messageId) => {
    const sender = known.get(messageId);
    if (sender !== undefined) return sender;
    const found = (await find(messageId))?.message.sender?.id ?? null;
    known.set(messageId, found);
    return found;
  };
};

const ofMessage = async (
  { room, mentions }: Committed,
  message: Message,
  senderOf: SenderOf,
): Promise<Addressed[]> => {
  const personId = message.sender?.id;
  if (!personId) return [];
  const place = { roomId: room.id, messageId: message.id };
  const base = { personId, causeId: message.id, at: message.at, place };
  const news = new Map<string, News>();
  // The weakest first: what is stronger takes its place.
  if (room.kind === 'article' && room.article)
    news.set(room.createdBy, { ...base, kind: 'response', subject: room.article.id });
  const answered = message.replyTo && (await senderOf(message.replyTo));
  if (message.replyTo && answered)
    news.set(answered, { ...base, kind: 'reply', subject: message.replyTo });
  for (const userId of mentions.get(message.id) ?? [])
    news.set(userId, { ...base, kind: 'mention', subject: room.id });
  news.delete(personId);
  return [...news].map(([userId, one]) => ({ userId, news: one }));
};

/** Whom an edit names anew; whom the message itself was told to does not hear of it twice. */
const ofEdit = async (
  { room, mentions }: Committed,
  { messageId, at }: Extract<RoomEvent, { kind: 'edit' }>,
  find: Rooms['message'],
  senderOf: SenderOf,
): Promise<Addressed[]> => {
  const named = mentions.get(messageId);
  const message = named && (await find(messageId))?.message;
  if (!message?.sender || message.deleted) return [];
  const told = new Set([message.sender.id]);
  if (room.kind === 'article') told.add(room.createdBy);
  const answered = message.replyTo && (await senderOf(message.replyTo));
  if (answered) told.add(answered);
  const place = { roomId: room.id, messageId };
  const base = { personId: message.sender.id, causeId: messageId, at, place };
  const news: News = { ...base, kind: 'mention', subject: room.id };
  return [...new Set(named)]
    .filter((userId) => !told.has(userId))
    .map((userId) => ({ userId, news }));
};

const ofReaction = async (
  { room }: Committed,
  event: Extract<RoomEvent, { kind: 'reaction' }>,
  senderOf: SenderOf,
): Promise<Addressed[]> => {
  const { messageId, userId: personId, emoji, at } = event;
  const sender = await senderOf(messageId);
  if (!sender || sender === personId) return [];
  // Giving and taking back the same emoji all day is one piece of news.
  const causeId = `${messageId}:${personId}:${emoji}`;
  const place = { roomId: room.id, messageId };
  const news: News = { kind: 'reaction', subject: messageId, personId, causeId, at, place };
  return [{ userId: sender, news }];
};
