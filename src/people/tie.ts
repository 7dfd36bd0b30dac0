/**
 * Everything between two people in one record, so that each change between them is one atomic
 * change: crossing requests, an acceptance against a block, a block that ends a friendship.
 */
export type Tie = {
  /** The two people; `low` is the smaller id. */
  low: string;
  high: string;
  /** 0: not stored yet; each change adds 1. */
  rev: number;
  /** What is asked, or what the friendship began with. */
  request: TieRequest | null;
  /** When they became friends; null: they are not. */
  since: string | null;
  /** When one blocked the other. */
  lowBlock: string | null;
  highBlock: string | null;
  /** The last request that was declined: who had asked, and when it was declined. */
  declined: { from: string; at: string } | null;
};

export type TieRequest = {
  id: string;
  from: string;
  to: string;
  at: string;
  /** The message it began from. */
  about: string | null;
  /** Its receiver never sees it, and its sender cannot tell. */
  hidden: boolean;
  /** One of the places for unanswered requests of `from`, unique in the store. */
  slot: string | null;
};

/** After a request was declined, another one from the same person is not delivered for so long. */
const SILENCE_MS = 30 * 86_400_000;

export const pairOf = (a: string, b: string): { low: string; high: string } =>
  a < b ? { low: a, high: b } : { low: b, high: a };

export const newTie = (a: string, b: string): Tie => ({
  ...pairOf(a, b),
  rev: 0,
  request: null,
  since: null,
  lowBlock: null,
  highBlock: null,
  declined: null,
});

export const otherOf = (tie: Tie, me: string): string => (tie.low === me ? tie.high : tie.low);
export const areFriends = (tie: Tie): boolean => tie.since !== null;
export const isBlocked = (tie: Tie): boolean => tie.lowBlock !== null || tie.highBlock !== null;
/** When `by` blocked the other; null: not. */
export const blockBy = (tie: Tie, by: string): string | null =>
  tie.low === by ? tie.lowBlock : tie.highBlock;

/** The unanswered request between them, as `me` may know of it. */
export const pendingFor = (tie: Tie, me: string): TieRequest | null => {
  const { request } = tie;
  if (!request || areFriends(tie)) return null;
  return request.from === me || !request.hidden ? request : null;
};

const isSilenced = ({ declined }: Tie, from: string, now: string): boolean =>
  declined?.from === from && Date.parse(now) - Date.parse(declined.at) < SILENCE_MS;

/** A request, for the first time or again. One that its receiver refused to see stays hidden. */
export const asked = (tie: Tie, request: Omit<TieRequest, 'hidden'>, now: string): Tie => ({
  ...tie,
  request: {
    ...request,
    hidden: blockBy(tie, request.to) !== null || isSilenced(tie, request.from, now),
  },
});

/** Both want it: friends from now on, by the request that came first. */
export const befriended = (tie: Tie, at: string): Tie => ({
  ...tie,
  request: tie.request && { ...tie.request, hidden: false, slot: null },
  since: at,
  declined: null,
});

/** For its sender a declined request stays unanswered; its receiver no longer sees it. */
export const declined = (tie: Tie, at: string): Tie => ({
  ...tie,
  request: tie.request && { ...tie.request, hidden: true },
  declined: tie.request && { from: tie.request.from, at },
});

/** No request and no friendship any more. */
export const parted = (tie: Tie): Tie => ({ ...tie, request: null, since: null });

export const blocked = (tie: Tie, by: string, at: string): Tie => ({
  ...parted(tie),
  lowBlock: tie.low === by ? at : tie.lowBlock,
  highBlock: tie.high === by ? at : tie.highBlock,
});

export const unblocked = (tie: Tie, by: string): Tie => ({
  ...tie,
  lowBlock: tie.low === by ? null : tie.lowBlock,
  highBlock: tie.high === by ? null : tie.highBlock,
});
