import type { mongo } from 'mongoose';
import { unavailable } from '../errors.ts';
import { isDuplicate, isOutage } from '../platform/mongo.ts';
import { remember } from '../platform/remember.ts';
import type { Applying } from './apply.mongo.ts';
import {
  type Collections,
  type DocOf,
  docOf,
  type EventDoc,
  eventOf,
  type MemberDoc,
  memberKey,
  messageOf,
  SENT_INDEX,
} from './docs.mongo.ts';
import type { Appended, NewEvent, NewMessageRecord } from './records.ts';

/**
 * How long a flush takes new numbers because another process was faster; the store as a whole answers
 * within 2.4 s. By time, not by tries: next to one that never rests ten tries in a row can all be lost.
 */
const STRIVE_MS = 1_500;
const JITTER_MS = 20;
const JITTER_MAX_MS = 100;
/** Rooms whose last number is remembered. */
const HEADS_MAX = 10_000;
/** A room is asked for so often whether it is still there; as long as a missed hint stays unseen. */
const THERE_MS = 2_000;
const LONG_AGO = Number.NEGATIVE_INFINITY;

type Outcomes = Map<string, Appended>;
type Numbers = { seq: number; n: number };
/** Where a log ends, and when the room was last seen to be there; ms on a clock that never steps. */
type Head = Numbers & { seenAt: number };
const refused: Appended = { state: 'refused' };
const busy = () => unavailable('This room is busy; try again in a moment.');
const failed = (error: unknown): Appended => ({
  state: 'failed',
  error: isOutage(error) ? unavailable('The store is out of reach.') : error,
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const numbered = (events: readonly NewEvent[], head: Numbers): EventDoc[] => {
  let { seq, n } = head;
  return events.map((event) => {
    seq += 1;
    n += event.kind === 'message' ? 1 : 0;
    return docOf(event, seq, n);
  });
};

/**
 * Adds to logs. The unique index on (roomId, seq) is the fence between processes: who finds a
 * number taken looks where the log ends and takes the next ones. What closes a room is in its log:
 * who comes after it finds the number taken, and the room gone.
 */
export const createMongoInsert = ({ rooms, events }: Pick<Collections, 'rooms' | 'events'>) => {
  const heads = new Map<string, Head>();
  const endOf = async (roomId: string): Promise<Numbers> =>
    (await events.findOne(
      { roomId },
      { sort: { seq: -1 }, projection: { _id: 0, seq: 1, n: 1 } },
    )) ?? { seq: 0, n: 0 };
  /** Where the log of a room ends that is there; null when it is gone. */
  const headOf = async (roomId: string): Promise<Head | null> => {
    const known = heads.get(roomId);
    const now = performance.now();
    if (known && now - known.seenAt < THERE_MS) return known;
    // The log first: nothing that closes the room slips in between unseen.
    const end = known ?? (await endOf(roomId));
    const isThere = { _id: roomId, deletedAt: null };
    const room = await rooms.findOne(isThere, { projection: { _id: 1 } });
    // Somebody may have told meanwhile that it goes on.
    return room && { ...(heads.get(roomId) ?? end), seenAt: now };
  };
  /** What is stored for good of these, whatever an answer said or did not say. */
  const storedOf = async (docs: readonly EventDoc[]): Promise<Map<string, EventDoc>> => {
    const ids = docs.map(({ _id }) => _id);
    const found = await events
      .find({ _id: { $in: ids } }, { readConcern: { level: 'majority' } })
      .limit(ids.length)
      .toArray();
    return new Map(found.map((doc) => [doc._id, doc]));
  };
  const sentBefore = async ({ roomId, senderId, clientId }: NewMessageRecord) =>
    (await events.findOne({ roomId, senderId, clientId })) as DocOf<'message'> | null;

  /** After a failed insert: what became of its events, as far as it is known. */
  const lookUp = async (
    wanted: readonly NewEvent[],
    docs: readonly EventDoc[],
    error: unknown,
  ): Promise<Outcomes> => {
    const outcomes: Outcomes = new Map();
    for (const doc of (await storedOf(docs)).values())
      outcomes.set(doc._id, { state: 'stored', event: eventOf(doc) });
    const left = wanted.filter(({ id }) => !outcomes.has(id));
    if (!isDuplicate(error)) {
      // Nobody knows whether it will still be stored; sending it again finds out.
      for (const { id } of left) outcomes.set(id, failed(error));
      return outcomes;
    }
    // An ordered insert ends at what it names: the first that is not stored.
    const [first] = left;
    const isResend = (error as Error).message.includes(SENT_INDEX);
    const known = isResend && first?.kind === 'message' ? await sentBefore(first) : null;
    if (known) outcomes.set((first as NewEvent).id, { state: 'known', event: messageOf(known) });
    return outcomes;
  };
  const insertAfter = async (
    roomId: string,
    wanted: readonly NewEvent[],
    head: Head,
  ): Promise<Outcomes> => {
    const docs = numbered(wanted, head);
    try {
      // The driver's way for one is much shorter than its way for many.
      if (docs.length === 1) await events.insertOne(docs[0] as EventDoc);
      else await events.insertMany(docs, { ordered: true });
    } catch (error) {
      heads.delete(roomId);
      return lookUp(wanted, docs, error);
    }
    const { seq, n } = docs.at(-1) as EventDoc;
    remember(heads, roomId, { seq, n, seenAt: head.seenAt }, HEADS_MAX);
    return new Map(docs.map((doc) => [doc._id, { state: 'stored', event: eventOf(doc) }]));
  };

  const noteHead = (roomId: string, { seq, n }: Numbers) => {
    const { seq: before, seenAt } = heads.get(roomId) ?? { seq: 0, seenAt: LONG_AGO };
    if (before < seq) remember(heads, roomId, { seq, n, seenAt }, HEADS_MAX);
  };
  /** Answers nothing of what a room that is gone does not take. */
  const insert = async (
    roomId: string,
    wanted: readonly NewEvent[],
    findHead = headOf,
  ): Promise<Outcomes> => {
    const outcomes: Outcomes = new Map();
    let left = [...wanted];
    const until = performance.now() + STRIVE_MS;
    for (let lost = 0; left.length > 0; ) {
      const head = await findHead(roomId);
      if (!head) return outcomes;
      const found = await insertAfter(roomId, left, head);
      for (const [id, outcome] of found) outcomes.set(id, outcome);
      left = left.filter(({ id }) => !outcomes.has(id));
      // Somebody else took these numbers: at first again at once, then in some disorder.
      if (found.size === 0) lost += 1;
      if (found.size === 0 && performance.now() > until) break;
      if (left.length > 0 && lost > 1)
        await pause(Math.random() * Math.min(JITTER_MS * lost, JITTER_MAX_MS));
    }
    for (const { id } of left) outcomes.set(id, { state: 'failed', error: busy() });
    return outcomes;
  };
  /** Puts the last event into the log of a room that was just taken away. */
  const close = (roomId: string, last: NewEvent): Promise<Outcomes> =>
    insert(roomId, [last], async () => ({ ...(await endOf(roomId)), seenAt: LONG_AGO }));
  return { insert, noteHead, close };
};
export type MongoInsert = ReturnType<typeof createMongoInsert>;

type Raise = {
  updateOne: { filter: { _id: string }; update: mongo.UpdateFilter<MemberDoc>; upsert?: boolean };
};
type Options = { collections: Collections; applying: Applying } & Pick<MongoInsert, 'insert'>;

/** `append` of the store: refuse what changes nothing, insert, then complete what was inserted. */
export const createMongoAppend = ({ collections, applying, insert }: Options) => {
  const { members, events } = collections;

  /** Which of these events find what they change, and not yet as they want it. */
  const toStore = async (roomId: string, wanted: readonly NewEvent[]): Promise<NewEvent[]> => {
    const targets = wanted.flatMap((event) => ('messageId' in event ? [event.messageId] : []));
    const people = wanted.flatMap((event) => (event.kind === 'member' ? [event.userId] : []));
    if (targets.length + people.length === 0) return [...wanted];
    const [messages, present] = await Promise.all([
      targets.length > 0 ? events.find({ _id: { $in: targets } }).toArray() : [],
      people.length > 0
        ? members.find({ roomId, userId: { $in: people }, active: true }).toArray()
        : [],
    ]);
    const here = new Set(present.map(({ userId }) => userId));
    const alive = new Map(
      messages.flatMap((doc) =>
        doc.kind === 'message' && doc.roomId === roomId && doc.deletedAt === null
          ? [[doc._id, doc] as const]
          : [],
      ),
    );
    return wanted.filter((event) => {
      switch (event.kind) {
        case 'message':
        case 'room':
          return true;
        case 'member':
          return here.has(event.userId) !== (event.change === 'joined');
        case 'edit':
        case 'delete':
          return alive.has(event.messageId);
        case 'reaction': {
          const message = alive.get(event.messageId);
          const given = message?.reactions[event.emoji] ?? [];
          return message !== undefined && given.includes(event.senderId) !== event.on;
        }
      }
    });
  };

  const raise = async (writes: readonly Raise[]): Promise<void> => {
    const [only] = writes;
    if (!only || writes.length > 1) return void (await members.bulkWrite([...writes]));
    const { filter, update, upsert = false } = only.updateOne;
    await members.updateOne(filter, update, { upsert });
  };
  const raiseSenders = async (roomId: string, wanted: readonly NewEvent[], outcomes: Outcomes) => {
    const writes = wanted.flatMap((event): Raise[] => {
      const outcome = outcomes.get(event.id);
      if (event.kind !== 'message' || outcome?.state !== 'stored') return [];
      const { senderId: userId, at, joins } = event;
      const filter = { _id: memberKey(roomId, userId) };
      const $max = { lastRead: outcome.event.n };
      if (!joins) return [{ updateOne: { filter, update: { $max } } }];
      const fresh = { roomId, userId, role: 'member', joinedAt: at } as const;
      const $setOnInsert = { ...fresh, muted: false, hidden: false, rev: 0 };
      const update = { $max, $set: { active: true }, $setOnInsert };
      return [{ updateOne: { filter, update, upsert: true } }];
    });
    if (writes.length === 0) return;
    try {
      await raise(writes);
    } catch (error) {
      // Two upserts of one member met: the document is there now.
      if (isDuplicate(error)) await raise(writes);
      // The messages are stored all the same; the position follows with the next one.
      else if (!isOutage(error)) throw error;
    }
  };
  /** An edit that met a deletion has lost its words. */
  const reread = async (outcomes: Outcomes) => {
    const edits = [...outcomes.values()].flatMap((outcome) =>
      outcome.state === 'stored' && outcome.event.kind === 'edit' ? [outcome.event.id] : [],
    );
    if (edits.length === 0) return;
    for (const doc of await events.find({ _id: { $in: edits } }).toArray())
      outcomes.set(doc._id, { state: 'stored', event: eventOf(doc) });
  };
  const complete = async (roomId: string, outcomes: Outcomes) => {
    const changes = [...outcomes].filter(
      ([, outcome]) => outcome.state === 'stored' && outcome.event.kind !== 'message',
    );
    if (changes.length === 0) return;
    try {
      await applying.settle(roomId);
      await reread(outcomes);
    } catch (error) {
      // Stored, and completed by whoever reads the room next.
      for (const [id] of changes) outcomes.set(id, failed(error));
    }
  };

  return async (roomId: string, wanted: readonly NewEvent[]): Promise<Appended[]> => {
    try {
      const outcomes = await insert(roomId, await toStore(roomId, wanted));
      await Promise.all([raiseSenders(roomId, wanted, outcomes), complete(roomId, outcomes)]);
      return wanted.map(({ id }) => outcomes.get(id) ?? refused);
    } catch (error) {
      return wanted.map(() => failed(error));
    }
  };
};
