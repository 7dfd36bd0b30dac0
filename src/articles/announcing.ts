import type { Hook } from '../platform/hook.ts';
import type { Rooms } from '../rooms/service.ts';
import type { ArticleCard } from './contract.ts';
import type { Shown } from './shown.ts';
import type { ArticleRecord } from './store.ts';

type Options = {
  shown: Shown;
  rooms: Pick<Rooms, 'updateArticle'>;
  published: Hook<{ article: ArticleCard }>;
  changed: Hook<{ articleId: string }>;
  /** Called when the tags of what is published may have changed. */
  tagsChanged: () => void;
};

/** Lets others know what has happened to an article; only after it was stored. */
export const createAnnouncing = ({ shown, rooms, published, changed, tagsChanged }: Options) => ({
  /** Its conversation carries its name, and is open while it is published. */
  toRoom: ({ id, slug, title, state }: ArticleRecord): Promise<void> =>
    rooms.updateArticle({ articleId: id, slug, title, open: state === 'published' }),
  /** At its first publication. */
  published: async (record: ArticleRecord): Promise<void> => {
    const [article] = await shown.cardsOf([record]);
    if (article) await published.emit({ article });
  },
  changed: async (articleId: string): Promise<void> => {
    tagsChanged();
    await changed.emit({ articleId });
  },
});
export type Announcing = ReturnType<typeof createAnnouncing>;
