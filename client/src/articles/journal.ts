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
export type Journal = ReturnType<typeof createJournal>;

const WAIT_MS = 400;
const keyOf = (userId: string, articleId: string | null): string =>
  `article:${userId}:${articleId ?? 'new'}`;

// A browser without a usable database (private mode) writes without a journal.
const orNothing = () => undefined;

/** One writer's journal: written soon after each change, and at once when the page goes away. */
export function createJournal(userId: string, read: () => Omit<Entry, 'userId' | 'at'>) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (): boolean => {
    const waited = timer !== undefined;
    clearTimeout(timer);
    timer = undefined;
    return waited;
  };
  const now = (): void => {
    if (!stop()) return;
    const entry: Entry = { ...read(), userId, at: new Date().toISOString() };
    void keep('journal', keyOf(userId, entry.articleId), entry).catch(orNothing);
  };
  return {
    now,
    later: (): void => {
      stop();
      timer = setTimeout(now, WAIT_MS);
    },
    find: (articleId: string | null): Promise<Entry | undefined> =>
      find<Entry>('journal', keyOf(userId, articleId)).catch(orNothing),
    drop: async (articleId: string | null): Promise<void> => {
      stop();
      await forget('journal', keyOf(userId, articleId)).catch(orNothing);
    },
  };
}
