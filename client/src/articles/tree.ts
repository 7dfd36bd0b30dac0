import type { Message, Thread } from '../../../src/rooms/contract.ts';
import type { Outgoing } from '../net/outbox.ts';

/** One response with what is shown under it. */
export type Branch = {
  /** Stays the same from "sending" to stored, so that nothing is drawn anew. */
  key: string;
  message: Message;
  /** Set while it is on its way. */
  outgoing: Outgoing | null;
  depth: number;
  /** Whom it answers. */
  parent: Message | null;
  replies: Branch[];
  /** Responses somewhere below that arrived live and are not shown yet. */
  waiting: number;
};
export type Tree = { roots: Branch[]; waiting: number };

/** All messages of the threads, without their nesting. */
export const flatten = (threads: Thread[]): Message[] =>
  threads.flatMap(({ message, replies }) => [message, ...flatten(replies)]);

/** Those to show at first: all but deleted ones that nothing hangs from. */
export const firstShown = (threads: Thread[]): string[] =>
  threads.flatMap(({ message, replies }) => {
    const below = firstShown(replies);
    return message.deleted && below.length === 0 ? [] : [message.id, ...below];
  });

/** The tree as one reader sees it: stored responses that are shown, and their own unsent ones. */
export function growTree(
  messages: Message[],
  shown: ReadonlySet<string>,
  unsent: Outgoing[],
  me: Message['sender'],
): Tree {
  const children = childrenOf(messages);
  const pending = childrenOf(unsent);

  const grow = (parent: Message | null, depth: number): Tree => {
    const parentId = parent?.id ?? null;
    const tree: Tree = { roots: [], waiting: 0 };
    for (const message of children.get(parentId) ?? []) {
      const below = grow(message, depth + 1);
      if (shown.has(message.id)) {
        const { roots: replies, waiting } = below;
        const key = message.clientId ?? message.id;
        tree.roots.push({ key, message, outgoing: null, depth, parent, replies, waiting });
      } else {
        tree.waiting += below.waiting + (message.deleted ? 0 : 1);
      }
    }
    for (const outgoing of pending.get(parentId) ?? []) {
      const message = asMessage(outgoing, me);
      const key = message.id;
      tree.roots.push({ key, message, outgoing, depth, parent, replies: [], waiting: 0 });
    }
    return tree;
  };
  return grow(null, 0);
}

/** Everything that waits below a response (null: anywhere), to be shown now. */
export function waitingBelow(
  messages: Message[],
  shown: ReadonlySet<string>,
  parent: string | null,
): string[] {
  const children = childrenOf(messages);
  const found: string[] = [];
  const walk = (id: string | null): void => {
    for (const message of children.get(id) ?? []) {
      if (!shown.has(message.id)) found.push(message.id);
      // A branch with a pill of its own keeps it: only what no shown response holds is released.
      if (!shown.has(message.id)) walk(message.id);
    }
  };
  walk(parent);
  return found;
}

/** The highest `n` up to which every response is in sight, or was deleted. */
export function readUpTo(messages: Message[], shown: ReadonlySet<string>): number {
  const firstUnseen = messages.findIndex(({ id, deleted }) => !deleted && !shown.has(id));
  const last = firstUnseen < 0 ? messages.at(-1) : messages[firstUnseen - 1];
  return last?.n ?? 0;
}

/** The response and all it hangs from, up to the root. */
export function lineage(messages: Message[], id: string): string[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const line: string[] = [];
  for (let at = byId.get(id); at; at = at.replyTo ? byId.get(at.replyTo) : undefined) {
    line.push(at.id);
  }
  return line;
}

/** By parent; a reply to a response of a page not loaded yet stays out of sight with it. */
function childrenOf<T extends { replyTo: string | null }>(messages: T[]): Map<string | null, T[]> {
  const children = new Map<string | null, T[]>();
  for (const message of messages) {
    const siblings = children.get(message.replyTo);
    if (siblings) siblings.push(message);
    else children.set(message.replyTo, [message]);
  }
  return children;
}

/** An unsent response as it will stand in the tree; it has no number yet. */
const asMessage = (entry: Outgoing, sender: Message['sender']): Message => ({
  id: entry.clientId,
  roomId: entry.roomId,
  seq: 0,
  n: 0,
  sender,
  clientId: entry.clientId,
  body: entry.body,
  at: entry.at,
  editedAt: null,
  deleted: false,
  replyTo: entry.replyTo,
  threadId: null,
  reactions: {},
});
