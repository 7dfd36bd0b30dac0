import { notFound } from '../errors.ts';
import type { Actor } from '../platform/actor.ts';
import { takeAddress } from '../platform/addresses.ts';
import type { Clock } from '../platform/clock.ts';
import { isSlugOf } from '../platform/slug.ts';
import type { Rooms } from '../rooms/service.ts';
import type { Access } from './access.ts';
import type { Announcing } from './announcing.ts';
import type { Article } from './contract.ts';
import type { Shown } from './shown.ts';
import type { ArticleRecord, ArticlesStore } from './store.ts';

type Options = {
  store: ArticlesStore;
  access: Access;
  shown: Shown;
  rooms: Pick<Rooms, 'removeForArticle'>;
  announce: Announcing;
  clock: Clock;
};

/** Who sees an article: publishing it, taking it back, deleting it. */
export const createPublishing = (options: Options) => {
  const { store, access, shown, rooms, announce, clock } = options;
  const settle = (record: ArticleRecord, at: string) => {
    // The address is settled with the first publication; a draft's may still follow its title.
    const kept = record.publishedAt !== null || isSlugOf(record.slug, record.title);
    const take = async (slug: string) => {
      const outcome = await store.publish(record.id, slug, at);
      if (!outcome) throw notFound('article');
      return outcome.state === 'published' ? outcome : null;
    };
    return takeAddress(record.title, take, kept ? record.slug : undefined);
  };
  /** Tells of the article as it stands now, and shows it. */
  const told = async (actor: Actor, id: string, first: boolean): Promise<Article> => {
    const record = await access.requireOwn(actor, id);
    await announce.toRoom(record);
    if (first) await announce.published(record);
    await announce.changed(id);
    return shown.articleOf(actor, record);
  };
  return {
    /** Shows it to all; again is the same. Its address and its day stay those of the first time. */
    publish: async (actor: Actor, idOrSlug: string): Promise<Article> => {
      const draft = await access.requireOwn(actor, idOrSlug);
      const { first } = await settle(draft, clock.iso());
      return told(actor, draft.id, first);
    },
    /** Back to draft, for its author alone. */
    unpublish: async (actor: Actor, idOrSlug: string): Promise<Article> => {
      const { id } = await access.requireOwn(actor, idOrSlug);
      await store.unpublish(id);
      return told(actor, id, false);
    },
    /** Takes the text, its history and its conversation away for good. */
    remove: async (actor: Actor, idOrSlug: string): Promise<void> => {
      const { id } = await access.requireRemovable(actor, idOrSlug);
      await store.remove(id, clock.iso(), actor.userId);
      await rooms.removeForArticle(id);
      await announce.changed(id);
    },
  };
};
