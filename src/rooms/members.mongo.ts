import { groupedBy } from '../platform/grouped-by.ts';
import { createTogether } from '../platform/together.ts';
import { type Collections, memberKey, memberOf } from './docs.mongo.ts';
import type { MemberRecord, Standing } from './records.ts';
import { createMongoCounts } from './standings.mongo.ts';
import { MEMBERSHIPS_MAX, type RoomsStore, type SharedRoom } from './store.ts';
import { createMongoUnread } from './unread.mongo.ts';

type Members = Pick<
  RoomsStore,
  | 'member'
  | 'members'
  | 'memberCounts'
  | 'membersAmong'
  | 'memberships'
  | 'sharedRooms'
  | 'raiseRead'
  | 'setMember'
  | 'unread'
  | 'standings'
>;

/** People whose rooms one query reads. */
const PEOPLE_MAX = 50;

/** Who is in which room, and how they stand there. */
export const createMongoMembers = (
  { rooms, members, events }: Collections,
  heads: RoomsStore['heads'],
): Members => {
  const countsOf = createMongoCounts(events, heads);
  const unreadOf = createMongoUnread(events, countsOf);
  const byKey = createTogether(async (keys: readonly string[]) => {
    const docs = await members.find({ _id: { $in: [...keys] }, active: true }).toArray();
    return new Map(docs.map((doc) => [doc._id, memberOf(doc)]));
  });
  const among = async (keys: readonly string[]): Promise<MemberRecord[]> => {
    const found = await byKey(keys);
    return keys.flatMap((key) => found.get(key) ?? []);
  };
  const membersAmong: Members['membersAmong'] = (roomId, userIds) =>
    among(userIds.map((userId) => memberKey(roomId, userId)));
  const ofPerson = async (userId: string): Promise<MemberRecord[]> => {
    const docs = await members
      .find({ userId, active: true })
      .sort({ roomId: 1 })
      .limit(MEMBERSHIPS_MAX)
      .toArray();
    return docs.map(memberOf);
  };
  const ofPeople = createTogether(async (userIds: readonly string[]) => {
    const docs = await members
      .find({ userId: { $in: [...userIds] }, active: true })
      .sort({ userId: 1, roomId: 1 })
      .limit(MEMBERSHIPS_MAX)
      .toArray();
    if (docs.length < MEMBERSHIPS_MAX) return groupedBy(docs.map(memberOf), ({ userId }) => userId);
    // One of them may have taken the place of others.
    return new Map(
      await Promise.all(userIds.map(async (userId) => [userId, await ofPerson(userId)] as const)),
    );
  }, PEOPLE_MAX);

  return {
    member: async (roomId, userId) => {
      const [member = null] = await among([memberKey(roomId, userId)]);
      return member;
    },
    members: async (roomId, limit) => {
      const docs = await members
        .find({ roomId, active: true })
        .sort({ joinedAt: 1, userId: 1 })
        .limit(limit)
        .toArray();
      return docs.map(memberOf);
    },
    memberCounts: async (roomIds) => {
      const found = await members
        .aggregate<{ _id: string; count: number }>([
          { $match: { roomId: { $in: [...roomIds] }, active: true } },
          { $group: { _id: '$roomId', count: { $sum: 1 } } },
        ])
        .toArray();
      const counts = new Map(found.map(({ _id, count }) => [_id, count]));
      return new Map(roomIds.map((roomId) => [roomId, counts.get(roomId) ?? 0]));
    },
    membersAmong,
    memberships: async (userId) => (await ofPeople([userId])).get(userId) ?? [],
    sharedRooms: async (userId, otherIds) => {
      const mine = await members
        .find({ userId, active: true })
        .project<{ roomId: string }>({ _id: 0, roomId: 1 })
        .limit(MEMBERSHIPS_MAX)
        .toArray();
      const open = await rooms
        .find({
          _id: { $in: mine.map(({ roomId }) => roomId) },
          kind: { $in: ['group', 'public'] },
          deletedAt: null,
        })
        .toArray();
      const byId = new Map(open.map((room) => [room._id, room]));
      const theirs = await members
        .find({ userId: { $in: [...otherIds] }, active: true, roomId: { $in: [...byId.keys()] } })
        .limit(MEMBERSHIPS_MAX)
        .toArray();
      return new Map(
        theirs.flatMap(({ roomId, userId: other }): [string, SharedRoom][] => {
          const room = byId.get(roomId);
          return room ? [[other, { id: room._id, title: room.title, kind: room.kind }]] : [];
        }),
      );
    },
    raiseRead: async (roomId, userId, n) => {
      const head = await events.findOne(
        { roomId },
        { sort: { seq: -1 }, projection: { _id: 0, n: 1 } },
      );
      const raised = await members.findOneAndUpdate(
        { _id: memberKey(roomId, userId), active: true },
        { $max: { lastRead: Math.min(n, head?.n ?? 0) } },
        { returnDocument: 'after' },
      );
      return raised?.lastRead ?? null;
    },
    setMember: async (roomId, userId, { muted, hidden }) => {
      await members.updateOne(
        { _id: memberKey(roomId, userId), active: true },
        { $set: { ...(muted !== undefined && { muted }), ...(hidden === false && { hidden }) } },
      );
    },
    unread: async (roomId, userIds) => unreadOf(roomId, await membersAmong(roomId, userIds)),
    standings: async (userId, roomIds) => {
      const mine = await among(roomIds.map((roomId) => memberKey(roomId, userId)));
      const counts = await countsOf(mine);
      return new Map(
        mine.map(({ roomId, role, muted, lastRead }): [string, Standing] => [
          roomId,
          {
            ...{ role, muted, lastRead },
            ...(counts.get(roomId) ?? { unread: 0, mentions: 0 }),
          },
        ]),
      );
    },
  };
};
