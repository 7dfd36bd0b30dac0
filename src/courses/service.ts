import type { Accounts } from '../accounts/service.ts';
import type { Articles } from '../articles/service.ts';
import { badRequest, forbidden, notFound } from '../errors.ts';
import type { Actor } from '../platform/actor.ts';
import { takeAddress } from '../platform/addresses.ts';
import type { Clock } from '../platform/clock.ts';
import { decodeCursor, pageOf } from '../platform/cursor.ts';
import { idFor } from '../platform/ids.ts';
import type { List, PageQuery } from '../wire/contract.ts';
import type { Course, CourseCard, CourseChange, NewCourse } from './contract.ts';
import { createShelf, createShown } from './shown.ts';
import type { CourseRecord, CoursesStore } from './store.ts';

export type CoursesOptions = {
  store: CoursesStore;
  accounts: Pick<Accounts, 'people'>;
  articles: Pick<Articles, 'cards' | 'names' | 'render' | 'describeWith'>;
  clock: Clock;
};

export type Courses = {
  /** Sent again with its clientId, the one that is stored is answered. Errors: conflict. */
  create(actor: Actor, course: NewCourse): Promise<Course>;
  /** Errors: not_found. */
  get(actor: Actor | null, idOrSlug: string): Promise<Course>;
  /** Newest first. */
  list(actor: Actor | null, page: PageQuery): Promise<List<CourseCard>>;
  /** Its address stays. Errors: not_found, forbidden. */
  change(actor: Actor, idOrSlug: string, change: CourseChange): Promise<Course>;
  /** Sets its articles. Errors: bad_request when one is not the author's own. */
  order(actor: Actor, idOrSlug: string, articleIds: readonly string[]): Promise<Course>;
  /** Its articles stay. */
  remove(actor: Actor, idOrSlug: string): Promise<void>;
};

/** The only ways to a course. */
const createAccess = (store: CoursesStore) => {
  const requireCourse = async (idOrSlug: string): Promise<CourseRecord> => {
    const course = await store.find(idOrSlug);
    if (!course) throw notFound('course');
    return course;
  };
  return {
    requireCourse,
    requireOwn: async (actor: Actor, idOrSlug: string): Promise<CourseRecord> => {
      const course = await requireCourse(idOrSlug);
      if (course.authorId !== actor.userId) throw forbidden('Only its author may do this.');
      return course;
    },
  };
};

const findStored = async (store: CoursesStore, id: string): Promise<CourseRecord | null> => {
  const found = await store.find(id);
  return found?.id === id ? found : null;
};
const insertNew = (store: CoursesStore, course: Omit<CourseRecord, 'slug'>) =>
  takeAddress(course.title, async (slug) => {
    const named = { ...course, slug };
    // Taken is the address, or the id: by the same course, sent twice at the same time.
    return (await store.insert(named)) ? named : findStored(store, course.id);
  });

/** Courses: an author's own articles, in an order to read them in. */
export const createCourses = ({ store, accounts, articles, clock }: CoursesOptions): Courses => {
  const { requireCourse, requireOwn } = createAccess(store);
  const { cardsOf, courseOf } = createShown({ accounts, articles });
  const make = async ({ userId }: Actor, id: string, { title, body }: NewCourse) => {
    const { html } = await articles.render(body);
    const at = clock.iso();
    const made = { id, title, body, html, authorId: userId, articleIds: [] };
    return insertNew(store, { ...made, createdAt: at, updatedAt: at });
  };
  const reload = async (actor: Actor, id: string) => courseOf(actor, await requireCourse(id));
  articles.describeWith(createShelf(store, articles));
  return {
    create: async (actor, course) => {
      const id = idFor(actor.userId, course);
      const known = course.clientId ? await findStored(store, id) : null;
      return courseOf(actor, known ?? (await make(actor, id, course)));
    },
    get: async (actor, idOrSlug) => courseOf(actor, await requireCourse(idOrSlug)),
    list: async (actor, { cursor, limit }) => {
      const [at, id] = cursor ? decodeCursor(cursor, ['string', 'string'] as const) : [];
      const after = at !== undefined && id !== undefined ? { at, id } : null;
      const heads = await store.list({ after, limit: limit + 1 });
      const { items, next } = pageOf(heads, limit, (head) => [head.createdAt, head.id]);
      return { items: await cardsOf(actor, items), next };
    },
    change: async (actor, idOrSlug, change) => {
      const course = await requireOwn(actor, idOrSlug);
      const body = change.body ?? course.body;
      const html = body === course.body ? course.html : (await articles.render(body)).html;
      const words = { title: change.title ?? course.title, body, html };
      await store.change(course.id, words, clock.iso());
      return reload(actor, course.id);
    },
    order: async (actor, idOrSlug, articleIds) => {
      const course = await requireOwn(actor, idOrSlug);
      const names = await articles.names(actor, articleIds);
      const own = names.filter(({ authorId }) => authorId === actor.userId);
      if (own.length !== articleIds.length)
        throw badRequest('A course is made of your own articles.', 'articleIds');
      await store.order(course.id, articleIds, clock.iso());
      return reload(actor, course.id);
    },
    remove: async (actor, idOrSlug) => {
      const course = await requireOwn(actor, idOrSlug);
      await store.remove(course.id, clock.iso(), actor.userId);
    },
  };
};
