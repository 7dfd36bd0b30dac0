import { groupedBy } from '../platform/grouped-by.ts';
import { createTogether } from '../platform/together.ts';
import type { Collections } from './docs.mongo.ts';
import type { Head, MemberRecord, UnreadCount } from './records.ts';

/** Clauses of one query. */
const CLAUSES = 100;
/** People who are answered together. */
const PEOPLE_MAX = 100;
/** From so many people on, the rooms that they share are read once for all of them. */
const CROWD = 4;
/** Who is further behind is counted alone. */
const WINDOW = 1_000;
/** Messages that one look at shared rooms may find: with more, each person is counted alone. */
const FOUND_MAX = 20_000;

/** The rooms of one person. */
type Person = readonly MemberRecord[];
/** By room. */
type Counts = ReadonlyMap<string, UnreadCount>;
type Found = { roomId: string; n: number; senderId: string; mentions?: string[] };

const inGroups = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
const roomsOf = (people: readonly Person[]) => groupedBy(people.flat(), ({ roomId }) => roomId);

/** What of these messages is unread for a member of their room. */
const countFor = ({ userId, lastRead }: MemberRecord, messages: readonly Found[] = []) => {
  const newer = messages.filter(({ n }) => n > lastRead);
  return {
    unread: newer.filter(({ senderId }) => senderId !== userId).length,
    mentions: newer.filter(({ mentions }) => mentions?.includes(userId)).length,
  };
};

/** Counts what is unread: alone for one person, once for all when everybody comes back. */
export const createMongoCounts = (
  events: Collections['events'],
  heads: (roomIds: readonly string[]) => Promise<ReadonlyMap<string, Head>>,
) => {
  const countBy = async (matches: readonly Record<string, unknown>[]) => {
    const groups = inGroups(matches, CLAUSES).map((group) =>
      events
        .aggregate<{ _id: string; count: number }>([
          { $match: { $or: group } },
          { $group: { _id: '$roomId', count: { $sum: 1 } } },
        ])
        .toArray(),
    );
    const found = (await Promise.all(groups)).flat();
    return new Map(found.map(({ _id, count }) => [_id, count]));
  };
  const alone = async (person: Person): Promise<Counts> => {
    const after = ({ roomId, lastRead }: MemberRecord) => ({
      ...{ roomId, kind: 'message', n: { $gt: lastRead } },
    });
    const [unread, mentions] = await Promise.all([
      countBy(
        person.map((member) => ({
          ...after(member),
          ...{ deletedAt: null, senderId: { $ne: member.userId } },
        })),
      ),
      countBy(person.map((member) => ({ mentions: member.userId, ...after(member) }))),
    ]);
    return new Map(
      person.map(({ roomId }) => [
        roomId,
        { unread: unread.get(roomId) ?? 0, mentions: mentions.get(roomId) ?? 0 },
      ]),
    );
  };
  const isNear = async (people: readonly Person[]) => {
    const ends = await heads([...roomsOf(people).keys()]);
    return (person: Person) =>
      person.every(({ roomId, lastRead }) => (ends.get(roomId)?.n ?? 0) - lastRead <= WINDOW);
  };
  /** Messages by room; null when there are too many of either. */
  const shared = async (people: readonly Person[]): Promise<Map<string, Found[]> | null> => {
    const rooms = [...roomsOf(people)];
    if (people.length < CROWD || rooms.length > CLAUSES) return null;
    const newer = rooms.map(([roomId, members]) => ({
      ...{ roomId, kind: 'message' as const, deletedAt: null },
      n: { $gt: Math.min(...members.map(({ lastRead }) => lastRead)) },
    }));
    const found = await events
      .find({ $or: newer })
      .project<Found>({ _id: 0, roomId: 1, n: 1, senderId: 1, mentions: 1 })
      .limit(FOUND_MAX)
      .toArray();
    return found.length < FOUND_MAX ? groupedBy(found, ({ roomId }) => roomId) : null;
  };
  const counts = createTogether<Person, Counts>(async (people) => {
    const near = people.length < CROWD ? [] : people.filter(await isNear(people));
    const messages = await shared(near);
    const together = new Set(messages ? near : []);
    const count = async (person: Person): Promise<[Person, Counts]> => {
      if (!together.has(person)) return [person, await alone(person)];
      return [person, new Map(person.map((m) => [m.roomId, countFor(m, messages?.get(m.roomId))]))];
    };
    return new Map(await Promise.all(people.map(count)));
  }, PEOPLE_MAX);

  return async (person: Person): Promise<Counts> =>
    (await counts([person])).get(person) ?? new Map();
};
