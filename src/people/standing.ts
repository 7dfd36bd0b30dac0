import type { Relation } from './contract.ts';
import type { PeopleStore } from './store.ts';
import * as ties from './tie.ts';

export type Standing = { relation: Relation; requestId: string | null };
/** What decides about seeing each other; `declined`: one did not want the other as a friend. */
export type Closeness = { friend: boolean; blocked: boolean; declined: boolean };

const FRIENDS_MAX = 2_000;
const BLOCKED_MAX = 10_000;
/** Friends of friends are looked for among so many: the newest friends, and their friendships. */
const NEAR_FRIENDS = 200;
const NEAR_MAX = 5_000;

const grouped = (pairs: Iterable<readonly [string, string]>): Map<string, string[]> => {
  const groups = new Map<string, string[]>();
  for (const [key, value] of pairs) {
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
};

const relationOf = (tie: ties.Tie | undefined, me: string): Standing => {
  if (!tie) return { relation: 'none', requestId: null };
  if (ties.areFriends(tie)) return { relation: 'friend', requestId: null };
  const pending = ties.pendingFor(tie, me);
  if (!pending) return { relation: 'none', requestId: null };
  return { relation: pending.from === me ? 'requested' : 'requests_you', requestId: pending.id };
};

/** How people stand with each other, for the other parts of the site. */
export const createStanding = (store: PeopleStore) => {
  const tiesWith = async (userId: string, otherIds: readonly string[]) => {
    const others = [...new Set(otherIds)].filter((id) => id !== userId);
    const found = others.length > 0 ? await store.tiesWith(userId, others) : [];
    return new Map(found.map((tie) => [ties.otherOf(tie, userId), tie]));
  };
  const friendIds = async (userId: string): Promise<string[]> => {
    const friends = await store.friends(userId, FRIENDS_MAX);
    return friends.map((tie) => ties.otherOf(tie, userId));
  };
  return {
    areFriends: async (a: string, b: string): Promise<boolean> => {
      const tie = await store.tie(a, b);
      return tie !== null && ties.areFriends(tie);
    },
    /** The newest 2,000. */
    friendIds,
    /** Either has blocked the other. */
    isBlocked: async (a: string, b: string): Promise<boolean> => {
      const tie = await store.tie(a, b);
      return tie !== null && ties.isBlocked(tie);
    },
    hasBlocked: async (by: string, userId: string): Promise<boolean> => {
      const tie = await store.tie(by, userId);
      return tie !== null && ties.blockBy(tie, by) !== null;
    },
    /** Everybody with a block between them and `userId`, at most 10,000. */
    blockedWith: async (userId: string): Promise<Set<string>> =>
      new Set(await store.blockedWith(userId, BLOCKED_MAX)),
    /** How `userId` stands with each of the others; everybody asked for has an entry. */
    relations: async (
      userId: string,
      otherIds: readonly string[],
    ): Promise<Map<string, Standing>> => {
      const found = await tiesWith(userId, otherIds);
      const self: Standing = { relation: 'self', requestId: null };
      return new Map(
        otherIds.map((id) => [id, id === userId ? self : relationOf(found.get(id), userId)]),
      );
    },
    /** Friendship, blocks and refusals with each of the others; everybody asked for has an entry. */
    closeness: async (
      userId: string,
      otherIds: readonly string[],
    ): Promise<Map<string, Closeness>> => {
      const found = await tiesWith(userId, otherIds);
      const closenessTo = (id: string): Closeness => {
        const tie = found.get(id);
        if (!tie) return { friend: false, blocked: false, declined: false };
        return {
          friend: ties.areFriends(tie),
          blocked: ties.isBlocked(tie),
          declined: tie.declined !== null,
        };
      };
      return new Map(otherIds.map((id) => [id, closenessTo(id)]));
    },
    /** The friends that `userId` has in common with each of the others; none: no entry. */
    mutualFriends: async (
      userId: string,
      otherIds: readonly string[],
    ): Promise<Map<string, string[]>> => {
      const mine = await friendIds(userId);
      if (mine.length === 0 || otherIds.length === 0) return new Map();
      return grouped(await store.friendships(otherIds, NEAR_MAX, mine));
    },
    /** Friends of friends who are not friends themselves, each with the friends in between. */
    friendsOfFriends: async (userId: string): Promise<Map<string, string[]>> => {
      const mine = await friendIds(userId);
      if (mine.length === 0) return new Map();
      const pairs = await store.friendships(mine.slice(0, NEAR_FRIENDS), NEAR_MAX);
      const known = new Set([userId, ...mine]);
      const near = pairs.filter(([, other]) => !known.has(other));
      return grouped(near.map(([friend, other]) => [other, friend] as const));
    },
  };
};
