import { decodeCursor, pageOf } from '../platform/cursor.ts';
import type { Message, Thread, ThreadsPage } from './contract.ts';
import type { RoomsStore } from './store.ts';
import type { Wire } from './wire.ts';

export type ThreadsQuery = {
  order: 'oldest' | 'newest';
  cursor?: string | undefined;
  limit: number;
};

/** Replies of one page at most; more are in the room's history. */
const REPLIES_MAX = 2_000;

/** Puts replies under what they answer; one whose parent is not there stands under the root. */
const grow = (root: Message, replies: readonly Message[]): Thread => {
  const top: Thread = { message: root, replies: [], replyCount: 0 };
  const nodes = new Map([[root.id, top]]);
  for (const message of replies) nodes.set(message.id, { message, replies: [], replyCount: 0 });
  const parentOf = ({ replyTo }: Message) => nodes.get(replyTo ?? '') ?? top;
  for (const message of replies) parentOf(message).replies.push(nodes.get(message.id) as Thread);
  // An answer has a higher `n` than what it answers: from the last one each branch is complete.
  for (const message of replies.toReversed()) {
    const { replyCount } = nodes.get(message.id) as Thread;
    parentOf(message).replyCount += replyCount + (message.deleted ? 0 : 1);
  }
  return top;
};

const groupByRoot = (replies: readonly Message[]) => {
  const groups = new Map<string, Message[]>();
  for (const reply of replies) {
    const group = groups.get(reply.threadId ?? '');
    if (group) group.push(reply);
    else groups.set(reply.threadId ?? '', [reply]);
  }
  return groups;
};

/** A page of responses as trees, in the order of their roots. */
export const readThreads = async (
  store: RoomsStore,
  wire: Wire,
  roomId: string,
  { order, cursor, limit }: ThreadsQuery,
): Promise<ThreadsPage> => {
  const after = cursor === undefined ? undefined : decodeCursor(cursor, ['number'] as const)[0];
  const found = await store.roots(roomId, { order, after, limit: limit + 1 });
  const page = pageOf(found.messages, limit, ({ n }) => [n]);
  const ids = page.items.map(({ id }) => id);
  const replies = ids.length > 0 ? await store.branches(roomId, ids, REPLIES_MAX) : [];
  const messages = await wire.messages([...page.items, ...replies]);
  const groups = groupByRoot(messages.slice(ids.length));
  return {
    items: messages.slice(0, ids.length).map((root) => grow(root, groups.get(root.id) ?? [])),
    next: page.next,
    head: found.head.seq,
    epoch: store.epoch,
  };
};
