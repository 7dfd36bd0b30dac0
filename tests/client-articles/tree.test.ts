import { describe, expect, test } from 'vitest';
import {
  type Branch,
  firstShown,
  flatten,
  growTree,
  lineage,
  readUpTo,
  waitingBelow,
} from '../../client/src/articles/tree.ts';
import type { Outgoing } from '../../client/src/net/outbox.ts';
import type { Message, Thread } from '../../src/rooms/contract.ts';
import { message, person, ROOM } from './build.ts';

const outline = (branches: Branch[]): unknown[] =>
  branches.map((branch) =>
    branch.replies.length > 0 ? [branch.message.id, outline(branch.replies)] : branch.message.id,
  );
const reply = (n: number, to: number) => message(n, { replyTo: `message-${to}` });
const unsent = (replyTo: string | null, fields: Partial<Outgoing> = {}): Outgoing => ({
  roomId: ROOM,
  clientId: 'client-000000000001',
  senderId: 'ana',
  body: 'on its way',
  replyTo,
  at: '2026-01-02T03:05:00.000Z',
  state: 'sending',
  ...fields,
});

const MESSAGES = [message(1), reply(2, 1), message(3), reply(4, 2), reply(5, 1)];
const all = new Set(MESSAGES.map((m) => m.id));

describe('the tree of responses', () => {
  test('puts replies under what they answer, in the order they came', () => {
    const tree = growTree(MESSAGES, all, [], null);
    expect(outline(tree.roots)).toEqual([
      ['message-1', [['message-2', ['message-4']], 'message-5']],
      'message-3',
    ]);
    expect(tree.waiting).toBe(0);
  });

  test('a live response moves nothing: it is counted in its branch until it is asked for', () => {
    const messages = [...MESSAGES, reply(6, 2), reply(7, 6), message(8)];
    const tree = growTree(messages, all, [], null);
    expect(outline(tree.roots)).toEqual(outline(growTree(MESSAGES, all, [], null).roots));
    expect(tree.waiting).toBe(1);
    expect(tree.roots[0]?.waiting).toBe(0);
    expect(tree.roots[0]?.replies[0]?.waiting).toBe(2);
    expect(waitingBelow(messages, all, 'message-2')).toEqual(['message-6', 'message-7']);
    expect(waitingBelow(messages, all, null)).toEqual(['message-8']);
  });

  test('every waiting response is released by exactly the pills that count it', () => {
    const messages = [...MESSAGES, reply(6, 2), reply(7, 6), message(8), reply(9, 8), reply(10, 5)];
    let shown = new Set(all);
    const pills = (branches: Branch[]): (string | null)[] =>
      branches.flatMap((b) => [...(b.waiting > 0 ? [b.message.id] : []), ...pills(b.replies)]);
    const tree = growTree(messages, shown, [], null);
    for (const parent of [...pills(tree.roots), null]) {
      shown = new Set([...shown, ...waitingBelow(messages, shown, parent)]);
    }
    expect(shown.size).toBe(messages.length);
  });

  test('a deleted one that nobody saw is not counted', () => {
    const tree = growTree([...MESSAGES, message(6, { deleted: true, body: '' })], all, [], null);
    expect(tree.waiting).toBe(0);
  });

  test('my own unsent response stands in its branch at once', () => {
    const tree = growTree(MESSAGES, all, [unsent('message-3')], person('ana'));
    const mine = tree.roots[1]?.replies[0];
    expect(mine?.outgoing?.state).toBe('sending');
    expect(mine?.message).toMatchObject({ body: 'on its way', sender: { id: 'ana' } });
  });

  test('it keeps its key when it is stored', () => {
    const before = growTree(MESSAGES, all, [unsent(null)], person('ana')).roots.at(-1);
    const stored = message(6, { clientId: 'client-000000000001' });
    const after = growTree([...MESSAGES, stored], new Set([...all, stored.id]), [], null);
    expect(after.roots.at(-1)?.key).toBe(before?.key);
  });

  test('at first shows a deleted parent of living replies, and no deleted leaf', () => {
    const thread = (of: Message, replies: Thread[] = []): Thread => ({
      message: of,
      replies,
      replyCount: replies.length,
    });
    const threads = [
      thread(message(1, { deleted: true }), [thread(reply(2, 1))]),
      thread(message(3, { deleted: true })),
    ];
    expect(firstShown(threads)).toEqual(['message-1', 'message-2']);
    expect(flatten(threads).map((m) => m.id)).toEqual(['message-1', 'message-2', 'message-3']);
  });

  test('what is read ends where something waits unseen', () => {
    const messages = [...MESSAGES, message(6), message(7, { deleted: true }), message(8)];
    expect(readUpTo(messages, all)).toBe(5);
    expect(readUpTo(messages, new Set([...all, 'message-6', 'message-8']))).toBe(8);
    expect(readUpTo([], all)).toBe(0);
  });

  test('the way from a response to its root', () => {
    expect(lineage(MESSAGES, 'message-4')).toEqual(['message-4', 'message-2', 'message-1']);
    expect(lineage(MESSAGES, 'message-99')).toEqual([]);
  });
});
