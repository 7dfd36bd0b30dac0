import { computed, signal } from '@preact/signals';
import type { Article } from '../../../src/articles/contract.ts';
import { onViewerChange } from '../accounts/state.ts';

type Subject = Pick<Article, 'roomId' | 'slug' | 'title'>;
type Dock = {
  open: boolean;
  /** The article that was read last: its room is shown until another is chosen. */
  article: Subject | null;
  chosen: string | null;
};

const CLOSED: Dock = { open: false, article: null, chosen: null };
/** In the tab alone: another tab reads something else. */
const KEY = 'dock';

/** The chat beside what is read. */
export const dock = signal<Dock>(CLOSED);
export const shownRoom = computed(() => dock.value.chosen ?? dock.value.article?.roomId ?? null);

/** The reader asked for what is shown now: only then may it take the focus. */
let asked = false;
export function takeAsked(): boolean {
  const was = asked;
  asked = false;
  return was;
}

/** Pages where one reads; elsewhere the dock waits until the reader is back. */
export const isReadingPage = (path: string): boolean =>
  !/^\/(chat|write|settings|login|join|forgot|reset|verify|dev)(\/|$)/.test(path);

export function openDock(): void {
  asked = true;
  put({ open: true, chosen: null });
}

export const closeDock = (): void => put({ open: false });

/** Another of the reader's rooms; null: that of the article again. */
export function chooseRoom(chosen: string | null): void {
  asked = true;
  put({ chosen });
}

/** The reader came to another article: the dock follows, unless a room was chosen. */
export const followArticle = ({ roomId, slug, title }: Subject): void =>
  put({ article: { roomId, slug, title } });

let restored = false;

/** What was open before a reload is open again; the first change waits for that. */
export function restoreDock(): void {
  if (restored) return;
  restored = true;
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    if (isDock(found)) dock.value = found;
  } catch {
    // No storage, or a broken entry: the dock begins closed.
  }
}

function put(change: Partial<Dock>): void {
  restoreDock();
  dock.value = { ...dock.peek(), ...change };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(dock.peek()));
  } catch {
    // It is forgotten with the next load, and that is all.
  }
}

const isText = (value: unknown): value is string => typeof value === 'string';

function isDock(value: unknown): value is Dock {
  if (typeof value !== 'object' || value === null) return false;
  const { open, article, chosen } = value as Record<string, unknown>;
  if (typeof open !== 'boolean' || !(chosen === null || isText(chosen))) return false;
  if (article === null) return true;
  const { roomId, slug, title } = (article ?? {}) as Record<string, unknown>;
  return isText(roomId) && isText(slug) && isText(title);
}

// The rooms of one account are nobody else's.
onViewerChange(() => {
  if (dock.peek().chosen) put({ chosen: null });
});
