import type { Person } from '../accounts/contract.ts';
import type { Actor } from '../platform/actor.ts';
import { decodeCursor, encodeCursor } from '../platform/cursor.ts';
import type { List, PageQuery } from '../wire/contract.ts';
import type { FriendRequests } from './contract.ts';
import type { Shown } from './shown.ts';
import type { After, PeopleStore } from './store.ts';
import { blockBy, otherOf, type Tie } from './tie.ts';

const REQUESTS_MAX = 100;

const afterOf = (cursor: string | undefined): After | undefined => {
  if (cursor === undefined) return undefined;
  const [at, id] = decodeCursor(cursor, ['string', 'string'] as const);
  return { at, id };
};

/** What people see of their own friends, requests and blocks. */
export const createLists = ({ store, shown }: { store: PeopleStore; shown: Shown }) => {
  const pageOf = async (
    me: string,
    rows: readonly Tie[],
    limit: number,
    key: (tie: Tie) => [string, string],
  ): Promise<List<Person>> => {
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      items: await shown.people(page.map((tie) => otherOf(tie, me))),
      next: rows.length > limit && last ? encodeCursor(key(last)) : null,
    };
  };
  return {
    /** My friends, the newest first. */
    friends: async ({ userId }: Actor, { limit, cursor }: PageQuery): Promise<List<Person>> => {
      const rows = await store.friends(userId, limit + 1, afterOf(cursor));
      return pageOf(userId, rows, limit, (tie) => [tie.since ?? '', tie.request?.id ?? '']);
    },
    /** Unanswered ones, newest first, at most 100 each way. */
    requests: async ({ userId }: Actor): Promise<FriendRequests> => {
      const [incoming, outgoing] = await Promise.all([
        store.incoming(userId, REQUESTS_MAX),
        store.outgoing(userId, REQUESTS_MAX),
      ]);
      return {
        incoming: await shown.requests(incoming, userId),
        outgoing: await shown.requests(outgoing, userId),
      };
    },
    /** Those whom I have blocked, the newest first. */
    blocks: async ({ userId }: Actor, { limit, cursor }: PageQuery): Promise<List<Person>> => {
      const rows = await store.blocks(userId, limit + 1, afterOf(cursor));
      return pageOf(userId, rows, limit, (tie) => [
        blockBy(tie, userId) ?? '',
        otherOf(tie, userId),
      ]);
    },
  };
};
