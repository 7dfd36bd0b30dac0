import { type Signal, signal } from '@preact/signals';
import type { ArticleCard } from '../../../src/articles/contract.ts';
import type { Course, NewCourse } from '../../../src/courses/contract.ts';
import { viewer } from '../accounts/state.ts';
import { fetchArticles } from '../articles/state.ts';
import { ApiError, toApiError } from '../net/failure.ts';
import { get, patch, post, put } from '../net/http.ts';
import { type ContentOf, forgetPages } from '../pages/state.ts';
import { removeSoon } from '../undo/state.ts';

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

const notYours = (): ApiError =>
  new ApiError({ code: 'forbidden', detail: 'Only its author can edit a course.' });

type Phase = 'loading' | 'ready' | 'saving' | 'failed';

const createDesk = () => ({
  title: signal(''),
  body: signal(''),
  /** In the course's order. */
  chosen: signal<ArticleCard[]>([]),
  mine: signal<ArticleCard[]>([]),
  state: signal<Phase>('loading'),
  failure: signal<string | null>(null),
});
type Desk = ReturnType<typeof createDesk>;

/** One course on its author's desk: its words, and its articles in order. */
export function createCourseEditor(id: string | null) {
  const desk = createDesk();
  const { title, body, chosen, mine } = desk;
  /** The title that readers know. */
  let saved = '';
  return {
    ...desk,
    load: () =>
      during(desk, 'loading', async () => {
        const [course, articles] = await Promise.all([id ? fetchCourse(id) : null, fetchMine()]);
        // Its words as they were written come to its author alone.
        if (course && course.body === undefined) throw notYours();
        mine.value = articles;
        saved = course?.title ?? '';
        title.value = saved;
        body.value = course?.body ?? '';
        chosen.value = course?.articles ?? [];
      }),
    save: () =>
      during(desk, 'saving', () => {
        const articleIds = chosen.peek().map((card) => card.id);
        return saveCourse(id, { title: title.peek().trim(), body: body.peek() }, articleIds);
      }),
    /** Deletes it when the time to undo is over; its articles stay. */
    remove: (): void => {
      if (!id) return;
      const path = `/api/courses/${id}`;
      const words = `The course “${saved}” is deleted. Its articles stay.`;
      removeSoon({ id, path, words, onGone: forgetPages });
    },
    ...createOrder(chosen),
  };
}

/** Answers what `work` brings, or null when it failed; then `failure` says why. */
async function during<T>(desk: Desk, phase: Phase, work: () => Promise<T>): Promise<T | null> {
  desk.state.value = phase;
  desk.failure.value = null;
  try {
    const done = await work();
    desk.state.value = 'ready';
    return done;
  } catch (error) {
    desk.failure.value = toApiError(error).detail;
    desk.state.value = phase === 'loading' ? 'failed' : 'ready';
    return null;
  }
}

async function saveCourse(
  id: string | null,
  words: NewCourse,
  articleIds: string[],
): Promise<Course> {
  const course = await (id
    ? patch<Course>(`/api/courses/${id}`, words)
    : post<Course>('/api/courses', words));
  await put(`/api/courses/${course.id}/articles`, { articleIds });
  forgetPages();
  return course;
}

/** Which articles, and in which order. */
const createOrder = (chosen: Signal<ArticleCard[]>) => ({
  move: (from: number, to: number): void => {
    const list = [...chosen.peek()];
    const [card] = list.splice(from, 1);
    if (!card || to < 0 || to > list.length) return;
    list.splice(to, 0, card);
    chosen.value = list;
  },
  add: (card: ArticleCard): void => {
    if (!chosen.peek().some(({ id }) => id === card.id)) chosen.value = [...chosen.peek(), card];
  },
  take: (articleId: string): void => {
    chosen.value = chosen.peek().filter((card) => card.id !== articleId);
  },
});
