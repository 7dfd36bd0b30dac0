import { forbidden, notFound } from '../errors.ts';
import type { Actor } from '../platform/actor.ts';
import type { ArticleHead, ArticleRecord, ArticlesStore } from './store.ts';

type Owned = Pick<ArticleHead, 'authorId' | 'state'>;

/** A draft is its author's alone. */
export const mayRead = (actor: Actor | null, article: Owned): boolean =>
  article.state === 'published' || article.authorId === actor?.userId;

/** The only ways to an article. Errors: not_found, also for another person's draft. */
export const createAccess = (store: ArticlesStore) => {
  const requireReadable = async (actor: Actor | null, idOrSlug: string): Promise<ArticleRecord> => {
    const article = await store.find(idOrSlug);
    if (!article || !mayRead(actor, article)) throw notFound('article');
    return article;
  };
  return {
    requireReadable,
    /** For its author. Errors: forbidden, for what others may only read. */
    requireOwn: async (actor: Actor, idOrSlug: string): Promise<ArticleRecord> => {
      const article = await requireReadable(actor, idOrSlug);
      if (article.authorId !== actor.userId) throw forbidden('Only its author may do this.');
      return article;
    },
    /** For its author and for administrators. */
    requireRemovable: async (actor: Actor, idOrSlug: string): Promise<ArticleRecord> => {
      const article = await requireReadable(actor, idOrSlug);
      if (article.authorId !== actor.userId && !actor.roles.includes('admin'))
        throw forbidden('Only its author may delete an article.');
      return article;
    },
  };
};
export type Access = ReturnType<typeof createAccess>;
