import type { Accounts } from '../accounts/service.ts';
import type { Articles } from '../articles/service.ts';
import { notFound } from '../errors.ts';
import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import { decodeCursor, pageOf } from '../platform/cursor.ts';
import type { Live } from '../platform/live.ts';
import type { Rooms } from '../rooms/service.ts';
import type { PageQuery } from '../wire/contract.ts';
import type { NotificationsPage, ReadNotifications } from './contract.ts';
import { createDeliver } from './deliver.ts';
import { createShown } from './shown.ts';
import { listenToSources, type Sources } from './sources.ts';
import type { NotificationsStore } from './store.ts';
import { createTell } from './tell.ts';

export type Notifications = {
  /** How many of a person's are unread; 1,000 stands for more. */
  unread(userId: string): Promise<number>;
  /** Newest first. */
  list(actor: Actor, page: PageQuery): Promise<NotificationsPage>;
  /** Makes them read, on all devices. Throws not_found for an `upTo` that is not the actor's. */
  read(actor: Actor, which: ReadNotifications): Promise<{ unread: number }>;
};

type Options = {
  store: NotificationsStore;
  live: Pick<Live, 'toUser'>;
  clock: Clock;
  accounts: Pick<Accounts, 'people'>;
  rooms: Sources['rooms'] & Pick<Rooms, 'places'>;
  people: Sources['people'];
  articles: Sources['articles'] & Pick<Articles, 'cards'>;
};

/** What happened for a person while they looked elsewhere: one row per kind and subject. */
export const createNotifications = (options: Options): Notifications => {
  const { store, live, clock, accounts, rooms, people, articles } = options;
  const shown = createShown({ accounts, rooms, articles });
  const tell = createTell({ store, live, shown });
  const deliver = createDeliver({ store, tell, now: clock.iso });
  listenToSources({ rooms, people, articles, deliver, clock });

  const unread = async (userId: string) => (await store.unreadOf([userId])).get(userId) ?? 0;
  const markRead = async (userId: string, which: ReadNotifications): Promise<string[]> => {
    if ('ids' in which) return store.markRead(userId, which.ids, clock.iso());
    const [row] = await store.find(userId, [which.upTo]);
    if (!row) throw notFound('notification');
    return store.markReadUpTo(userId, { at: row.at, id: row.id }, clock.iso());
  };
  return {
    unread,
    list: async ({ userId }, { limit, cursor }) => {
      const read = cursor ? decodeCursor(cursor, ['string', 'string'] as const) : null;
      const after = read && { after: { at: read[0], id: read[1] } };
      const rows = await store.list(userId, { ...after, limit: limit + 1 });
      const { items, next } = pageOf(rows, limit, ({ at, id }) => [at, id]);
      return { items: await shown(userId, items), next, unread: await unread(userId) };
    },
    read: async ({ userId }, which) => {
      const ids = await markRead(userId, which);
      return { unread: await tell.read(userId, ids) };
    },
  };
};
