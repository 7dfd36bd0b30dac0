import { signal } from '@preact/signals';
import type { Article } from '../../../src/articles/contract.ts';
import { makeClientId } from '../net/client-id.ts';
import { holdName } from '../net/hold.ts';
import { all, forget, keep } from '../net/store.ts';

/** An article as its author's desk needs it. */
export type Stored = Pick<
  Article,
  'id' | 'slug' | 'title' | 'body' | 'tags' | 'state' | 'version' | 'updatedAt'
>;

/** What was typed in the editor and is not on the server, kept in this browser. */
export type Entry = {
  /** Each desk keeps its own: two tabs never write over each other. */
  deskId: string;
  articleId: string | null;
  userId: string;
  title: string;
  body: string;
  tags: string[];
  /** Of an article that is not stored yet: sent again, it is stored once. */
  clientId?: string;
  /** What it was typed on; null for an article that is not stored yet. */
  base: Stored | null;
  at: string;
};
export type Journal = ReturnType<typeof createJournal>;

/** So much typing can be lost with a tab that is killed. */
const WAIT_MS = 400;
/** A page that reloads may still hold what it leaves, for long on a busy machine. */
const RELOAD_MS = 5_000;
/** What another tab holds, it goes on holding. */
const HANDOVER_MS = 500;

const keyOf = (entry: Pick<Entry, 'userId' | 'articleId' | 'deskId'>): string =>
  `article:${entry.userId}:${entry.articleId ?? 'new'}:${entry.deskId}`;

/** One desk's journal: written while one types, and at once when the page goes away. */
export function createJournal(userId: string, read: () => Omit<Entry, 'deskId' | 'userId' | 'at'>) {
  const place = createPlace(userId);
  /** This browser keeps nothing: private mode, or its disk is full. */
  const failed = signal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (): boolean => {
    const waited = timer !== undefined;
    clearTimeout(timer);
    timer = undefined;
    return waited;
  };
  const settle = (work: Promise<void>): Promise<void> =>
    work.then(
      () => void (failed.value = false),
      () => void (failed.value = true),
    );
  const now = (): void => {
    if (!stop()) return;
    const entry = { ...read(), deskId: place.deskId(), userId, at: new Date().toISOString() };
    void settle(keep('journal', keyOf(entry), entry));
  };
  return {
    failed,
    /** What lies there from an earlier visit, unless another tab works on it. */
    open: place.open,
    now,
    // Not put off by further typing: who never pauses is kept too.
    later: (): void => {
      timer ??= setTimeout(now, WAIT_MS);
    },
    drop: async (articleId: string | null): Promise<void> => {
      stop();
      await settle(forget('journal', keyOf({ userId, articleId, deskId: place.deskId() })));
    },
    close: (): void => {
      now();
      place.leave();
    },
  };
}

/** Where in the journal a desk writes: at a place of its own, or at one that was left. */
function createPlace(userId: string) {
  let deskId = makeClientId();
  let letGo: (() => void) | null = null;
  let opened: Promise<Entry | null> | undefined;
  const take = async (id: string, waitMs: number): Promise<boolean> => {
    letGo = await holdName(`desk:${id}`, waitMs);
    if (letGo) deskId = id;
    return letGo !== null;
  };
  const find = async (articleId: string | null): Promise<Entry | null> => {
    const entries = await all<Entry>('journal').catch((): Entry[] => []);
    const own = entries.filter((each) => each.userId === userId && each.articleId === articleId);
    const before = ofThisTab();
    const rank = (each: Entry) => (each.deskId === before ? '~' : each.at);
    for (const entry of own.sort((a, b) => (rank(a) < rank(b) ? 1 : -1)))
      if (await take(entry.deskId, entry.deskId === before ? RELOAD_MS : HANDOVER_MS)) return entry;
    await take(deskId, HANDOVER_MS);
    return null;
  };
  return {
    deskId: () => deskId,
    open: (articleId: string | null) =>
      (opened ??= find(articleId).finally(() => ofThisTab(deskId))),
    leave: () => letGo?.(),
  };
}

/** The desk this tab was at last: after a reload it goes on there, not at another one's. */
function ofThisTab(now?: string): string | null {
  try {
    if (now) sessionStorage.setItem('desk', now);
    return sessionStorage.getItem('desk');
  } catch {
    // No storage: the newest words come first.
    return null;
  }
}
