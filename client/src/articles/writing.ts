import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Article, Preview } from '../../../src/articles/contract.ts';
import { viewer } from '../accounts/state.ts';
import { toApiError } from '../net/failure.ts';
import { del, get, patch, post, put } from '../net/http.ts';
import { forgetPages } from '../pages/state.ts';
import { dropEntry, type Entry, readEntry, writeEntry } from './journal.ts';

export type Draft = { title: string; body: string; tags: string[] };
export type Phase = 'loading' | 'ready' | 'saving' | 'absent';
export type Writing = ReturnType<typeof createWriting>;

const JOURNAL_MS = 400;
const PREVIEW_MS = 350;
const TAGS_MAX = 5;
let desks = 0;
const EMPTY: Draft = { title: '', body: '', tags: [] };

const same = (a: Draft, b: Draft): boolean =>
  a.title === b.title && a.body === b.body && a.tags.join() === b.tags.join();
const draftOf = (article: Article): Draft => ({
  title: article.title,
  body: article.body ?? '',
  tags: article.tags,
});

/** One text on its author's desk. Nothing typed is ever lost: the journal holds it until stored. */
export function createWriting(articleId: string | null) {
  const phase = signal<Phase>('loading');
  const draft = signal<Draft>(EMPTY);
  /** As the server has it; null: not stored yet. */
  const stored = signal<Article | null>(null);
  const failure = signal<string | null>(null);
  const errors = signal<Record<string, string>>({});
  /** Somebody (perhaps I, elsewhere) stored another version since; both are kept side by side. */
  const conflict = signal<Article | null>(null);
  /** Words of an earlier visit came back from the journal. */
  const restored = signal(false);
  const userId = viewer.peek()?.id ?? '';
  const changed = computed(() => !same(draft.value, stored.value ? draftOf(stored.value) : EMPTY));
  const journal = createJournal(userId, () => ({
    articleId: stored.peek()?.id ?? articleId,
    ...draft.peek(),
    baseVersion: stored.peek()?.version ?? null,
  }));

  const load = async (): Promise<void> => {
    try {
      const [article, entry] = await Promise.all([
        articleId ? get<Article>(`/api/articles/${articleId}`) : null,
        readEntry(userId, articleId),
      ]);
      batch(() => {
        stored.value = article;
        draft.value = article ? draftOf(article) : EMPTY;
        if (entry) restore(entry, article);
        phase.value = 'ready';
      });
    } catch (error) {
      const { status, detail } = toApiError(error);
      failure.value = detail;
      phase.value = status === 404 ? 'absent' : 'loading';
    }
  };

  const restore = (entry: Entry, article: Article | null): void => {
    const typed = { title: entry.title, body: entry.body, tags: entry.tags };
    if (same(typed, draft.peek())) return;
    draft.value = typed;
    restored.value = true;
    // The text moved on elsewhere while these words lay in the journal.
    if (article && entry.baseVersion !== article.version) conflict.value = article;
  };

  const type = (fields: Partial<Draft>): void => {
    draft.value = { ...draft.peek(), ...fields };
    errors.value = {};
    journal.later();
  };

  const refused = (failed: unknown): void => {
    const error = toApiError(failed);
    if (error.code === 'conflict' && error.current) {
      conflict.value = error.current as Article;
      return;
    }
    errors.value = Object.fromEntries(
      error.errors.map((e) => [e.path.split(/[./]/).filter(Boolean)[0] ?? '', e.message]),
    );
    failure.value =
      error.code === 'unauthorized'
        ? 'You are logged out. Your text is kept here; log in and save again.'
        : error.detail;
  };

  /** Does one request at a time; false when it failed, and the text stays as it was. */
  const during = async (work: () => Promise<void>): Promise<boolean> => {
    if (phase.peek() === 'saving') return false;
    phase.value = 'saving';
    failure.value = null;
    errors.value = {};
    try {
      await work();
      return true;
    } catch (error) {
      refused(error);
      return false;
    } finally {
      phase.value = 'ready';
    }
  };

  const saved = async (article: Article): Promise<void> => {
    const firstTime = stored.peek() === null;
    stored.value = { ...article, body: article.body ?? draft.peek().body };
    restored.value = false;
    forgetPages();
    if (firstTime) await dropEntry(userId, null);
    await journal.drop(article.id);
  };

  const write = async (publish: boolean): Promise<void> => {
    const words = { ...draft.peek(), title: draft.peek().title.trim() };
    const now = stored.peek();
    if (!now) return saved(await post<Article>('/api/articles', { ...words, publish }));
    if (changed.peek()) {
      await saved(
        await patch<Article>(`/api/articles/${now.id}`, { ...words, baseVersion: now.version }),
      );
    }
    if (publish && now.state === 'draft') {
      await saved(await put<Article>(`/api/articles/${now.id}/publication`));
    }
  };

  return {
    /** Different for each desk. */
    key: `desk-${++desks}`,
    phase: phase as ReadonlySignal<Phase>,
    draft: draft as ReadonlySignal<Draft>,
    stored: stored as ReadonlySignal<Article | null>,
    failure: failure as ReadonlySignal<string | null>,
    errors: errors as ReadonlySignal<Record<string, string>>,
    conflict: conflict as ReadonlySignal<Article | null>,
    restored: restored as ReadonlySignal<boolean>,
    changed,
    load,
    type,
    /** Stores the words; a draft stays a draft, a published article is updated. */
    save: () => during(() => write(false)),
    publish: () => during(() => write(true)),
    unpublish: () =>
      during(async () => {
        const now = stored.peek();
        if (now) await saved(await del<Article>(`/api/articles/${now.id}/publication`));
      }),
    remove: () =>
      during(async () => {
        const now = stored.peek();
        if (now) await del(`/api/articles/${now.id}`);
        await journal.drop(now?.id ?? null);
        forgetPages();
      }),
    /** Goes back to what the server has. */
    discard: async (): Promise<void> => {
      const now = stored.peek();
      draft.value = now ? draftOf(now) : EMPTY;
      restored.value = false;
      conflict.value = null;
      await journal.drop(now?.id ?? null);
    },
    /** After a conflict: my words go on from the other version, and replace it when saved. */
    keepMine: (): void => {
      stored.value = conflict.peek();
      conflict.value = null;
      journal.later();
    },
    takeTheirs: async (): Promise<void> => {
      const theirs = conflict.peek();
      if (!theirs) return;
      stored.value = theirs;
      draft.value = draftOf(theirs);
      conflict.value = null;
      restored.value = false;
      await journal.drop(theirs.id);
    },
    flush: journal.now,
  };
}

/** Writes the journal soon after each change, and at once when the page goes away. */
function createJournal(userId: string, read: () => Omit<Entry, 'userId' | 'at'>) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const now = (): void => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    void writeEntry({ ...read(), userId, at: new Date().toISOString() });
  };
  return {
    now,
    later: (): void => {
      clearTimeout(timer);
      timer = setTimeout(now, JOURNAL_MS);
    },
    drop: (articleId: string | null): Promise<void> => {
      clearTimeout(timer);
      timer = undefined;
      return dropEntry(userId, articleId);
    },
  };
}

/** The text as the page will show it, made by the page's own renderer. */
export function createPreview() {
  const preview = signal<Preview | null>(null);
  const failure = signal<string | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  const fetch = async (body: string): Promise<void> => {
    const mine = ++asked;
    try {
      const made = body.trim() === '' ? null : await post<Preview>('/api/preview', { body });
      if (mine !== asked) return;
      preview.value = made;
      failure.value = null;
    } catch (error) {
      if (mine === asked) failure.value = toApiError(error).detail;
    }
  };
  return {
    preview: preview as ReadonlySignal<Preview | null>,
    failure: failure as ReadonlySignal<string | null>,
    show: (body: string): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void fetch(body), preview.peek() ? PREVIEW_MS : 0);
    },
  };
}

/** "Python, web-dev" as tags: small letters, digits and hyphens, at most five. */
export const readTags = (text: string): string[] =>
  [
    ...new Set(
      text
        .split(/[\s,;#]+/)
        .map((word) =>
          word
            .toLowerCase()
            .replace(/[^a-z0-9-]+/g, '-')
            .replace(/^-+|-+$/g, '')
            .slice(0, 30),
        )
        .filter(Boolean),
    ),
  ].slice(0, TAGS_MAX);
