import type { Accounts } from '../accounts/service.ts';
import { unavailable } from '../errors.ts';
import { type Logger, named } from '../log.ts';
import type { People } from '../people/service.ts';
import type { Actor } from '../platform/actor.ts';
import type { Bus } from '../platform/bus.ts';
import type { Clock } from '../platform/clock.ts';
import type { Connection } from '../platform/connections.ts';
import { encode } from '../platform/frame.ts';
import { createHook, type Hook } from '../platform/hook.ts';
import type { Live } from '../platform/live.ts';
import { within } from '../platform/within.ts';
import { createAccess, type Reader } from './access.ts';
import { createAppender } from './append.ts';
import { type ArticleRooms, createArticleRooms } from './article-rooms.ts';
import { type Attending, createAttending } from './attending.ts';
import { createAudience } from './audience.ts';
import type { Message, RoomEvent, ThreadsPage } from './contract.ts';
import { createEntries } from './entries.ts';
import { createHearing, type Hearing, type Place } from './hearing.ts';
import type { Note } from './hints.ts';
import { createListing, type Listing } from './listing.ts';
import { createMembers, type Invitation, type Members } from './members.ts';
import { createMessages, type Messages, type Sending, type Sent } from './messages.ts';
import { createReadPositions } from './read-positions.ts';
import { createReading, type Reading } from './reading.ts';
import type { EventRecord, RoomRecord } from './records.ts';
import type { RoomsStore, SharedRoom } from './store.ts';
import { readThreads, type ThreadsQuery } from './threads.ts';
import { createTyping, type Typing } from './typing.ts';
import { createWire } from './wire.ts';

export type { Invitation } from './members.ts';
export type { RoomRecord } from './records.ts';

/** What one flush has stored, told on the process that stored it; again when it is sent again. */
export type Committed = {
  room: RoomRecord;
  events: RoomEvent[];
  /** Message id -> the people it calls on by name. */
  mentions: Map<string, string[]>;
};
/** A message with the room it is in, as others refer to it. */
export type Found = {
  message: Message;
  room: Place;
};

/** The page that shows a message where it stands. */
export const pathOf = ({ message, room }: Found): string =>
  room.article ? `/a/${room.article.slug}#r-${message.id}` : `/chat/${room.id}?at=${message.id}`;

/**
 * A sender hears within 3 s, whatever waits before them in the room and in the store. Sent again, the
 * message is stored once.
 */
const SEND_MS = 2_600;
const tooSlow = () => unavailable('The store is slow; this message may be stored later.');

export type Rooms = Omit<Messages, 'send'> &
  Omit<Members, 'tellAdded'> &
  Pick<Listing, 'mine' | 'publicRooms' | 'get' | 'summaries'> &
  Pick<Reading, 'events' | 'messages'> &
  Attending &
  Hearing &
  ArticleRooms & {
    /** See Messages.send. `created` is false for what was stored before with this clientId. */
    /** The sender's devices hear how far they have read, but for the one it came `from`. */
    send(
      actor: Actor,
      sending: Sending,
      from?: Connection,
    ): Promise<{ message: Message; created: boolean }>;
    typing: Pick<Typing, 'start' | 'stop'>;
    /** A page of responses as trees. Errors: not_found. */
    threads(actor: Actor | null, roomId: string, query: ThreadsQuery): Promise<ThreadsPage>;
    /**
     * A message and where it is; null when there is none, or none that `viewer` may see. Without
     * a viewer it is for the server's own use.
     */
    message(messageId: string, viewer?: Reader | null): Promise<Found | null>;
    /** Messages of these rooms that are not deleted. */
    responseCounts(roomIds: readonly string[]): Promise<Map<string, number>>;
    /** A group or public room that this person shares with each of the others. */
    sharedRooms(userId: string, otherIds: readonly string[]): Promise<Map<string, SharedRoom>>;
    committed: Hook<Committed>;
    invited: Hook<Invitation>;
    close(): void;
  };

type Options = {
  store: RoomsStore;
  accounts: Pick<Accounts, 'people' | 'byUsername' | 'byUsernames' | 'settingsOf'>;
  people: Pick<People, 'areFriends' | 'isBlocked'>;
  live: Pick<Live, 'toUser' | 'connectionsOf'>;
  bus: Bus;
  clock: Clock;
  log: Logger;
};

/** By message, also those that an edit names. */
const mentionsOf = (records: readonly EventRecord[]): Map<string, string[]> => {
  const all = new Map<string, string[]>();
  for (const record of records) {
    if (record.kind !== 'message' && record.kind !== 'edit') continue;
    const messageId = record.kind === 'message' ? record.id : record.messageId;
    if (record.mentions.length > 0)
      all.set(messageId, [...(all.get(messageId) ?? []), ...record.mentions]);
  }
  return all;
};

/** Rooms of every kind: their log, who hears it, who may write in it. */
export const createRooms = (options: Options): Rooms => {
  const { store, accounts, people, live, bus, clock } = options;
  const log = named(options.log, 'rooms');
  const wire = createWire(accounts);
  const committed = createHook<Committed>(log, 'rooms.committed');
  const invited = createHook<Invitation>(log, 'rooms.invited');
  const entries = createEntries(store);
  const access = createAccess({
    entries,
    people,
    messagesFrom: async (userId) =>
      (await accounts.settingsOf([userId])).get(userId)?.messagesFrom ?? 'nobody',
  });

  const positions = createReadPositions(store);
  const heard = (roomId: string, note: Note) => {
    if (note.kind === 'typing') return typing.heard(roomId, note);
    const { userId, n } = note;
    positions.moved(roomId, userId, n);
    hub.tellHere(roomId, encode('room:read', { roomId, userId, n }), { exceptUserId: userId });
  };
  const audience = createAudience({ store, access, entries, wire, bus, live, log, heard });
  const { hub } = audience;
  const typing = createTyping({
    ...{ access, store, clock, note: hub.note },
    tell: (roomId, userIds) =>
      hub.tellHere(roomId, encode('typing', { roomId, userIds }), { volatile: true }),
  });

  const tellOthers = async (roomId: string, records: EventRecord[], events: RoomEvent[]) => {
    try {
      const room = await entries.room(roomId);
      if (room) await committed.emit({ room, events, mentions: mentionsOf(records) });
    } catch (error) {
      log.error({ err: error, roomId }, 'what was stored could not be told to other features');
    }
  };
  /** What is stored is handed over before anybody is acked. */
  const publish = async (roomId: string, records: EventRecord[]) => {
    try {
      const events = await wire.events(records);
      for (const record of records)
        if (record.kind === 'message') typing.sent(roomId, record.senderId);
      hub.publish(roomId, events);
      return { told: tellOthers(roomId, records, events) };
    } catch (error) {
      log.warn({ err: error, roomId }, 'stored events are handed over with the next comparing');
      hub.behind(roomId, records.at(-1)?.seq ?? 0);
      return { told: Promise.resolve() };
    }
  };
  const appender = createAppender({ store: store.append, committed: publish });
  const listing = createListing({ store, access, accounts, wire });
  const reading = createReading(store, access, wire);
  const members = createMembers({
    ...{ store, access, appender, listing, accounts, people, live, clock, invited },
    admit: audience.admit,
  });
  const { send, ...messages } = createMessages({ store, access, appender, accounts, clock });
  const { tellAdded, ...memberVerbs } = members;

  /** A message makes its sender a reader; the first shows the room to whom it was hidden from. */
  const afterSend = async (actor: Actor, sent: Sent, from: Connection | undefined) => {
    const { record, entry } = sent;
    const { room, member } = entry;
    const { roomId, n } = record;
    const { userId } = actor;
    live.toUser(userId, 'room:read', { roomId, userId, n }, { except: from });
    if (!member) audience.admit(roomId, userId);
    if (n > 1) return;
    const other = room.directKey?.split(':').find((id) => id !== userId);
    const unaware = room.kind === 'article' ? room.createdBy : other;
    if (unaware) await tellAdded(room, unaware);
  };

  const sendAndTell: Rooms['send'] = async (actor, sending, from) => {
    const sent = await send(actor, sending);
    if (sent.created) {
      afterSend(actor, sent, from).catch((error: unknown) =>
        log.warn({ err: error }, 'a sender could not be told'),
      );
    }
    // Who sends again was never acked: others may not have been told.
    else await tellOthers(sent.record.roomId, [sent.record], await wire.events([sent.record]));
    const [message] = await wire.messages([sent.record]);
    return { message: message as Message, created: sent.created };
  };

  return {
    ...messages,
    ...memberVerbs,
    ...createArticleRooms({ store, appender, clock, publish }),
    ...createHearing(store, access),
    ...createAttending({ store, access, hub, reading, positions, listing, live }),
    mine: listing.mine,
    publicRooms: listing.publicRooms,
    get: listing.get,
    summaries: listing.summaries,
    events: reading.events,
    messages: reading.messages,
    typing,
    send: (actor, sending, from) => within(SEND_MS, sendAndTell(actor, sending, from), tooSlow),
    threads: async (actor, roomId, query) => {
      await access.requireReadable(actor, roomId);
      return readThreads(store, wire, roomId, query);
    },
    message: async (messageId, viewer) => {
      const record = await store.message(messageId);
      if (!record) return null;
      const room =
        viewer === undefined
          ? await store.room(record.roomId)
          : await access.findReadable(viewer, record.roomId);
      if (!room) return null;
      const [message] = await wire.messages([record]);
      const { id, kind, title, article } = room;
      return {
        message: message as Message,
        room: {
          ...{ id, kind, title },
          ...(article && { article: { id: article.id, slug: article.slug, title: article.title } }),
        },
      };
    },
    responseCounts: (roomIds) => store.messageCounts(roomIds),
    sharedRooms: (userId, otherIds) => store.sharedRooms(userId, otherIds),
    committed,
    invited,
    close: () => {
      typing.close();
      audience.close();
    },
  };
};
