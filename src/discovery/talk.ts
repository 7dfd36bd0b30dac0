import type { Committed } from '../rooms/service.ts';

/** What is new waits so long for company: one write then serves many. */
export const GATHER_MS = 500;

/** What is said, on its way into the index. */
export type Talk = {
  /** Something was said, edited or deleted: soon it is found as it is then. Never rejects. */
  heard(committed: Committed): Promise<void>;
  /** Ends; what has not been taken up is there for the next start, or is written now. */
  close(): Promise<void>;
};
