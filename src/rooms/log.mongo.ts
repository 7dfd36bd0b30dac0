import { createTogether } from '../platform/together.ts';
import type { Applying } from './apply.mongo.ts';
import {
  type Collections,
  type DocOf,
  type EventDoc,
  eventOf,
  headFields,
  headOf,
  messageOf,
} from './docs.mongo.ts';
import { emptyHead, type Head } from './records.ts';
import type { LogStore } from './store.ts';

/** Rooms that one query compares, and events it may find. */
const COMPARED = 500;
const FOUND_MAX = 10_000;

type Reads = Omit<LogStore, 'append' | 'epoch' | 'noteHead'>;
type MessageDocs = DocOf<'message'>[];

/**
 * The log in MongoDB. The head is read first and its pending events are completed before the
 * messages are: a page may be newer than its head, never older.
 */
export const createMongoLog = ({ events }: Collections, applying: Applying): Reads => {
  const findHead = async (roomId: string): Promise<Head> =>
    headOf(
      (await events.findOne(
        { roomId },
        { sort: { seq: -1 }, projection: headFields },
      )) as Head | null,
    ) ?? emptyHead;
  const settledHead = async (roomId: string): Promise<Head> => {
    const head = await findHead(roomId);
    await applying.settle(roomId);
    return head;
  };

  const headsOf = async (roomIds: readonly string[]): Promise<Map<string, Head>> => {
    const [only] = roomIds;
    if (only !== undefined && roomIds.length === 1) {
      const head = await findHead(only);
      return new Map(head.seq > 0 ? [[only, head]] : []);
    }
    // Sorted and grouped along an index: the server looks at one entry of each room.
    const found = await events
      .aggregate<Head & { _id: string }>([
        { $match: { roomId: { $in: [...roomIds] } } },
        { $sort: { roomId: -1, seq: -1 } },
        {
          $group: {
            _id: '$roomId',
            ...{ seq: { $first: '$seq' }, n: { $first: '$n' }, at: { $first: '$at' } },
          },
        },
      ])
      .toArray();
    return new Map(found.map(({ _id, ...head }) => [_id, head]));
  };
  const heads: Reads['heads'] = createTogether(headsOf);

  const newerAmong = async (known: readonly (readonly [string, number])[]) =>
    events
      .find({ $or: known.map(([roomId, seq]) => ({ roomId, seq: { $gt: seq } })) })
      .project<{ roomId: string; seq: number }>({ _id: 0, roomId: 1, seq: 1 })
      .limit(FOUND_MAX)
      .toArray();
  const newer: Reads['newer'] = async (known) => {
    const rooms = [...known];
    const furthest = new Map<string, number>();
    for (let from = 0; from < rooms.length; from += COMPARED)
      for (const { roomId, seq } of await newerAmong(rooms.slice(from, from + COMPARED)))
        furthest.set(roomId, Math.max(seq, furthest.get(roomId) ?? 0));
    return { heads: furthest, mark: 0 };
  };

  const page = async (
    filter: Record<string, unknown>,
    sort: Record<string, 1 | -1>,
    limit: number,
  ): Promise<EventDoc[]> => events.find(filter).sort(sort).limit(limit).toArray();
  const messagesIn = async (
    filter: Record<string, unknown>,
    order: 1 | -1,
    limit: number,
  ): Promise<MessageDocs> =>
    (await page({ ...filter, kind: 'message' }, { n: order }, limit)) as MessageDocs;

  return {
    heads,
    newer,
    settle: applying.settle,
    events: async (roomId, { after, before, limit }) => {
      const head = await settledHead(roomId);
      if (after !== undefined) {
        const docs = await page({ roomId, seq: { $gt: after } }, { seq: 1 }, limit);
        return { head, events: docs.map(eventOf) };
      }
      const seq = { $lt: before ?? Number.MAX_SAFE_INTEGER };
      const docs = await page({ roomId, seq }, { seq: -1 }, limit);
      return { head, events: docs.reverse().map(eventOf) };
    },
    messages: async (roomId, { before, limit }) => {
      const head = await settledHead(roomId);
      const n = { $lt: before ?? Number.MAX_SAFE_INTEGER };
      const docs = await messagesIn({ roomId, n }, -1, limit);
      return { head, messages: docs.reverse().map(messageOf) };
    },
    roots: async (roomId, { order, after, limit }) => {
      const head = await settledHead(roomId);
      const oldest = order === 'oldest';
      const n = oldest ? { $gt: after ?? 0 } : { $lt: after ?? Number.MAX_SAFE_INTEGER };
      const docs = await messagesIn({ roomId, threadId: null, n }, oldest ? 1 : -1, limit);
      return { head, messages: docs.map(messageOf) };
    },
    branches: async (roomId, rootIds, limit) => {
      const docs = await messagesIn({ roomId, threadId: { $in: [...rootIds] } }, 1, limit);
      return docs.map(messageOf);
    },
    message: async (messageId) => {
      const doc = await events.findOne({ _id: messageId, kind: 'message' });
      return doc && messageOf(doc as DocOf<'message'>);
    },
    lastMessages: async (roomIds) => {
      if (roomIds.length === 0) return new Map();
      await applying.settleAll(roomIds);
      const found = await events
        .aggregate<{ _id: string; last: DocOf<'message'> }>([
          { $match: { roomId: { $in: [...roomIds] }, kind: 'message' } },
          { $sort: { roomId: -1, kind: -1, n: -1 } },
          { $group: { _id: '$roomId', last: { $first: '$$ROOT' } } },
        ])
        .toArray();
      return new Map(found.map(({ _id, last }) => [_id, messageOf(last)]));
    },
    messageCounts: async (roomIds) => {
      const found = await events
        .aggregate<{ _id: string; count: number }>([
          { $match: { roomId: { $in: [...roomIds] }, kind: 'message', deletedAt: null } },
          { $group: { _id: '$roomId', count: { $sum: 1 } } },
        ])
        .toArray();
      const counts = new Map(found.map(({ _id, count }) => [_id, count]));
      return new Map(roomIds.map((roomId) => [roomId, counts.get(roomId) ?? 0]));
    },
  };
};
