import type { Collections } from './docs.mongo.ts';
import type { MemberRecord, UnreadCount } from './records.ts';

/** A message that counts as unread for those whose position is before it. */
type Countable = { n: number; senderId: string; mentions?: string[] };

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

type Counts = ReadonlyMap<string, UnreadCount>;

/** What is unread for each of these members of one room, from one look at its newest messages. */
export const createMongoUnread = (
  events: Collections['events'],
  /** Of one person, by room, however far behind. */
  alone: (rooms: readonly MemberRecord[]) => Promise<Counts>,
) => {
  const newest = (roomId: string, after: number) =>
    events
      .find({ roomId, kind: 'message', n: { $gt: after }, deletedAt: null })
      .project<Countable>({ _id: 0, n: 1, senderId: 1, mentions: 1 })
      .sort({ n: -1 })
      .limit(WINDOW)
      .toArray();
  return async (
    roomId: string,
    members: readonly MemberRecord[],
  ): Promise<Map<string, UnreadCount>> => {
    const counts = new Map<string, UnreadCount>();
    if (members.length === 0) return counts;
    const behind = Math.min(...members.map(({ lastRead }) => lastRead));
    const messages = await newest(roomId, behind);
    const complete = messages.length < WINDOW ? behind : (messages.at(-1)?.n ?? 0);
    const all = messages.map(({ n }) => n);
    const sent = byPerson(messages, ({ senderId }) => [senderId]);
    const called = byPerson(messages, ({ mentions = [] }) => mentions);
    for (const member of members) {
      const { userId, lastRead } = member;
      const count = (numbers: readonly number[] = []) => above(numbers, lastRead);
      const found =
        lastRead >= complete
          ? {
              unread: count(all) - count(sent.get(userId)),
              mentions: count(called.get(userId)),
            }
          : (await alone([member])).get(roomId);
      if (found) counts.set(userId, found);
    }
    return counts;
  };
};
