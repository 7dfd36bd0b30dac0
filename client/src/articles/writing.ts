import { batch, computed, signal } from '@preact/signals';
import type { Article } from '../../../src/articles/contract.ts';
import { noticeEnd, viewer } from '../accounts/state.ts';
import { makeClientId } from '../net/client-id.ts';
import { type ApiError, isPassing, toApiError } from '../net/failure.ts';
import { del, get, patch, post, put } from '../net/http.ts';
import { on } from '../net/socket.ts';
import { forgetPages } from '../pages/state.ts';
import { removeSoon } from '../undo/state.ts';
import { createJournal, type Entry, type Journal, type Stored } from './journal.ts';

export type Draft = { title: string; body: string; tags: string[] };
export type Phase = 'loading' | 'ready' | 'saving' | 'absent';
export type Writing = ReturnType<typeof createWriting>;

const EMPTY: Draft = { title: '', body: '', tags: [] };
let desks = 0;

const same = (a: Draft, b: Draft): boolean =>
  a.title === b.title && a.body === b.body && a.tags.join() === b.tags.join();
const storedOf = ({ id, slug, title, body, tags, state, version, updatedAt }: Article): Stored => ({
  ...{ id, slug, title, body, tags, state, version, updatedAt },
});
const draftOf = (article: Stored | null): Draft =>
  article ? { title: article.title, body: article.body ?? '', tags: article.tags } : EMPTY;

/** What lies on an author's desk. */
const createDesk = () => {
  const draft = signal<Draft>(EMPTY);
  /** As the server has it; null: not stored yet. */
  const stored = signal<Stored | null>(null);
  return {
    phase: signal<Phase>('loading'),
    /** What makes a resend of a new article harmless; each article has its own. */
    clientId: signal(makeClientId()),
    draft,
    stored,
    changed: computed(() => !same(draft.value, draftOf(stored.value))),
    failure: signal<string | null>(null),
    /** By field. */
    errors: signal<Record<string, string>>({}),
    /** Somebody (perhaps I, elsewhere) stored another version since; both are kept side by side. */
    conflict: signal<Stored | null>(null),
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
    base: desk.stored.peek(),
    clientId: desk.clientId.peek(),
  }));
  const stopWaiting = on('ready', () => {
    if (desk.phase.peek() === 'loading' && desk.failure.peek()) void load(desk, journal, articleId);
  });
  return {
    ...desk,
    /** Nothing typed survives this page unless it is saved. */
    unkept: computed(() => desk.changed.value && journal.failed.value),
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
    close: (): void => {
      stopWaiting();
      journal.close();
    },
  };
}

async function load(desk: Desk, journal: Journal, articleId: string | null): Promise<void> {
  const entry = await journal.open(articleId);
  try {
    const article = articleId ? await get<Article>(`/api/articles/${articleId}`) : null;
    open(desk, article && storedOf(article), entry);
    desk.failure.value = null;
  } catch (error) {
    const failure = toApiError(error);
    desk.failure.value = failure.detail;
    if (failure.status === 404) desk.phase.value = 'absent';
    // Without an answer one goes on with what was typed, on what it was typed on.
    if (isPassing(failure) && entry?.base) open(desk, entry.base, entry);
  }
}

function open(desk: Desk, stored: Stored | null, entry: Entry | null): void {
  batch(() => {
    desk.stored.value = stored;
    desk.draft.value = draftOf(stored);
    if (entry) restore(desk, entry);
    desk.phase.value = 'ready';
  });
}

function restore(desk: Desk, entry: Entry): void {
  const typed = { title: entry.title, body: entry.body, tags: entry.tags };
  if (same(typed, desk.draft.peek())) return;
  desk.draft.value = typed;
  if (entry.clientId) desk.clientId.value = entry.clientId;
  desk.restored.value = true;
  const article = desk.stored.peek();
  // The text moved on elsewhere while these words lay in the journal.
  if (article && entry.base?.version !== article.version) desk.conflict.value = article;
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
  const forStored = (work: (article: Stored) => Promise<void>) =>
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

/** Stores the words, and publishes when wanted; each step as far as it is missing. */
async function store(desk: Desk, journal: Journal, publish: boolean): Promise<void> {
  const words = { ...desk.draft.peek(), title: desk.draft.peek().title.trim() };
  desk.draft.value = words;
  const article = desk.stored.peek() ?? (await storeFirst(desk, journal, { ...words, publish }));
  const path = `/api/articles/${article.id}`;
  if (!same(words, draftOf(article))) {
    const change = { ...words, baseVersion: article.version };
    await keepStored(desk, journal, await patch<Article>(path, change));
  }
  if (publish && article.state === 'draft') {
    await keepStored(desk, journal, await put<Article>(`${path}/publication`));
  }
}

/** When the answer to an earlier try was lost, this is what that one stored. */
async function storeFirst(
  desk: Desk,
  journal: Journal,
  words: Draft & { publish: boolean },
): Promise<Article> {
  const clientId = desk.clientId.peek();
  const article = await post<Article>('/api/articles', { ...words, clientId });
  await keepStored(desk, journal, article);
  return article;
}

async function keepStored(desk: Desk, journal: Journal, article: Article): Promise<void> {
  const isFirst = desk.stored.peek() === null;
  // What was typed while it was being stored is not stored: it stays in the draft, as a change.
  desk.stored.value = storedOf(article);
  desk.restored.value = false;
  forgetPages();
  if (isFirst) await journal.drop(null);
  await journal.drop(article.id);
  if (desk.changed.peek()) journal.later();
}

function refused(desk: Desk, error: ApiError): void {
  if (error.code === 'conflict' && error.current) {
    desk.conflict.value = storedOf(error.current as Article);
    return;
  }
  desk.errors.value = Object.fromEntries(
    error.errors.map((e) => [e.path.split(/[./]/).filter(Boolean)[0] ?? '', e.message]),
  );
  desk.failure.value =
    error.code === 'unauthorized'
      ? 'You are logged out. Your text is kept here; log in and save again.'
      : error.detail;
  if (error.code === 'unauthorized') void noticeEnd();
}

/** Between two versions of the text. */
function createChoices(desk: Desk, journal: Journal) {
  const take = async (article: Stored | null): Promise<void> => {
    batch(() => {
      desk.stored.value = article;
      desk.draft.value = draftOf(article);
      desk.clientId.value = makeClientId();
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
