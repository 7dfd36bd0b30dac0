import type { Accounts } from '../accounts/service.ts';
import type { AskInput, AskOutput } from '../contract.ts';
import type { Logger } from '../log.ts';
import type { People } from '../people/service.ts';
import type { Actor } from '../platform/actor.ts';
import type { Bus } from '../platform/bus.ts';
import type { Clock } from '../platform/clock.ts';
import type { Connection } from '../platform/connections.ts';
import { createHook } from '../platform/hook.ts';
import type { Leases } from '../platform/leases.ts';
import type { Message, NewMessage, ThreadsPage } from '../rooms/contract.ts';
import type { Rooms } from '../rooms/service.ts';
import { createAccess } from './access.ts';
import type { Article, ArticleCard, ArticleReaction, Preview, Readers } from './contract.ts';
import { createHistory } from './history.ts';
import { createLists } from './lists.ts';
import { createReaders } from './readers.ts';
import { createRenderer } from './renderer.ts';
import { type ArticleName, type CourseShelf, createShown, nameOf } from './shown.ts';
import type { ArticlesStore } from './store.ts';
import { createTags } from './tags.ts';
import { createWriting } from './writing.ts';

export type { ArticleName, CourseShelf } from './shown.ts';

export type ArticlesOptions = {
  store: ArticlesStore;
  accounts: Pick<Accounts, 'people' | 'byUsername' | 'settingsOf'>;
  people: Pick<People, 'friendIds' | 'blockedWith'>;
  rooms: Pick<
    Rooms,
    | 'createForArticle'
    | 'updateArticle'
    | 'removeForArticle'
    | 'responseCounts'
    | 'threads'
    | 'send'
    | 'join'
    | 'leave'
  >;
  leases: Leases;
  bus: Bus;
  clock: Clock;
  log: Logger;
};

/** What the site map lists at most. */
const ADDRESSES = 10_000;

type ThreadsQuery = { order: 'oldest' | 'newest'; cursor?: string; limit: number };
/** Articles: writing, reading, lists, tags, and their conversations. */
export const createArticles = (options: ArticlesOptions) => {
  const { store, accounts, people, rooms, leases, bus, clock, log } = options;
  const published = createHook<{ article: ArticleCard }>(log, 'article published');
  /** Its words, its title or who may see it; also when it is gone. */
  const changed = createHook<{ articleId: string }>(log, 'article changed');
  const renderer = createRenderer(log);
  const access = createAccess(store);
  const tags = createTags(store, clock);
  let shelf: CourseShelf | null = null;
  const shown = createShown({ store, accounts, rooms, shelf: () => shelf });
  const tagsChanged = tags.forget;
  const writing = createWriting({
    ...{ store, access, shown, renderer, rooms, published, changed, tagsChanged, clock },
  });
  const lists = createLists({ store, shown, tags, accounts, people, shelf: () => shelf });
  const history = createHistory({ store, access, accounts });
  const readers = createReaders({ leases, bus, accounts, people, clock, log });

  return {
    ...writing,
    ...lists,
    ...history,
    ...tags,
    published,
    changed,
    /** Courses come later and tell where an article stands in them. */
    describeWith: (given: CourseShelf) => {
      shelf = given;
    },
    /** Errors: not_found, also for another person's draft. */
    get: async (actor: Actor | null, idOrSlug: string): Promise<Article> =>
      shown.articleOf(actor, await access.requireReadable(actor, idOrSlug)),
    /** Its Markdown, for all who may read it. */
    source: async (actor: Actor | null, idOrSlug: string): Promise<string> =>
      (await access.requireReadable(actor, idOrSlug)).body,
    cards: shown.cards,
    names: shown.names,
    /** What an article's page would show of this text. */
    render: async (body: string): Promise<Preview> => {
      const { html, toc, minutes } = await renderer.render(body);
      return { html, toc, minutes };
    },
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

    /** The conversation under an article as a tree. */
    responses: async (
      actor: Actor | null,
      idOrSlug: string,
      query: ThreadsQuery,
    ): Promise<ThreadsPage> => {
      const { roomId } = await access.requireReadable(actor, idOrSlug);
      return rooms.threads(actor, roomId, query);
    },
    /** Stores a response once for its clientId; `created` is false for one that was there. */
    respond: async (
      actor: Actor,
      idOrSlug: string,
      response: NewMessage,
    ): Promise<{ message: Message; created: boolean }> => {
      const { roomId } = await access.requireReadable(actor, idOrSlug);
      return rooms.send(actor, { roomId, ...response });
    },
    /** Opens the conversation on this connection and counts it as a reader. */
    join: async (
      connection: Connection,
      { articleId, after }: AskInput<'article:join'>,
    ): Promise<AskOutput<'article:join'>> => {
      const { id, roomId } = await access.requireReadable(connection.actor, articleId);
      const joined = await rooms.join(connection, { roomId, ...(after && { after }) });
      return { ...joined, readers: await readers.join(connection, id) };
    },
    leave: async (connection: Connection, articleId: string): Promise<void> => {
      const article = await store.find(articleId);
      if (article) await rooms.leave(connection, article.roomId);
      await readers.leave(connection, articleId);
    },
    readers: (articleId: string, viewer: Actor | null): Promise<Readers> =>
      readers.readers(articleId, viewer?.userId ?? null),
    /** The published article that each of these people has open, where they let others know. */
    readingNow: async (
      userIds: readonly string[],
    ): Promise<Map<string, { slug: string; title: string }>> => {
      const reading = await readers.readingNow(userIds);
      const heads = await store.heads([...new Set(reading.values())]);
      const open = new Map(
        heads.filter(({ state }) => state === 'published').map((head) => [head.id, head]),
      );
      return new Map(
        [...reading].flatMap(([userId, articleId]) => {
          const head = open.get(articleId);
          return head ? [[userId, { slug: head.slug, title: head.title }] as const] : [];
        }),
      );
    },
    close: async (): Promise<void> => {
      readers.close();
      await renderer.close();
    },
  };
};
export type Articles = ReturnType<typeof createArticles>;
