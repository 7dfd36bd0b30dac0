import type { Accounts } from '../accounts/service.ts';
import type { Logger } from '../log.ts';
import { createHook } from '../platform/hook.ts';
import type { Live } from '../platform/live.ts';
import type { FriendRequest } from './contract.ts';
import type { Shown } from './shown.ts';
import type { PeopleStore } from './store.ts';
import { areFriends, otherOf, pendingFor, type Tie } from './tie.ts';

export const createPeopleHooks = (log: Logger) => ({
  /** A request has reached its receiver. */
  requested: createHook<FriendRequest>(log, 'people.requested'),
  accepted: createHook<FriendRequest>(log, 'people.accepted'),
  /** A request is gone from its receiver's list: declined, withdrawn or ended by a block. */
  dropped: createHook<{ requestId: string; from: string; to: string }>(log, 'people.dropped'),
  removed: createHook<{ userIds: [string, string] }>(log, 'people.removed'),
  blocked: createHook<{ by: string; userId: string }>(log, 'people.blocked'),
  /** What two people may see of each other may have changed: friends or not, blocked or not. */
  regarded: createHook<{ userIds: [string, string] }>(log, 'people.regarded'),
});
export type PeopleHooks = ReturnType<typeof createPeopleHooks>;

type Options = {
  store: Pick<PeopleStore, 'tie'>;
  live: Live;
  hooks: PeopleHooks;
  shown: Shown;
  accounts: Pick<Accounts, 'people'>;
};

/**
 * Tells devices and other features what has been stored. Each of the two is told what changes in
 * their own lists and nothing else.
 */
export const createAnnounce = ({ store, live, hooks, shown, accounts }: Options) => {
  /** Whatever changed the tie meanwhile tells its own news, and must not be followed by older. */
  const isOvertaken = async ({ low, high, rev }: Tie): Promise<boolean> =>
    (await store.tie(low, high))?.rev !== rev + 1;
  const tellRequest = async (tie: Tie) => {
    const { request } = tie;
    if (!request) return;
    const [own] = await shown.requests([tie], request.from);
    const [received] = request.hidden ? [] : await shown.requests([tie], request.to);
    if (await isOvertaken(tie)) return;
    if (own) live.toUser(request.from, 'friend:requested', { request: own });
    if (!received) return;
    live.toUser(request.to, 'friend:requested', { request: received });
    await hooks.requested.emit(received);
  };
  const tellFriends = async (tie: Tie) => {
    const { low, high, request } = tie;
    const people = await accounts.people([low, high]);
    for (const me of [low, high]) {
      const person = people.get(otherOf(tie, me));
      if (person) live.toUser(me, 'friend:accepted', { person });
    }
    const [accepted] = request ? await shown.requests([tie], request.from) : [];
    if (accepted) await hooks.accepted.emit(accepted);
    await hooks.regarded.emit({ userIds: [low, high] });
  };
  const tellGone = (tie: Tie, to: string) =>
    live.toUser(to, 'friend:removed', { userId: otherOf(tie, to) });
  const emitDropped = async ({ request }: Tie) => {
    if (!request || request.hidden) return;
    await hooks.dropped.emit({ requestId: request.id, from: request.from, to: request.to });
  };

  return {
    /** After a request or an acceptance: tells what is new in it, if anything. */
    asked: async (before: Tie, after: Tie): Promise<void> => {
      if (before === after) return;
      await (areFriends(after) ? tellFriends(after) : tellRequest(after));
    },
    dropped: async (before: Tie, by: string): Promise<void> => {
      const { request } = before;
      if (!request) return;
      tellGone(before, by);
      // A withdrawn request disappears from its receiver too; a declined one stays for its sender.
      if (request.from === by && !request.hidden) tellGone(before, request.to);
      await emitDropped(before);
    },
    parted: async (before: Tie, after: Tie): Promise<void> => {
      if (before === after) return;
      const { low, high } = before;
      for (const me of [low, high]) tellGone(before, me);
      await hooks.removed.emit({ userIds: [low, high] });
      await hooks.regarded.emit({ userIds: [low, high] });
    },
    blocked: async (before: Tie, by: string): Promise<void> => {
      const userId = otherOf(before, by);
      const wereFriends = areFriends(before);
      tellGone(before, by);
      if (wereFriends || pendingFor(before, userId)) tellGone(before, userId);
      if (wereFriends) await hooks.removed.emit({ userIds: [before.low, before.high] });
      else await emitDropped(before);
      await hooks.blocked.emit({ by, userId });
      await hooks.regarded.emit({ userIds: [before.low, before.high] });
    },
    unblocked: async ({ low, high }: Tie): Promise<void> =>
      hooks.regarded.emit({ userIds: [low, high] }),
  };
};
export type Announce = ReturnType<typeof createAnnounce>;
