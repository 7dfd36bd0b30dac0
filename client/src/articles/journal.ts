import { find, forget, keep } from '../net/store.ts';

/** What was typed in the editor and is not on the server, kept in this browser. */
export type Entry = {
  articleId: string | null;
  userId: string;
  title: string;
  body: string;
  tags: string[];
  /** The version it was typed on; null for an article that is not stored yet. */
  baseVersion: number | null;
  at: string;
};

const keyOf = (userId: string, articleId: string | null): string =>
  `article:${userId}:${articleId ?? 'new'}`;

// A browser without a usable database (private mode) writes without a journal.
const orNothing = () => undefined;

export const writeEntry = (entry: Entry): Promise<void> =>
  keep('journal', keyOf(entry.userId, entry.articleId), entry).catch(orNothing);

export const readEntry = (userId: string, articleId: string | null): Promise<Entry | undefined> =>
  find<Entry>('journal', keyOf(userId, articleId)).catch(orNothing);

export const dropEntry = (userId: string, articleId: string | null): Promise<void> =>
  forget('journal', keyOf(userId, articleId)).catch(orNothing);
