import { batch, effect, type Signal, signal } from '@preact/signals';
import type { ArticleCard } from '../../../src/articles/contract.ts';
import type { Course, NewCourse } from '../../../src/courses/contract.ts';
import { viewer } from '../accounts/state.ts';
import { fetchArticles } from '../articles/state.ts';
import { makeClientId } from '../net/client-id.ts';
import { ApiError, toApiError } from '../net/failure.ts';
import { get, patch, post, put } from '../net/http.ts';
import { type ContentOf, forgetPages } from '../pages/state.ts';
import { removeSoon } from '../undo/state.ts';
import { createKept, isSame, type Words } from './kept.ts';

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

const createDesk = () => {
  const title = signal('');
  const body = signal('');
  /** In the course's order. */
  const chosen = signal<ArticleCard[]>([]);
  return {
    ...{ title, body, chosen },
    mine: signal<ArticleCard[]>([]),
    state: signal<Phase>('loading'),
    failure: signal<string | null>(null),
    /** The words are those of an earlier visit, not stored yet. */
    restored: signal(false),
    words: (): Words => ({
      title: title.value,
      body: body.value,
      articleIds: chosen.value.map((card) => card.id),
    }),
    show: (words: Words, known: readonly ArticleCard[]): void =>
      batch(() => {
        title.value = words.title;
        body.value = words.body;
        chosen.value = words.articleIds.flatMap((id) => known.find((card) => card.id === id) ?? []);
      }),
  };
};
type Desk = ReturnType<typeof createDesk>;

const NOTHING: Words = { title: '', body: '', articleIds: [] };

/** The course as it is stored, and the articles that it is or can be made of. */
async function fetchDesk(id: string | null) {
  const [course, mine] = await Promise.all([id ? fetchCourse(id) : null, fetchMine()]);
  if (!course) return { stored: NOTHING, mine, known: mine };
  const { title, body, articles } = course;
  // Its words as they were written come to its author alone.
  if (body === undefined) throw notYours();
  const stored = { title, body, articleIds: articles.map((card) => card.id) };
  return { stored, mine, known: [...articles, ...mine] };
}

/** One course on its author's desk: its words, and its articles in order. */
export function createCourseEditor(courseId: string | null) {
  /** A new one has it from its first save on. */
  let id = courseId;
  let clientId = makeClientId();
  let stored = NOTHING;
  let known: ArticleCard[] = [];
  const desk = createDesk();
  const kept = createKept(courseId);
  let stop = () => {};
  const keepFromNowOn = () =>
    effect(() => {
      const words = desk.words();
      if (isSame(words, stored)) kept.forget();
      else kept.keep({ ...words, clientId });
    });
  const load = async () => {
    const [fetched, earlier] = await Promise.all([fetchDesk(id), kept.find()]);
    ({ stored, known } = fetched);
    desk.mine.value = fetched.mine;
    desk.restored.value = earlier !== undefined && !isSame(earlier, stored);
    if (earlier) clientId = earlier.clientId;
    desk.show(earlier ?? stored, known);
    stop();
    stop = keepFromNowOn();
  };
  const save = async (): Promise<Course> => {
    const words = desk.words();
    const { title, body, articleIds } = words;
    const said = { title: title.trim(), body };
    const course = await (id ? changed(id, said) : created({ ...said, clientId }));
    id = course.id;
    await put(`/api/courses/${id}/articles`, { articleIds });
    stored = words;
    desk.restored.value = false;
    if (isSame(desk.words(), stored)) kept.forget();
    forgetPages();
    return course;
  };
  return {
    ...desk,
    load: () => during(desk, 'loading', load),
    save: () => during(desk, 'saving', save),
    /** Back to what is stored. */
    discard: (): void => {
      desk.show(stored, known);
      desk.restored.value = false;
    },
    /** Deletes it when the time to undo is over; its articles stay. */
    remove: (): void => {
      if (!id) return;
      kept.forget();
      const path = `/api/courses/${id}`;
      const words = `The course “${stored.title}” is deleted. Its articles stay.`;
      removeSoon({ id, path, words, onGone: forgetPages });
    },
    close: (): void => stop(),
    ...createOrder(desk.chosen),
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

const changed = (id: string, words: Omit<Words, 'articleIds'>): Promise<Course> =>
  patch(`/api/courses/${id}`, words);

/** When an earlier save was stored without its answer coming back, the words may be older ones. */
async function created(course: NewCourse): Promise<Course> {
  const { title, body } = course;
  const stored = await post<Course>('/api/courses', course);
  const isAsSent = stored.title === title && stored.body === body;
  return isAsSent ? stored : changed(stored.id, { title, body });
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
