import { batch, computed, signal } from '@preact/signals';
import type { Article } from '../../../src/articles/contract.ts';
import { viewer } from '../accounts/state.ts';
import { type ApiError, toApiError } from '../net/failure.ts';
import { del, get, patch, post, put } from '../net/http.ts';
import { forgetPages } from '../pages/state.ts';
import { removeSoon } from '../undo/state.ts';
import { createJournal, type Entry, type Journal } from './journal.ts';

export type Draft = { title: string; body: string; tags: string[] };
export type Phase = 'loading' | 'ready' | 'saving' | 'absent';
export type Writing = ReturnType<typeof createWriting>;

const EMPTY: Draft = { title: '', body: '', tags: [] };
let desks = 0;

const same = (a: Draft, b: Draft): boolean =>
  a.title === b.title && a.body === b.body && a.tags.join() === b.tags.join();
const draftOf = (article: Article | null): Draft =>
  article ? { title: article.title, body: article.body ?? '', tags: article.tags } : EMPTY;

/** What lies on an author's desk. */
const createDesk = () => {
  const draft = signal<Draft>(EMPTY);
  /** As the server has it; null: not stored yet. */
  const stored = signal<Article | null>(null);
  return {
    phase: signal<Phase>('loading'),
    draft,
    stored,
    changed: computed(() => !same(draft.value, draftOf(stored.value))),
    failure: signal<string | null>(null),
    /** By field. */
    errors: signal<Record<string, string>>({}),
    /** Somebody (perhaps I, elsewhere) stored another version since; both are kept side by side. */
    conflict: signal<Article | null>(null),
    /** Words of an earlier visit came back from the journal. */
    restored: signal(false),
  };
};
type Desk = ReturnType<typeof createDesk>;

/** One text on its author's desk. Nothing typed is ever lost: the journal holds it until stored. */
export function createWriting(articleId: string | null) {
  const desk = createDesk();
  const journal = createJournal(viewer.peek()?.id ?? '', () => ({
    articleId: desk.stored.peek()?.id ?? articleId,
    ...desk.draft.peek(),
    baseVersion: desk.stored.peek()?.version ?? null,
  }));
  return {
    ...desk,
    /** Different for each desk. */
    key: `desk-${++desks}`,
    load: () => load(desk, journal, articleId),
    type: (fields: Partial<Draft>): void => {
      desk.draft.value = { ...desk.draft.peek(), ...fields };
      desk.errors.value = {};
      journal.later();
    },
    ...createStoring(desk, journal),
    ...createChoices(desk, journal),
    flush: journal.now,
  };
}

async function load(desk: Desk, journal: Journal, articleId: string | null): Promise<void> {
  try {
    const [article, entry] = await Promise.all([
      articleId ? get<Article>(`/api/articles/${articleId}`) : null,
      journal.find(articleId),
    ]);
    batch(() => {
      desk.stored.value = article;
      desk.draft.value = draftOf(article);
      if (entry) restore(desk, entry);
      desk.phase.value = 'ready';
    });
  } catch (error) {
    const { status, detail } = toApiError(error);
    desk.failure.value = detail;
    if (status === 404) desk.phase.value = 'absent';
  }
}

function restore(desk: Desk, entry: Entry): void {
  const typed = { title: entry.title, body: entry.body, tags: entry.tags };
  if (same(typed, desk.draft.peek())) return;
  desk.draft.value = typed;
  desk.restored.value = true;
  const article = desk.stored.peek();
  // The text moved on elsewhere while these words lay in the journal.
  if (article && entry.baseVersion !== article.version) desk.conflict.value = article;
}

/** What goes to the server. Each answers false when it failed; the text stays as it was. */
function createStoring(desk: Desk, journal: Journal) {
  const during = async (work: () => Promise<void>): Promise<boolean> => {
    if (desk.phase.peek() === 'saving') return false;
    desk.phase.value = 'saving';
    desk.failure.value = null;
    desk.errors.value = {};
    try {
      await work();
      return true;
    } catch (error) {
      refused(desk, toApiError(error));
      return false;
    } finally {
      desk.phase.value = 'ready';
    }
  };
  const forStored = (work: (article: Article) => Promise<void>) =>
    during(async () => {
      const article = desk.stored.peek();
      if (article) await work(article);
    });
  return {
    /** Stores the words; a draft stays a draft, a published article is updated. */
    save: () => during(() => store(desk, journal, false)),
    publish: () => during(() => store(desk, journal, true)),
    unpublish: () =>
      forStored(async ({ id }) =>
        keepStored(desk, journal, await del<Article>(`/api/articles/${id}/publication`)),
      ),
    /** Deletes it, with its responses, when the time to undo is over. */
    remove: (): void => {
      const article = desk.stored.peek();
      if (!article) return;
      const { id, title } = article;
      const onGone = () => {
        void journal.drop(id);
        forgetPages();
      };
      removeSoon({ id, path: `/api/articles/${id}`, words: `“${title}” is deleted.`, onGone });
    },
  };
}

async function store(desk: Desk, journal: Journal, publish: boolean): Promise<void> {
  const words = { ...desk.draft.peek(), title: desk.draft.peek().title.trim() };
  desk.draft.value = words;
  const now = desk.stored.peek();
  if (!now) {
    return keepStored(desk, journal, await post<Article>('/api/articles', { ...words, publish }));
  }
  const path = `/api/articles/${now.id}`;
  if (desk.changed.peek()) {
    const change = { ...words, baseVersion: now.version };
    await keepStored(desk, journal, await patch<Article>(path, change));
  }
  if (publish && now.state === 'draft') {
    await keepStored(desk, journal, await put<Article>(`${path}/publication`));
  }
}

async function keepStored(desk: Desk, journal: Journal, article: Article): Promise<void> {
  const isFirst = desk.stored.peek() === null;
  // What was typed while it was being stored is not stored: it stays in the draft, as a change.
  desk.stored.value = article;
  desk.restored.value = false;
  forgetPages();
  if (isFirst) await journal.drop(null);
  await journal.drop(article.id);
  if (desk.changed.peek()) journal.later();
}

function refused(desk: Desk, error: ApiError): void {
  if (error.code === 'conflict' && error.current) {
    desk.conflict.value = error.current as Article;
    return;
  }
  desk.errors.value = Object.fromEntries(
    error.errors.map((e) => [e.path.split(/[./]/).filter(Boolean)[0] ?? '', e.message]),
  );
  desk.failure.value =
    error.code === 'unauthorized'
      ? 'You are logged out. Your text is kept here; log in and save again.'
      : error.detail;
}

/** Between two versions of the text. */
function createChoices(desk: Desk, journal: Journal) {
  const take = async (article: Article | null): Promise<void> => {
    batch(() => {
      desk.stored.value = article;
      desk.draft.value = draftOf(article);
      desk.restored.value = false;
      desk.conflict.value = null;
    });
    await journal.drop(article?.id ?? null);
  };
  return {
    /** Goes back to what the server has. */
    discard: () => take(desk.stored.peek()),
    takeTheirs: () => take(desk.conflict.peek()),
    /** My words go on from the other version, and replace it when saved. */
    keepMine: (): void => {
      desk.stored.value = desk.conflict.peek();
      desk.conflict.value = null;
      journal.later();
    },
  };
}
