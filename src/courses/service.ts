import type { Accounts } from '../accounts/service.ts';
import type { CoursePlace } from '../articles/contract.ts';
import type { ArticleName, Articles } from '../articles/service.ts';
import { badRequest, forbidden, notFound, unavailable } from '../errors.ts';
import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import { decodeCursor, pageOf } from '../platform/cursor.ts';
import { newId } from '../platform/ids.ts';
import { slugLike, slugOf } from '../platform/slug.ts';
import type { List, PageQuery } from '../wire/contract.ts';
import type { Course, CourseCard, CourseChange, NewCourse } from './contract.ts';
import type { CourseHead, CourseRecord, CoursesStore } from './store.ts';

export type CoursesOptions = {
  store: CoursesStore;
  accounts: Pick<Accounts, 'people'>;
  articles: Pick<Articles, 'cards' | 'names' | 'render' | 'describeWith'>;
  clock: Clock;
};

/** Slugs tried for one title: the plain one, then with random endings. */
const SLUGS = 4;

const nameAt = (names: readonly ArticleName[], index: number) => {
  const found = names[index];
  return found ? { slug: found.slug, title: found.title } : null;
};

/** Courses: an author's own articles, in an order to read them in. */
export const createCourses = ({ store, accounts, articles, clock }: CoursesOptions) => {
  const requireCourse = async (idOrSlug: string): Promise<CourseRecord> => {
    const course = await store.find(idOrSlug);
    if (!course) throw notFound('course');
    return course;
  };
  const requireOwn = async (actor: Actor, idOrSlug: string): Promise<CourseRecord> => {
    const course = await requireCourse(idOrSlug);
    if (course.authorId !== actor.userId) throw forbidden('Only its author may do this.');
    return course;
  };
  /** Cards of courses; each counts the articles that this reader may see. */
  const cardsOf = async (actor: Actor | null, heads: CourseHead[]): Promise<CourseCard[]> => {
    const [people, names] = await Promise.all([
      accounts.people([...new Set(heads.map(({ authorId }) => authorId))]),
      articles.names(actor, [...new Set(heads.flatMap(({ articleIds }) => articleIds))]),
    ]);
    const readable = new Set(names.map(({ id }) => id));
    return heads.flatMap(({ id, slug, title, authorId, articleIds, updatedAt }) => {
      const author = people.get(authorId);
      const count = articleIds.filter((each) => readable.has(each)).length;
      return author ? [{ id, slug, title, author, count, updatedAt }] : [];
    });
  };
  const shown = async (actor: Actor | null, course: CourseRecord): Promise<Course> => {
    const [[card], cards] = await Promise.all([
      cardsOf(actor, [course]),
      articles.cards(actor, course.articleIds),
    ]);
    if (!card) throw notFound('course');
    const body = course.authorId === actor?.userId ? { body: course.body } : {};
    return { ...card, html: course.html, ...body, articles: cards };
  };
  const reload = async (actor: Actor, id: string) => shown(actor, await requireCourse(id));

  articles.describeWith({
    articleIdsOf: async (idOrSlug) => (await requireCourse(idOrSlug)).articleIds,
    placeOf: async (actor, articleId): Promise<CoursePlace | null> => {
      const course = await store.firstWith(articleId);
      if (!course) return null;
      const names = await articles.names(actor, course.articleIds);
      const index = names.findIndex(({ id }) => id === articleId);
      if (index < 0) return null;
      const { id, slug, title } = course;
      const around = { previous: nameAt(names, index - 1), next: nameAt(names, index + 1) };
      return { id, slug, title, position: index + 1, count: names.length, ...around };
    },
  });

  return {
    create: async (actor: Actor, { title, body }: NewCourse): Promise<Course> => {
      const { html } = await articles.render(body);
      const at = clock.iso();
      const made = { id: newId(), title, body, html, authorId: actor.userId, articleIds: [] };
      const plain = slugOf(title);
      for (let attempt = 0; attempt < SLUGS; attempt += 1) {
        const slug = attempt === 0 ? plain : slugLike(plain);
        const course = { ...made, slug, createdAt: at, updatedAt: at };
        if (await store.insert(course)) return shown(actor, course);
      }
      throw unavailable('No free address was found for this title.');
    },
    /** Errors: not_found. */
    get: async (actor: Actor | null, idOrSlug: string): Promise<Course> =>
      shown(actor, await requireCourse(idOrSlug)),
    /** Newest first. */
    list: async (actor: Actor | null, { cursor, limit }: PageQuery): Promise<List<CourseCard>> => {
      const [at, id] = cursor ? decodeCursor(cursor, ['string', 'string'] as const) : [];
      const after = at !== undefined && id !== undefined ? { at, id } : null;
      const heads = await store.list({ after, limit: limit + 1 });
      const { items, next } = pageOf(heads, limit, (head) => [head.createdAt, head.id]);
      return { items: await cardsOf(actor, items), next };
    },
    /** Its address stays. Errors: not_found, forbidden. */
    change: async (actor: Actor, idOrSlug: string, change: CourseChange): Promise<Course> => {
      const course = await requireOwn(actor, idOrSlug);
      const body = change.body ?? course.body;
      const html = body === course.body ? course.html : (await articles.render(body)).html;
      const words = { title: change.title ?? course.title, body, html };
      await store.change(course.id, words, clock.iso());
      return reload(actor, course.id);
    },
    /** Sets its articles. Errors: bad_request when one is not the author's own. */
    order: async (
      actor: Actor,
      idOrSlug: string,
      articleIds: readonly string[],
    ): Promise<Course> => {
      const course = await requireOwn(actor, idOrSlug);
      const names = await articles.names(actor, articleIds);
      const own = names.filter(({ authorId }) => authorId === actor.userId);
      if (own.length !== articleIds.length)
        throw badRequest('A course is made of your own articles.', 'articleIds');
      await store.order(course.id, articleIds, clock.iso());
      return reload(actor, course.id);
    },
    /** Its articles stay. */
    remove: async (actor: Actor, idOrSlug: string): Promise<void> => {
      const course = await requireOwn(actor, idOrSlug);
      await store.remove(course.id, clock.iso(), actor.userId);
    },
  };
};
export type Courses = ReturnType<typeof createCourses>;
