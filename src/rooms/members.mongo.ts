import { type Collections, memberKey, memberOf } from './docs.mongo.ts';
import type { MemberRecord, Standing } from './records.ts';
import type { RoomsStore, SharedRoom } from './store.ts';

type Counts = Map<string, number>;
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
  | 'standings'
>;

/** Rooms that one query counts. */
const COUNTED = 100;
/** Rooms of one person that are looked at for shared ones. */
const SHARED_MAX = 2_000;

const inGroups = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );

/** Who is in which room, and how they stand there. */
export const createMongoMembers = ({ rooms, members, events }: Collections): Members => {
  const countBy = async (matches: readonly Record<string, unknown>[]): Promise<Counts> => {
    const groups = inGroups(matches, COUNTED).map((group) =>
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
  const among = async (userId: string, roomIds: readonly string[]): Promise<MemberRecord[]> => {
    const keys = roomIds.map((roomId) => memberKey(roomId, userId));
    const docs = await members.find({ _id: { $in: keys }, active: true }).toArray();
    return docs.map(memberOf);
  };

  return {
    member: async (roomId, userId) => {
      const doc = await members.findOne({ _id: memberKey(roomId, userId), active: true });
      return doc && memberOf(doc);
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
    membersAmong: async (roomId, userIds) => {
      const keys = userIds.map((userId) => memberKey(roomId, userId));
      const docs = await members.find({ _id: { $in: keys }, active: true }).toArray();
      return docs.map(memberOf);
    },
    memberships: async (userId, limit) => {
      const docs = await members
        .find({ userId, active: true })
        .sort({ roomId: 1 })
        .limit(limit)
        .toArray();
      return docs.map(memberOf);
    },
    sharedRooms: async (userId, otherIds) => {
      const mine = await members
        .find({ userId, active: true })
        .project<{ roomId: string }>({ _id: 0, roomId: 1 })
        .limit(SHARED_MAX)
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
        .limit(SHARED_MAX)
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
      return raised?.lastRead ?? 0;
    },
    setMember: async (roomId, userId, { muted, hidden }) => {
      await members.updateOne(
        { _id: memberKey(roomId, userId), active: true },
        { $set: { ...(muted !== undefined && { muted }), ...(hidden === false && { hidden }) } },
      );
    },
    standings: async (userId, roomIds) => {
      const mine = await among(userId, roomIds);
      const after = ({ roomId, lastRead }: MemberRecord) => ({ roomId, n: { $gt: lastRead } });
      const others = { kind: 'message', deletedAt: null, senderId: { $ne: userId } };
      const [unread, mentions] = await Promise.all([
        countBy(mine.map((member) => ({ ...after(member), ...others }))),
        countBy(mine.map((member) => ({ mentions: userId, kind: 'message', ...after(member) }))),
      ]);
      return new Map(
        mine.map(({ roomId, role, muted, lastRead }): [string, Standing] => [
          roomId,
          {
            ...{ role, muted, lastRead },
            unread: unread.get(roomId) ?? 0,
            mentions: mentions.get(roomId) ?? 0,
          },
        ]),
      );
    },
  };
};
