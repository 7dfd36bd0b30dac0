import type { Accounts } from '../accounts/service.ts';
import { notFound } from '../errors.ts';
import type { Actor } from '../platform/actor.ts';
import type { Rooms } from '../rooms/service.ts';
import { mayRead } from './access.ts';
import type { Article, ArticleCard, CoursePlace } from './contract.ts';
import type { ArticleHead, ArticleRecord, ArticlesStore } from './store.ts';

/** What courses know about articles; they come later and hand it in. */
export type CourseShelf = {
  placeOf(actor: Actor | null, articleId: string): Promise<CoursePlace | null>;
  /** The articles of a course in order, at most 200. Errors: not_found. */
  articleIdsOf(idOrSlug: string): Promise<string[]>;
};

/** What an article is called where something else is shown about it. */
export type ArticleName = { id: string; slug: string; title: string; authorId: string };
export const nameOf = ({ id, slug, title, authorId }: ArticleName): ArticleName => ({
  id,
  slug,
  title,
  authorId,
});

type Options = {
  store: ArticlesStore;
  accounts: Pick<Accounts, 'people'>;
  rooms: Pick<Rooms, 'responseCounts'>;
  shelf: () => CourseShelf | null;
};

/** Articles as readers see them. */
export const createShown = ({ store, accounts, rooms, shelf }: Options) => {
  /** Cards in the order of the heads; those of unknown authors are left out. */
  const cardsOf = async (heads: readonly ArticleHead[]): Promise<ArticleCard[]> => {
    if (heads.length === 0) return [];
    const [people, responses, reactions] = await Promise.all([
      accounts.people([...new Set(heads.map(({ authorId }) => authorId))]),
      rooms.responseCounts(heads.map(({ roomId }) => roomId)),
      store.reactions(heads.map(({ id }) => id)),
    ]);
    return heads.flatMap((head) => {
      const author = people.get(head.authorId);
      if (!author) return [];
      return {
        id: head.id,
        slug: head.slug,
        title: head.title,
        excerpt: head.excerpt,
        tags: head.tags,
        author,
        state: head.state,
        publishedAt: head.state === 'published' ? head.publishedAt : null,
        updatedAt: head.updatedAt,
        version: head.version,
        minutes: head.minutes,
        roomId: head.roomId,
        responses: responses.get(head.roomId) ?? 0,
        reactions: reactions.get(head.id) ?? {},
      };
    });
  };
  const readable = async (actor: Actor | null, ids: readonly string[]): Promise<ArticleHead[]> => {
    const heads = new Map((await store.heads(ids)).map((head) => [head.id, head]));
    return ids
      .map((id) => heads.get(id))
      .filter((head) => head !== undefined)
      .filter((head) => mayRead(actor, head));
  };
  return {
    cardsOf,
    /** The whole article; its Markdown for its author. */
    articleOf: async (actor: Actor | null, record: ArticleRecord): Promise<Article> => {
      const [[card], course, reacted] = await Promise.all([
        cardsOf([record]),
        shelf()?.placeOf(actor, record.id) ?? null,
        actor ? store.reactionsBy(actor.userId, record.id) : [],
      ]);
      if (!card) throw notFound('article');
      return {
        ...card,
        html: record.html,
        toc: record.toc,
        reacted,
        ...(record.authorId === actor?.userId && { body: record.body }),
        ...(course && { course }),
      };
    },
    /** Cards in the order of the ids, of what this reader may see. */
    cards: async (actor: Actor | null, ids: readonly string[]): Promise<ArticleCard[]> =>
      cardsOf(await readable(actor, ids)),
    /** The same, by name only. */
    names: async (actor: Actor | null, ids: readonly string[]): Promise<ArticleName[]> =>
      (await readable(actor, ids)).map(nameOf),
  };
};
export type Shown = ReturnType<typeof createShown>;
