import type { Person } from '../accounts/contract.ts';
import type { Accounts } from '../accounts/service.ts';
import type { Ready } from '../contract.ts';
import type { Actor } from '../platform/actor.ts';
import { decodeCursor, pageOf } from '../platform/cursor.ts';
import type { List } from '../wire/contract.ts';
import { type Access, mayRead } from './access.ts';
import type { Room } from './contract.ts';
import { emptyHead, type Head, type MemberRecord, type RoomRecord } from './records.ts';
import type { RoomsStore } from './store.ts';
import type { Wire } from './wire.ts';

/** Rooms in `ready`. */
const READY_MAX = 200;
/** Members are named in rooms up to this size. */
const NAMED_MAX = 100;
/** Looks at rooms in which something is stored all the time. */
const LOOKS_MAX = 3;

export type Page = { limit: number; cursor?: string | undefined };

export type Listing = {
  /** The rooms that this person is in, by latest event. */
  mine(actor: Actor, page: Page): Promise<List<Room>>;
  publicRooms(actor: Actor | null, page: Page): Promise<List<Room>>;
  /** One room with its members, when it is small enough. Throws not_found. */
  get(actor: Actor | null, roomId: string): Promise<Room>;
  /** Rooms as this person sees them, in this order. */
  describe(
    userId: string | null,
    rooms: readonly RoomRecord[],
    options?: { named?: boolean },
  ): Promise<Room[]>;
  /** The members of a room that is small enough to name them. */
  members(room: RoomRecord): Promise<Person[] | undefined>;
  /** The rooms that this person is in and may read. */
  entriesOf(userId: string): Promise<Membership[]>;
  /** How this person stands in their rooms, the latest first; `entries` are those just looked up. */
  summaries(userId: string, entries?: readonly Membership[]): Promise<Ready['rooms']>;
};

type Options = {
  store: RoomsStore;
  access: Access;
  accounts: Pick<Accounts, 'people'>;
  wire: Wire;
};

export type Membership = { room: RoomRecord; member: MemberRecord };
type Placed = { room: RoomRecord; head: Head; at: string };
type Heads = ReadonlyMap<string, Head>;

const seqIn = (heads: Heads, roomId: string): number => (heads.get(roomId) ?? emptyHead).seq;

const headsIn = (placed: readonly Placed[]): Heads =>
  new Map(placed.map(({ room, head }) => [room.id, head]));

const byLatest = (a: Placed, b: Placed): number => {
  if (a.at !== b.at) return a.at < b.at ? 1 : -1;
  return a.room.id < b.room.id ? 1 : -1;
};

export const createListing = ({ store, access, accounts, wire }: Options): Listing => {
  const namesIn = async (room: RoomRecord, memberCount: number) => {
    if (memberCount > NAMED_MAX) return undefined;
    const members = await store.members(room.id, NAMED_MAX);
    const people = await accounts.people(members.map(({ userId }) => userId));
    return members.flatMap(({ userId }) => people.get(userId) ?? []);
  };
  const twoOf = async (directKey: string) => [
    ...(await accounts.people(directKey.split(':'))).values(),
  ];
  const membersOf = async (room: RoomRecord, memberCount: number, named: boolean) => {
    if (room.directKey) return twoOf(room.directKey);
    return named && room.kind !== 'article' ? namesIn(room, memberCount) : undefined;
  };

  /**
   * What was read of these rooms, and the heads that it is of: a message that is stored meanwhile
   * would be counted in what is read, and once more as the event after the head.
   */
  const asOf = async <T>(before: Heads, ids: readonly string[], read: () => Promise<T>) => {
    let heads = before;
    for (let looks = 1; ; looks += 1) {
      const found = await read();
      const after = await store.heads(ids);
      const isStill = ids.every((id) => seqIn(heads, id) === seqIn(after, id));
      if (isStill || looks === LOOKS_MAX) return { heads, found };
      heads = after;
    }
  };

  const describeFrom = async (
    before: Heads,
    userId: string | null,
    rooms: readonly RoomRecord[],
    named: boolean,
  ): Promise<Room[]> => {
    const ids = rooms.map(({ id }) => id);
    const { heads, found } = await asOf(before, ids, () =>
      Promise.all([
        store.lastMessages(ids),
        store.memberCounts(ids),
        userId === null ? null : store.standings(userId, ids),
      ]),
    );
    const [last, counts, standings] = found;
    const messages = await wire.messages([...last.values()]);
    const lastMessages = new Map(messages.map((message) => [message.roomId, message]));
    const one = async (room: RoomRecord): Promise<Room> => {
      const { id, kind, title, article } = room;
      const head = heads.get(id) ?? emptyHead;
      const memberCount = counts.get(id) ?? 0;
      // Who is no member has nothing unread.
      const standing = standings?.get(id) ?? {
        ...{ role: null, muted: false, lastRead: head.n, unread: 0, mentions: 0 },
      };
      const members = await membersOf(room, memberCount, named);
      return {
        ...{ id, kind, title, memberCount, head: head.seq, n: head.n, epoch: store.epoch },
        ...standing,
        lastMessage: lastMessages.get(id) ?? null,
        ...(members && { members }),
        ...(article && { article: { id: article.id, slug: article.slug, title: article.title } }),
      };
    };
    return Promise.all(rooms.map(one));
  };
  const describe: Listing['describe'] = async (userId, rooms, { named = false } = {}) =>
    describeFrom(await store.heads(rooms.map(({ id }) => id)), userId, rooms, named);

  const entriesOf = async (userId: string): Promise<Membership[]> => {
    const members = await store.memberships(userId);
    const rooms = await store.rooms(members.map(({ roomId }) => roomId));
    return members.flatMap((member) => {
      const room = rooms.get(member.roomId);
      // The responses of a draft are for its author alone.
      return room && mayRead({ room, member }, userId) ? [{ room, member }] : [];
    });
  };
  /** Every room of a person that is to be shown, the latest first. */
  const placedOf = async (entries: readonly Membership[]): Promise<Placed[]> => {
    const heads = await store.heads(entries.map(({ room }) => room.id));
    const placed = entries.flatMap(({ room, member }) => {
      const head = heads.get(room.id) ?? emptyHead;
      return member.hidden && head.n === 0 ? [] : [{ room, head, at: head.at || room.createdAt }];
    });
    return placed.sort(byLatest);
  };

  return {
    describe,
    members: async (room) => {
      const count = room.directKey ? 2 : ((await store.memberCounts([room.id])).get(room.id) ?? 0);
      return membersOf(room, count, true);
    },
    mine: async ({ userId }, { limit, cursor }) => {
      const all = await placedOf(await entriesOf(userId));
      const [at, id] = cursor ? decodeCursor(cursor, ['string', 'string'] as const) : ['~', ''];
      const rest = all.filter((each) => each.at < at || (each.at === at && each.room.id < id));
      const page = pageOf(rest.slice(0, limit + 1), limit, (each) => [each.at, each.room.id]);
      const rooms = page.items.map(({ room }) => room);
      const items = await describeFrom(headsIn(page.items), userId, rooms, false);
      return { items, next: page.next };
    },
    publicRooms: async (actor, { limit, cursor }) => {
      const read = cursor ? decodeCursor(cursor, ['string', 'string'] as const) : undefined;
      const after = read && { createdAt: read[0], id: read[1] };
      const rooms = await store.publicRooms({ ...(after && { after }), limit: limit + 1 });
      const page = pageOf(rooms, limit, ({ createdAt, id }) => [createdAt, id]);
      return { items: await describe(actor?.userId ?? null, page.items), next: page.next };
    },
    get: async (actor, roomId) => {
      const { room } = await access.requireReadable(actor, roomId);
      const [described] = await describe(actor?.userId ?? null, [room], { named: true });
      return described as Room;
    },
    entriesOf,
    summaries: async (userId, entries) => {
      const placed = (await placedOf(entries ?? (await entriesOf(userId)))).slice(0, READY_MAX);
      const ids = placed.map(({ room }) => room.id);
      const { heads, found } = await asOf(headsIn(placed), ids, () => store.standings(userId, ids));
      return ids.flatMap((id) => {
        const { seq, n } = heads.get(id) ?? emptyHead;
        const standing = found.get(id);
        if (!standing) return [];
        return [{ id, head: seq, n, lastRead: standing.lastRead, unread: standing.unread }];
      });
    },
  };
};
