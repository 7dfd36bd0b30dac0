import type { Accounts } from '../accounts/service.ts';
import type { CoursePlace } from '../articles/contract.ts';
import type { ArticleName, Articles, CourseShelf } from '../articles/service.ts';
import { notFound } from '../errors.ts';
import type { Actor } from '../platform/actor.ts';
import type { Course, CourseCard } from './contract.ts';
import type { CourseHead, CourseRecord, CoursesStore } from './store.ts';

type Options = {
  accounts: Pick<Accounts, 'people'>;
  articles: Pick<Articles, 'cards' | 'names'>;
};

/** Courses as readers see them: each counts and shows the articles that this reader may see. */
export const createShown = ({ accounts, articles }: Options) => {
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
  return {
    cardsOf,
    /** The whole course; its Markdown for its author. */
    courseOf: async (actor: Actor | null, course: CourseRecord): Promise<Course> => {
      const [[card], cards] = await Promise.all([
        cardsOf(actor, [course]),
        articles.cards(actor, course.articleIds),
      ]);
      if (!card) throw notFound('course');
      const body = course.authorId === actor?.userId ? { body: course.body } : {};
      return { ...card, html: course.html, ...body, articles: cards };
    },
  };
};

const nameAt = (names: readonly ArticleName[], index: number) => {
  const found = names[index];
  return found ? { slug: found.slug, title: found.title } : null;
};

/** Where articles stand in courses, for the pages of articles. */
export const createShelf = (
  store: CoursesStore,
  articles: Pick<Articles, 'names'>,
): CourseShelf => ({
  articleIdsOf: async (idOrSlug) => {
    const course = await store.find(idOrSlug);
    if (!course) throw notFound('course');
    return course.articleIds;
  },
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
