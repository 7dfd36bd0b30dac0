import type { AskInput, AskOutput } from '../contract.ts';
import type { Actor } from '../platform/actor.ts';
import type { Connection } from '../platform/connections.ts';
import type { Message, NewMessage, ThreadsPage } from '../rooms/contract.ts';
import type { Rooms } from '../rooms/service.ts';
import type { Access } from './access.ts';
import type { Readers } from './contract.ts';
import type { createReaders } from './readers.ts';
import type { ArticlesStore } from './store.ts';

type Options = {
  store: ArticlesStore;
  access: Access;
  rooms: Pick<Rooms, 'threads' | 'send' | 'join' | 'leave'>;
  readers: ReturnType<typeof createReaders>;
};
type ThreadsQuery = { order: 'oldest' | 'newest'; cursor?: string; limit: number };

/** What is said under an article, and who is there. */
export const createConversation = ({ store, access, rooms, readers }: Options) => {
  const readingNow = async (userIds: readonly string[]) => {
    const reading = await readers.readingNow(userIds);
    const heads = await store.heads([...new Set(reading.values())]);
    const shown = heads.filter(({ state }) => state === 'published');
    const names = new Map(shown.map(({ id, slug, title }) => [id, { slug, title }]));
    return new Map(
      [...reading].flatMap(([userId, articleId]) => {
        const name = names.get(articleId);
        return name ? [[userId, name] as const] : [];
      }),
    );
  };
  return {
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
    readingNow,
  };
};
