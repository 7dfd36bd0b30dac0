import type { MemberRecord } from './records.ts';
import type { Countable, RoomsStore } from './store.ts';

export type UnreadCount = { unread: number; mentions: number };

/** Members who are further behind than this are counted one by one. */
const WINDOW = 1_000;

const byPerson = (messages: readonly Countable[], peopleOf: (message: Countable) => string[]) => {
  const numbers = new Map<string, number[]>();
  for (const message of messages)
    for (const userId of peopleOf(message)) {
      const known = numbers.get(userId);
      if (known) known.push(message.n);
      else numbers.set(userId, [message.n]);
    }
  return numbers;
};

/** How many of these numbers, highest first, are above `n`. */
const above = (numbers: readonly number[], n: number): number => {
  const index = numbers.findIndex((each) => each <= n);
  return index < 0 ? numbers.length : index;
};

/** What is unread for each of these members of one room, from one look at its newest messages. */
export const unreadIn = async (
  store: Pick<RoomsStore, 'countables' | 'standings'>,
  roomId: string,
  members: readonly MemberRecord[],
): Promise<Map<string, UnreadCount>> => {
  const counts = new Map<string, UnreadCount>();
  if (members.length === 0) return counts;
  const behind = Math.min(...members.map(({ lastRead }) => lastRead));
  const messages = await store.countables(roomId, behind, WINDOW);
  const complete = messages.length < WINDOW ? behind : (messages.at(-1)?.n ?? 0);
  const all = messages.map(({ n }) => n);
  const sent = byPerson(messages, ({ senderId }) => [senderId]);
  const called = byPerson(messages, ({ mentions }) => mentions);
  for (const { userId, lastRead } of members) {
    const count = (numbers: readonly number[] = []) => above(numbers, lastRead);
    if (lastRead >= complete)
      counts.set(userId, {
        unread: count(all) - count(sent.get(userId)),
        mentions: count(called.get(userId)),
      });
  }
  for (const { userId } of members) {
    if (counts.has(userId)) continue;
    const standing = (await store.standings(userId, [roomId])).get(roomId);
    if (standing) counts.set(userId, { unread: standing.unread, mentions: standing.mentions });
  }
  return counts;
};
