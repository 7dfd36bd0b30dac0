import type { Committed } from '../rooms/service.ts';

/** What is said, on its way into the index. */
export type Talk = {
  /** Something was said, edited or deleted: soon it is found as it is then. Never rejects. */
  heard(committed: Committed): Promise<void>;
  /** Ends; what has not been taken up is there for the next start, or is written now. */
  close(): Promise<void>;
};
