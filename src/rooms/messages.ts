import { hash } from 'node:crypto';
import type { Accounts } from '../accounts/service.ts';
import { badRequest, conflict, forbidden, notFound } from '../errors.ts';
import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import type { Access } from './access.ts';
import type { Appender } from './append.ts';
import { MESSAGE_MAX } from './contract.ts';
import type { Entry } from './entries.ts';
import { mentionedIn, renderInline } from './inline.ts';
import { createLanes } from './lanes.ts';
import type { Appended, MessageRecord, NewEvent, RoomRecord } from './records.ts';
import type { RoomsStore } from './store.ts';

/** Different emoji that one message carries. */
const EMOJI_MAX = 20;

export type Sending = {
  roomId: string;
  clientId: string;
  body: string;
  replyTo?: string | undefined;
};
type InMessage = { roomId: string; messageId: string };
export type Sent = { record: MessageRecord; created: boolean; entry: Entry };

export type Messages = {
  /**
   * Stores a message once, however often it is sent; resolves when it is durable and told.
   * Errors: not_found, forbidden, bad_request, conflict (this clientId with another body),
   * unavailable (not stored, or not known: send again with the same clientId).
   */
  send(actor: Actor, sending: Sending): Promise<Sent>;
  /** Only its sender. Errors: not_found (also when deleted), forbidden. Answers the room's seq. */
  edit(actor: Actor, input: InMessage & { body: string }): Promise<{ seq: number }>;
  /** Its sender, the room's owner and moderators, administrators. Deleting twice is harmless. */
  remove(actor: Actor, input: InMessage): Promise<{ seq: number }>;
  /** Gives or takes back one reaction of mine; as often as one likes. */
  react(actor: Actor, input: InMessage & { emoji: string; on: boolean }): Promise<{ seq: number }>;
};

type Options = {
  store: RoomsStore;
  access: Access;
  appender: Appender;
  accounts: Pick<Accounts, 'byUsernames'>;
  clock: Clock;
};

const digestOf = (body: string, replyTo: string | null): string =>
  hash('sha256', `${replyTo ?? ''}\n${body}`, 'base64url');

const nobody = { ids: [], names: new Set<string>() };

const requireLength = ({ kind }: RoomRecord, body: string) => {
  if (kind !== 'article' && body.length > MESSAGE_MAX)
    throw badRequest(`has more than ${MESSAGE_MAX} characters`, 'body');
};

/** What a message may be sent, changed and taken away by. */
export const createMessages = (options: Options): Messages => {
  const { store, access, appender, accounts, clock } = options;
  const lanes = createLanes();

  /** Who of those named in a text may see it: their ids for counting, their names for links. */
  const mentionsIn = async (body: string, room: RoomRecord, senderId: string) => {
    const named = mentionedIn(body);
    if (named.length === 0) return nobody;
    const people = await accounts.byUsernames(named);
    const ids = people.map(({ id }) => id);
    const isClosed = room.kind === 'direct' || room.kind === 'group';
    const inside = isClosed
      ? new Set((await store.membersAmong(room.id, ids)).map(({ userId }) => userId))
      : new Set(ids);
    const visible = people.filter(({ id }) => inside.has(id));
    return {
      ids: visible.map(({ id }) => id).filter((id) => id !== senderId),
      names: new Set(visible.map(({ username }) => username)),
    };
  };
  const requireMessage = async ({ roomId, messageId }: InMessage): Promise<MessageRecord> => {
    const message = await store.message(messageId);
    if (message?.roomId !== roomId) throw notFound('message');
    return message;
  };
  const requireParent = async (roomId: string, replyTo: string | undefined) => {
    if (replyTo === undefined) return null;
    const parent = await store.message(replyTo);
    if (parent?.roomId !== roomId) throw badRequest('is no message of this room', 'replyTo');
    return parent;
  };
  const headSeq = async (roomId: string) => (await store.heads([roomId])).get(roomId)?.seq ?? 0;
  const seqOf = async (roomId: string, appended: Appended): Promise<{ seq: number }> => {
    if (appended.state === 'failed') throw appended.error;
    // What was to be changed is as wanted already, as of the newest event.
    if (appended.state === 'refused') return { seq: await headSeq(roomId) };
    return { seq: appended.event.seq };
  };

  const prepare = async (actor: Actor, { roomId, clientId, body, replyTo }: Sending) => {
    const entry = await access.requireWritable(actor, roomId);
    requireLength(entry.room, body);
    const parent = await requireParent(roomId, replyTo);
    const mentioned = await mentionsIn(body, entry.room, actor.userId);
    const event: NewEvent = {
      kind: 'message',
      id: newId(),
      roomId,
      at: clock.iso(),
      senderId: actor.userId,
      clientId,
      digest: digestOf(body, parent?.id ?? null),
      body,
      html: renderInline(body, mentioned.names),
      replyTo: parent?.id ?? null,
      threadId: parent ? (parent.threadId ?? parent.id) : null,
      mentions: mentioned.ids,
      joins: entry.room.kind === 'article',
    };
    // In an object, so that the lane goes on as soon as the event has its place in the queue.
    return { entry, event, appended: appender.append(event) };
  };

  return {
    send: async (actor, sending) => {
      // One sender's messages keep the order in which they came in.
      const lane = `${sending.roomId}:${actor.userId}`;
      const { entry, event, appended } = await lanes.run(lane, () => prepare(actor, sending));
      const outcome = await appended;
      switch (outcome.state) {
        case 'failed':
          throw outcome.error;
        case 'refused':
          throw notFound('room');
        case 'stored':
          return { record: outcome.event as MessageRecord, created: true, entry };
        case 'known': {
          const { digest } = outcome.event;
          if (digest !== null && digest !== event.digest)
            throw conflict('Something else was sent with this clientId.');
          return { record: outcome.event, created: false, entry };
        }
      }
    },
    edit: async (actor, { roomId, messageId, body }) => {
      const { room } = await access.requireWritable(actor, roomId);
      requireLength(room, body);
      const message = await requireMessage({ roomId, messageId });
      if (message.senderId !== actor.userId) throw forbidden('Only its sender may change it.');
      const mentioned = await mentionsIn(body, room, actor.userId);
      const appended = await appender.append({
        kind: 'edit',
        id: newId(),
        roomId,
        at: clock.iso(),
        senderId: actor.userId,
        messageId,
        body,
        html: renderInline(body, mentioned.names),
        mentions: mentioned.ids,
      });
      if (appended.state === 'refused') throw notFound('message');
      return seqOf(roomId, appended);
    },
    remove: async (actor, { roomId, messageId }) => {
      const entry = await access.requireReadable(actor, roomId);
      const message = await requireMessage({ roomId, messageId });
      if (!access.mayDelete(actor, entry, message))
        throw forbidden('Only its sender and moderators may delete it.');
      const appended = await appender.append({
        kind: 'delete',
        id: newId(),
        roomId,
        at: clock.iso(),
        senderId: actor.userId,
        messageId,
      });
      return seqOf(roomId, appended);
    },
    react: async (actor, { roomId, messageId, emoji, on }) => {
      await access.requireWritable(actor, roomId);
      const message = await requireMessage({ roomId, messageId });
      if (message.deletedAt !== null) throw notFound('message');
      const known = Object.keys(message.reactions);
      if (on && !known.includes(emoji) && known.length >= EMOJI_MAX)
        throw conflict('This message has enough different reactions.');
      const appended = await appender.append({
        kind: 'reaction',
        id: newId(),
        roomId,
        at: clock.iso(),
        senderId: actor.userId,
        messageId,
        emoji,
        on,
      });
      return seqOf(roomId, appended);
    },
  };
};
