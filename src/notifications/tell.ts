import type { Live } from '../platform/live.ts';
import type { Shown } from './shown.ts';
import type { NotificationRecord, NotificationsStore } from './store.ts';

/** A person whose rows change faster than they are told hears of it again with the next change. */
const MAX_ROUNDS = 5;

export type Tell = {
  /** These rows of one person have something new. */
  changed(userId: string, ids: readonly string[]): Promise<void>;
  /** These rows of one person were read. Answers how many are unread. */
  read(userId: string, ids: readonly string[]): Promise<number>;
  removed(userId: string, ids: readonly string[]): Promise<void>;
  /** First rows of many people. */
  added(rows: readonly NotificationRecord[]): Promise<void>;
};

type Options = {
  store: NotificationsStore;
  live: Pick<Live, 'toUser'>;
  shown: Shown;
};

/**
 * Tells a person's devices how things stand. Two processes may tell one person at the same time,
 * and the older frame may come last: so each looks again after it has told, and corrects itself. What is
 * still on its way between them then is known to be older by its `rev`.
 */
export const createTell = ({ store, live, shown }: Options): Tell => {
  const unreadOf = async (userId: string) => (await store.unreadOf([userId])).get(userId) ?? 0;
  const look = async (userId: string, ids: readonly string[]) => {
    const [rows, unread] = await Promise.all([store.find(userId, ids), unreadOf(userId)]);
    return { rows, unread };
  };
  const changed = async (userId: string, ids: readonly string[]) => {
    let state = await look(userId, ids);
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      // Oldest first: whoever puts each at the top of a list ends with the newest there.
      const rows = state.rows.toSorted(byTime);
      for (const notification of await shown(userId, rows))
        live.toUser(userId, 'notification', { notification, unread: state.unread });
      const now = await look(userId, ids);
      if (isSame(state, now)) return;
      state = now;
    }
  };
  return {
    changed,
    read: async (userId, ids) => {
      const unread = await unreadOf(userId);
      if (ids.length === 0) return unread;
      live.toUser(userId, 'notification:read', { ids: [...ids], unread });
      const now = await look(userId, ids);
      const again = now.rows.filter(({ readAt }) => readAt === null).map(({ id }) => id);
      if (again.length > 0) await changed(userId, again);
      else if (now.unread !== unread)
        live.toUser(userId, 'notification:read', { ids: [], unread: now.unread });
      return now.unread;
    },
    removed: async (userId, ids) => {
      const unread = await unreadOf(userId);
      live.toUser(userId, 'notification:removed', { ids: [...ids], unread });
    },
    added: async (rows) => {
      const unread = await store.unreadOf(rows.map(({ userId }) => userId));
      for (const row of rows) {
        const [notification] = await shown(row.userId, [row]);
        if (!notification) continue;
        const count = unread.get(row.userId) ?? 0;
        live.toUser(row.userId, 'notification', { notification, unread: count });
      }
    },
  };
};

type State = { rows: readonly NotificationRecord[]; unread: number };

const byTime = (a: NotificationRecord, b: NotificationRecord) =>
  a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1;

const isSame = (before: State, now: State): boolean => {
  const revs = new Map(before.rows.map(({ id, rev }) => [id, rev]));
  return before.unread === now.unread && now.rows.every(({ id, rev }) => revs.get(id) === rev);
};
