import { unavailable } from '../errors.ts';
import { newId } from '../platform/ids.ts';
import { merged, type News } from './merge.ts';
import type { NotificationRecord, NotificationsStore } from './store.ts';
import type { Tell } from './tell.ts';

/** Losing the race for one row so often means that something is wrong. */
const MAX_RACES = 20;

export type Deliver = {
  /** Stores news for one person and tells their devices; the same news again change nothing. */
  news(userId: string, news: readonly News[]): Promise<void>;
  /** One piece of news for many people, for whom it is the first of its subject. */
  broadcast(userIds: readonly string[], news: News): Promise<void>;
  /** The person has dealt with it: it is read, on all devices. */
  settle(userId: string, kind: News['kind'], subject: string): Promise<void>;
  /** Takes a person out of what another has been told. */
  forget(userId: string, personId: string): Promise<void>;
};

type Options = { store: NotificationsStore; tell: Tell; now: () => string };

export const createDeliver = ({ store, tell, now }: Options): Deliver => {
  /** Reads, changes and stores a row until nobody was faster; null when nothing had to change. */
  const change = async (
    find: () => Promise<NotificationRecord | null>,
    next: (row: NotificationRecord | null) => NotificationRecord | null,
  ): Promise<string | null> => {
    for (let race = 0; race < MAX_RACES; race += 1) {
      const after = next(await find());
      if (!after) return null;
      if (await store.put(after)) return after.id;
    }
    throw unavailable('A notification could not be stored.');
  };
  const mergeOne = (userId: string, { kind, subject }: News, all: readonly News[]) =>
    change(
      () => store.findBySubject(userId, kind, subject),
      (row) => merged(row, all, { id: newId(), userId }),
    );
  return {
    news: async (userId, news) => {
      const changed: string[] = [];
      for (const group of bySubject(news)) {
        const id = group[0] && (await mergeOne(userId, group[0], group));
        if (id) changed.push(id);
      }
      if (changed.length > 0) await tell.changed(userId, changed);
    },
    broadcast: async (userIds, news) => {
      const rows = userIds.flatMap((userId) => merged(null, [news], { id: newId(), userId }) ?? []);
      await tell.added(await store.addMany(rows));
    },
    settle: async (userId, kind, subject) => {
      const row = await store.findBySubject(userId, kind, subject);
      if (row?.readAt !== null) return;
      await tell.read(userId, await store.markRead(userId, [row.id], now()));
    },
    forget: async (userId, personId) => {
      const rows = await store.listNaming(userId, personId, 1_000);
      const alone = rows.filter(({ count }) => count === 1).map(({ id }) => id);
      for (const id of alone) await store.remove(userId, id);
      if (alone.length > 0) await tell.removed(userId, alone);
      const others = rows.filter(({ count }) => count > 1);
      for (const { kind, subject } of others)
        await change(
          () => store.findBySubject(userId, kind, subject),
          (row) => without(row, personId),
        );
      if (others.length > 0)
        await tell.changed(
          userId,
          others.map(({ id }) => id),
        );
    },
  };
};

const without = (row: NotificationRecord | null, personId: string): NotificationRecord | null => {
  if (!row?.people.includes(personId)) return null;
  const people = row.people.filter((each) => each !== personId);
  return { ...row, people, count: row.count - 1, rev: row.rev + 1 };
};

const bySubject = (news: readonly News[]): News[][] => {
  const groups = new Map<string, News[]>();
  for (const one of news) {
    const key = `${one.kind}|${one.subject}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
};
