import type { Tie } from './tie.ts';

/** Where a page goes on: after the row with this time and id, newest first. */
export type After = { at: string; id: string };

export type PeopleStore = {
  /** Everything between two people; null when there never was anything. */
  tie(a: string, b: string): Promise<Tie | null>;
  tieOfRequest(requestId: string): Promise<Tie | null>;
  /** Those of `userId` with these others, at most as many as asked; without those never stored. */
  tiesWith(userId: string, others: readonly string[]): Promise<Tie[]>;
  /**
   * Stores a changed tie if nobody changed it since it was read at `tie.rev`, and if its slot is
   * free. false: somebody did, nothing was stored.
   */
  save(tie: Tie): Promise<boolean>;
  /** Friendships by `since`, newest first; the id of the cursor is the request's. */
  friends(userId: string, limit: number, after?: After): Promise<Tie[]>;
  /** Unanswered and not hidden ones, newest first. */
  incoming(userId: string, limit: number): Promise<Tie[]>;
  /** Unanswered ones, newest first. */
  outgoing(userId: string, limit: number): Promise<Tie[]>;
  /** Those whom `userId` blocked, newest first; the id of the cursor is the blocked person's. */
  blocks(userId: string, limit: number, after?: After): Promise<Tie[]>;
  /** Whoever has blocked `userId` or is blocked by them. */
  blockedWith(userId: string, limit: number): Promise<string[]>;
  /** Friendships of any of `ids`, with any of `others` when given. */
  friendships(ids: readonly string[], limit: number, others?: readonly string[]): Promise<Pair[]>;
};
/** A friendship as seen by the first of the two. */
export type Pair = readonly [string, string];
