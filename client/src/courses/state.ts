import { type ReadonlySignal, signal } from '@preact/signals';
import type { ArticleCard } from '../../../src/articles/contract.ts';
import type { Course } from '../../../src/courses/contract.ts';
import { viewer } from '../accounts/state.ts';
import { fetchArticles } from '../articles/state.ts';
import { toApiError } from '../net/failure.ts';
import { del, get, patch, post, put } from '../net/http.ts';
import { type ContentOf, forgetPages } from '../pages/state.ts';

const fetchCourse = (idOrSlug: string): Promise<Course> =>
  get(`/api/courses/${encodeURIComponent(idOrSlug)}`);

export async function loadCourse(slug: string): Promise<ContentOf<'course'>> {
  return { page: 'course', course: await fetchCourse(slug) };
}

/** How many of my own articles are offered for a course, at most. */
const OFFERED_PAGES = 5;

async function fetchMine(): Promise<ArticleCard[]> {
  const username = viewer.peek()?.username;
  if (!username) return [];
  const found: ArticleCard[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < OFFERED_PAGES; page++) {
    const list: { items: ArticleCard[]; next: string | null } = await fetchArticles(
      { author: username, state: 'published' },
      cursor ?? undefined,
    );
    found.push(...list.items);
    cursor = list.next;
    if (!cursor) break;
  }
  return found;
}

export type CourseEditor = ReturnType<typeof createCourseEditor>;

/** One course on its author's desk: its words, and its articles in order. */
export function createCourseEditor(id: string | null) {
  const title = signal('');
  const body = signal('');
  const chosen = signal<ArticleCard[]>([]);
  const mine = signal<ArticleCard[]>([]);
  const state = signal<'loading' | 'ready' | 'saving' | 'failed'>('loading');
  const failure = signal<string | null>(null);

  const fail = (error: unknown): null => {
    failure.value = toApiError(error).detail;
    state.value = state.peek() === 'loading' ? 'failed' : 'ready';
    return null;
  };

  const load = async (): Promise<void> => {
    try {
      const [course, articles] = await Promise.all([id ? fetchCourse(id) : null, fetchMine()]);
      mine.value = articles;
      if (course) {
        title.value = course.title;
        body.value = course.body ?? '';
        chosen.value = course.articles;
      }
      state.value = 'ready';
    } catch (error) {
      fail(error);
    }
  };

  const move = (from: number, to: number): void => {
    const list = [...chosen.peek()];
    const [card] = list.splice(from, 1);
    if (!card || to < 0 || to > list.length) return;
    list.splice(to, 0, card);
    chosen.value = list;
  };

  /** Answers the stored course, or null when it failed; then `failure` says why. */
  const save = async (): Promise<Course | null> => {
    state.value = 'saving';
    failure.value = null;
    const words = { title: title.peek().trim(), body: body.peek() };
    try {
      const course = await (id
        ? patch<Course>(`/api/courses/${id}`, words)
        : post<Course>('/api/courses', words));
      const articleIds = chosen.peek().map((card) => card.id);
      await put(`/api/courses/${course.id}/articles`, { articleIds });
      forgetPages();
      state.value = 'ready';
      return course;
    } catch (error) {
      return fail(error);
    }
  };

  const remove = async (): Promise<boolean> => {
    try {
      if (id) await del(`/api/courses/${id}`);
      forgetPages();
      return true;
    } catch (error) {
      fail(error);
      return false;
    }
  };

  return {
    title,
    body,
    chosen: chosen as ReadonlySignal<ArticleCard[]>,
    mine: mine as ReadonlySignal<ArticleCard[]>,
    state: state as ReadonlySignal<'loading' | 'ready' | 'saving' | 'failed'>,
    failure: failure as ReadonlySignal<string | null>,
    load,
    save,
    remove,
    move,
    add: (card: ArticleCard): void => {
      if (!chosen.peek().some(({ id }) => id === card.id)) chosen.value = [...chosen.peek(), card];
    },
    take: (articleId: string): void => {
      chosen.value = chosen.peek().filter((card) => card.id !== articleId);
    },
  };
}
