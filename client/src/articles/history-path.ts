import type { HistoryAsked } from '../../../src/pages/contract.ts';
import { query } from '../net/http.ts';

/** The page of an article's versions, and of two of them side by side. */
export const historyPath = (slug: string, { from, to, cursor }: HistoryAsked = {}): string =>
  `/a/${slug}/history${query({ from, to, cursor })}`;
