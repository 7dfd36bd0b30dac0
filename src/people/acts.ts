import type { Accounts } from '../accounts/service.ts';
import { badRequest, conflict, DomainError, notFound, unavailable } from '../errors.ts';
import { type Actor, isNewcomer } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import type { Announce } from './announce.ts';
import type { FriendRequest, NewFriendRequest } from './contract.ts';
import type { DescribeMessage, Shown } from './shown.ts';
import type { PeopleStore } from './store.ts';
import * as ties from './tie.ts';

/** Unanswered requests of one person at a time; fewer while the account is new. */
const OUTGOING_MAX = 10;
const OUTGOING_MAX_NEW = 5;
/** Only the two people of a tie, and one person's own requests, ever compete. */
const ATTEMPTS = 20;

type Change = { before: ties.Tie; after: ties.Tie };
type Step = (tie: ties.Tie) => ties.Tie | null | Promise<ties.Tie | null>;

type Options = {
  store: PeopleStore;
  accounts: Pick<Accounts, 'byUsername'>;
  clock: Clock;
  announce: Announce;
  shown: Shown;
  describeMessage: DescribeMessage;
};

const tooMany = (max: number) =>
  new DomainError(
    'rate_limited',
    `You have ${max} unanswered friend requests. Wait for an answer, or withdraw one.`,
    { retryAfterMs: 3_600_000 },
  );

/** What people do to each other. Each act is one atomic change of one tie, then announced. */
export const createActs = (options: Options) => {
  const { store, accounts, clock, announce, shown, describeMessage } = options;

  /** Applies `step` to the tie as it is stored, again if it changed meanwhile; null: no change. */
  const change = async (a: string, b: string, step: Step): Promise<Change> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const before = (await store.tie(a, b)) ?? ties.newTie(a, b);
      const after = await step(before);
      if (!after) return { before, after: before };
      if (await store.save(after)) return { before, after };
    }
    throw unavailable('Too much happens at once here; try again.');
  };

  const other = async (actor: Actor, username: string): Promise<string> => {
    const { id } = await accounts.byUsername(username);
    if (id === actor.userId) throw badRequest('That is you.', 'username');
    return id;
  };

  const freeSlot = async (actor: Actor): Promise<string> => {
    const { userId } = actor;
    const max = isNewcomer(actor, clock.now()) ? OUTGOING_MAX_NEW : OUTGOING_MAX;
    const pending = await store.outgoing(userId, OUTGOING_MAX);
    if (pending.length >= max) throw tooMany(max);
    const taken = new Set(pending.map(({ request }) => request?.slot));
    const slots = Array.from({ length: max }, (_, index) => `${userId}:${index}`);
    return slots.find((slot) => !taken.has(slot)) ?? slots[0] ?? '';
  };

  const askedBy = (actor: Actor, to: string, about: string | null): Step => {
    const [id, now] = [newId(), clock.iso()];
    return async (tie) => {
      const { request } = tie;
      if (ties.blockBy(tie, actor.userId))
        throw conflict('You have blocked this person. Unblock them first.');
      if (request?.from === to) return ties.areFriends(tie) ? null : ties.befriended(tie, now);
      if (!request) {
        const slot = await freeSlot(actor);
        return ties.asked(tie, { id, from: actor.userId, to, at: now, about, slot }, now);
      }
      if (ties.areFriends(tie)) return null;
      const again = ties.asked(tie, request, now);
      return again.request?.hidden === request.hidden ? null : again;
    };
  };

  /** The request as its own side sees it; only for ties that hold one. */
  const show = async (tie: ties.Tie, viewerId: string): Promise<FriendRequest> => {
    const [request] = await shown.requests([tie], viewerId);
    if (!request) throw notFound('friend request');
    return request;
  };

  const requireTie = async (actor: Actor, requestId: string): Promise<ties.Tie> => {
    const tie = await store.tieOfRequest(requestId);
    if (!tie || (tie.low !== actor.userId && tie.high !== actor.userId))
      throw notFound('friend request');
    return tie;
  };

  const droppedBy = (me: string, requestId: string): Step => {
    const now = clock.iso();
    return (tie) => {
      const pending = ties.pendingFor(tie, me);
      if (pending?.id !== requestId) throw notFound('friend request');
      return pending.from === me ? ties.parted(tie) : ties.declined(tie, now);
    };
  };

  return {
    /**
     * Asks somebody to be friends. Asking again gives the same request; when the other had asked,
     * both are friends at once. Errors: not_found (person, message), conflict (I blocked them),
     * rate_limited (too many unanswered).
     */
    request: async (actor: Actor, input: NewFriendRequest): Promise<FriendRequest> => {
      const to = await other(actor, input.to);
      const about = input.about?.messageId ?? null;
      if (about && !(await describeMessage(about, actor.userId))) throw notFound('message');
      const { before, after } = await change(actor.userId, to, askedBy(actor, to, about));
      await announce.asked(before, after);
      return show(after, actor.userId);
    },

    /** Errors: not_found. Accepting twice is harmless. */
    accept: async (actor: Actor, requestId: string): Promise<FriendRequest> => {
      const { low, high } = await requireTie(actor, requestId);
      const now = clock.iso();
      const { before, after } = await change(low, high, (tie) => {
        const { request } = tie;
        const isMine = request?.id === requestId && request.to === actor.userId;
        if (!isMine || request.hidden) throw notFound('friend request');
        return ties.areFriends(tie) ? null : ties.befriended(tie, now);
      });
      await announce.asked(before, after);
      return show(after, actor.userId);
    },

    /** Declines what I was asked, or withdraws what I asked; the other is not told. */
    drop: async (actor: Actor, requestId: string): Promise<void> => {
      const { low, high } = await requireTie(actor, requestId);
      const { before } = await change(low, high, droppedBy(actor.userId, requestId));
      await announce.dropped(before, actor.userId);
    },

    /** Ends a friendship; harmless where there is none. Errors: not_found. */
    remove: async (actor: Actor, username: string): Promise<void> => {
      const friend = await other(actor, username);
      const { before, after } = await change(actor.userId, friend, (tie) => {
        // Who blocked me must look as if they were not there.
        if (ties.blockBy(tie, friend)) throw notFound('person');
        return ties.areFriends(tie) ? ties.parted(tie) : null;
      });
      await announce.parted(before, after);
    },

    /** Ends friendship and requests in the same change. The other is not told of the block. */
    block: async (actor: Actor, username: string): Promise<void> => {
      const target = await other(actor, username);
      const now = clock.iso();
      const { before, after } = await change(actor.userId, target, (tie) =>
        ties.blockBy(tie, actor.userId) ? null : ties.blocked(tie, actor.userId, now),
      );
      if (before !== after) await announce.blocked(before, actor.userId);
    },

    unblock: async (actor: Actor, username: string): Promise<void> => {
      const target = await other(actor, username);
      const { before, after } = await change(actor.userId, target, (tie) =>
        ties.blockBy(tie, actor.userId) ? ties.unblocked(tie, actor.userId) : null,
      );
      if (before !== after) await announce.unblocked(after);
    },
  };
};
