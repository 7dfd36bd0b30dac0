import type { Accounts } from '../accounts/service.ts';
import { badRequest, forbidden, unauthorized } from '../errors.ts';
import type { People } from '../people/service.ts';
import type { Actor } from '../platform/actor.ts';
import { decodeCursor, encodeCursor, pageOf } from '../platform/cursor.ts';
import type { List } from '../wire/contract.ts';
import type { ArticleCard, ArticlesQuery } from './contract.ts';
import type { CourseShelf, Shown } from './shown.ts';
import { type ArticlesStore, type Listed, listedAt } from './store.ts';
import type { Tags } from './tags.ts';

type Options = {
  store: ArticlesStore;
  shown: Shown;
  tags: Tags;
  accounts: Pick<Accounts, 'byUsername'>;
  people: Pick<People, 'friendIds'>;
  shelf: () => CourseShelf | null;
};

/** Lists of articles, newest first. */
export const createLists = ({ store, shown, tags, accounts, people, shelf }: Options) => {
  const ofFollowed = async (actor: Actor | null, query: ArticlesQuery): Promise<Listed> => {
    if (!actor) throw unauthorized();
    if (query.tag || query.author || query.state)
      throw badRequest('This feed takes no other choice.', 'feed');
    const [authorIds, followed] = await Promise.all([
      people.friendIds(actor.userId),
      tags.followed(actor.userId),
    ]);
    return { by: 'following', authorIds, tags: followed };
  };
  const ofDrafts = (actor: Actor | null, query: ArticlesQuery): Listed => {
    if (!actor) throw unauthorized();
    if (query.author !== actor.username) throw forbidden('Drafts are shown to their author.');
    if (query.tag) throw badRequest('Drafts are not listed by tag.', 'tag');
    return { by: 'drafts', authorId: actor.userId };
  };
  const whatIsAsked = async (actor: Actor | null, query: ArticlesQuery): Promise<Listed> => {
    if (query.feed === 'following') return ofFollowed(actor, query);
    if (query.state === 'draft') return ofDrafts(actor, query);
    if (query.author) {
      const { id } = await accounts.byUsername(query.author);
      return { by: 'author', authorId: id, tag: query.tag ?? null };
    }
    return query.tag ? { by: 'tag', tag: query.tag } : { by: 'all' };
  };
  /** In the order of the course; the cursor is a place in it. */
  const ofCourse = async (
    actor: Actor | null,
    course: string,
    { cursor, limit }: ArticlesQuery,
  ): Promise<List<ArticleCard>> => {
    const ids = (await shelf()?.articleIdsOf(course)) ?? [];
    const [from] = cursor ? decodeCursor(cursor, ['number'] as const) : [0];
    const items = await shown.cards(actor, ids.slice(from, from + limit));
    return { items, next: from + limit < ids.length ? encodeCursor([from + limit]) : null };
  };
  return {
    /** Errors: unauthorized, forbidden (drafts of others), not_found (author, course), bad_request. */
    list: async (actor: Actor | null, query: ArticlesQuery): Promise<List<ArticleCard>> => {
      if (query.course) return ofCourse(actor, query.course, query);
      const listed = await whatIsAsked(actor, query);
      const [at, id] = query.cursor
        ? decodeCursor(query.cursor, ['string', 'string'] as const)
        : [];
      const after = at !== undefined && id !== undefined ? { at, id } : null;
      const heads = await store.list(listed, { after, limit: query.limit + 1 });
      const { items, next } = pageOf(heads, query.limit, (head) => [listedAt(head), head.id]);
      return { items: await shown.cardsOf(items), next };
    },
  };
};
