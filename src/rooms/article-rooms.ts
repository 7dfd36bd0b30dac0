import type { Clock } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import type { Appender } from './append.ts';
import type { EventRecord } from './records.ts';
import type { RoomsStore } from './store.ts';

type Described = { articleId: string; slug: string; title: string; open: boolean };

export type ArticleRooms = {
  /** The room of an article; made once, however often it is asked for. Answers its id. */
  createForArticle(article: Described & { ownerId: string }): Promise<string>;
  /** An article that is not open has a room for its author alone. */
  updateArticle(article: Described): Promise<void>;
  /** Takes the room and all its words away. */
  removeForArticle(articleId: string): Promise<void>;
};

type Options = {
  store: RoomsStore;
  appender: Appender;
  clock: Clock;
  publish: (roomId: string, records: EventRecord[]) => Promise<unknown>;
};

/** Rooms as articles need them; the articles decide who may ask for this. */
export const createArticleRooms = ({ store, appender, clock, publish }: Options): ArticleRooms => ({
  createForArticle: async ({ articleId, slug, title, ownerId, open }) => {
    const at = clock.iso();
    const id = newId();
    const article = { id: articleId, slug, title, open };
    const room = { id, kind: 'article', title, createdAt: at, createdBy: ownerId } as const;
    const owner = { roomId: id, userId: ownerId, role: 'owner', joinedAt: at } as const;
    const stored = await store.createRoom({ ...room, directKey: null, article }, [
      // Its author sees it among the rooms with the first response.
      { ...owner, lastRead: 0, muted: false, hidden: true },
    ]);
    return stored.id;
  },
  updateArticle: async ({ articleId, slug, title, open }) => {
    const room = await store.articleRoom(articleId);
    const known = room?.article;
    if (!room || !known) return;
    if (known.slug === slug && known.title === title && known.open === open) return;
    const appended = await appender.append({
      ...{ kind: 'room', id: newId(), roomId: room.id, at: clock.iso(), senderId: room.createdBy },
      title,
      article: { id: articleId, slug, title, open },
    });
    if (appended.state === 'failed') throw appended.error;
  },
  removeForArticle: async (articleId) => {
    const room = await store.articleRoom(articleId);
    if (!room) return;
    const last = await store.removeRoom(room.id, clock.iso(), newId());
    if (last) await publish(room.id, [last]);
  },
});
