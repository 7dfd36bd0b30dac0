import type { Accounts } from '../accounts/service.ts';
import type { Logger } from '../log.ts';
import type { People } from '../people/service.ts';
import type { Bus } from '../platform/bus.ts';
import type { Clock } from '../platform/clock.ts';
import { createHook } from '../platform/hook.ts';
import type { Leases } from '../platform/leases.ts';
import type { Rooms } from '../rooms/service.ts';
import { createAccess } from './access.ts';
import { createAnnouncing } from './announcing.ts';
import type { ArticleCard, Preview } from './contract.ts';
import { createConversation } from './conversation.ts';
import { createHistory } from './history.ts';
import { createLists } from './lists.ts';
import { createPublishing } from './publishing.ts';
import { createReaders } from './readers.ts';
import { createReading } from './reading.ts';
import { createRenderer } from './renderer.ts';
import { type CourseShelf, createShown } from './shown.ts';
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
  const announce = createAnnouncing({ shown, rooms, published, changed, tagsChanged: tags.forget });
  const acting = { store, access, shown, rooms, announce, clock };
  const readers = createReaders({ leases, bus, accounts, people, clock, log });
  return {
    ...createWriting({ ...acting, renderer }),
    ...createPublishing(acting),
    ...createReading({ store, access, shown, clock }),
    ...createLists({ store, shown, tags, accounts, people, shelf: () => shelf }),
    ...createHistory({ store, access, accounts }),
    ...createConversation({ store, access, rooms, readers }),
    ...tags,
    published,
    changed,
    /** Courses come later and tell where an article stands in them. */
    describeWith: (given: CourseShelf) => {
      shelf = given;
    },
    /** What an article's page would show of this text. */
    render: async (body: string): Promise<Preview> => {
      const { html, toc, minutes } = await renderer.render(body);
      return { html, toc, minutes };
    },
    close: async (): Promise<void> => {
      readers.close();
      await renderer.close();
    },
  };
};
export type Articles = ReturnType<typeof createArticles>;
