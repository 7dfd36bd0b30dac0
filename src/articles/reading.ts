import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import type { Access } from './access.ts';
import type { Article, ArticleReaction } from './contract.ts';
import { type ArticleName, nameOf, type Shown } from './shown.ts';
import type { ArticlesStore } from './store.ts';

/** What the site map lists at most. */
const ADDRESSES = 10_000;

type Options = { store: ArticlesStore; access: Access; shown: Shown; clock: Clock };

/** Single articles, by id or by name. */
export const createReading = ({ store, access, shown, clock }: Options) => ({
  /** Errors: not_found, also for another person's draft. */
  get: async (actor: Actor | null, idOrSlug: string): Promise<Article> =>
    shown.articleOf(actor, await access.requireReadable(actor, idOrSlug)),
  /** Its Markdown, for all who may read it. */
  source: async (actor: Actor | null, idOrSlug: string): Promise<string> =>
    (await access.requireReadable(actor, idOrSlug)).body,
  cards: shown.cards,
  names: shown.names,
  byRoom: async (roomIds: readonly string[]): Promise<Map<string, ArticleName>> => {
    const heads = await store.headsOfRooms(roomIds);
    return new Map(heads.map((head) => [head.roomId, nameOf(head)]));
  },
  /** Published ones. */
  countBy: (authorId: string): Promise<number> => store.countBy(authorId),
  /** The newest 10,000 published ones, for the site map. */
  addresses: () => store.addresses(ADDRESSES),
  /** Gives or takes back an emoji; again is the same. */
  react: async (
    actor: Actor,
    idOrSlug: string,
    { emoji, on }: ArticleReaction,
  ): Promise<Article> => {
    const article = await access.requireReadable(actor, idOrSlug);
    if (on) await store.react(article.id, actor.userId, emoji, clock.iso());
    else await store.unreact(article.id, actor.userId, emoji);
    return shown.articleOf(actor, article);
  },
});
