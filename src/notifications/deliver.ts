import { unavailable } from '../errors.ts';
import { newId } from '../platform/ids.ts';
import { empty, merged, type News, withoutMessage, withoutPerson } from './merge.ts';
import type { NotificationRecord, NotificationsStore } from './store.ts';
import type { Tell } from './tell.ts';

/** Losing the race for one row so often means that something is wrong. */
const MAX_RACES = 20;
/** One message is taken out of what at most so many people were told. */
const RETRACTED_MAX = 1_000;

/** A deleted message, and the kinds and subjects under which it was told. */
export type Retracted = {
  messageId: string;
  senderId: string;
  told: readonly Pick<News, 'kind' | 'subject'>[];
};

export type Deliver = {
  /** Stores news for one person and tells their devices; the same news again change nothing. */
  news(userId: string, news: readonly News[]): Promise<void>;
  /** One piece of news for many people, for whom it is the first of its subject. */
  broadcast(userIds: readonly string[], news: News): Promise<void>;
  /** The person has dealt with it: it is read, on all devices. */
  settle(userId: string, kind: News['kind'], subject: string): Promise<void>;
  /** Takes a person out of what another has been told. */
  forget(userId: string, personId: string): Promise<void>;
  /** Takes a message out of what anybody has been told; what it alone was told in is removed. */
  retract(message: Retracted): Promise<void>;
};

type Changed = { id: string; userId: string; isGone: boolean };
type Options = { store: NotificationsStore; tell: Tell; now: () => string };

export const createDeliver = ({ store, tell, now }: Options): Deliver => {
  /**
   * Reads, changes and stores a row until nobody was faster, or removes one that names nobody;
   * null when nothing had to change.
   */
  const change = async (
    find: () => Promise<NotificationRecord | null>,
    next: (row: NotificationRecord | null) => NotificationRecord | null,
  ): Promise<Changed | null> => {
    for (let race = 0; race < MAX_RACES; race += 1) {
      const after = next(await find());
      if (!after) return null;
      const isGone = after.count === 0;
      const before = { ...after, rev: after.rev - 1 };
      if (await (isGone ? store.remove(before) : store.put(after))) return { ...after, isGone };
    }
    throw unavailable('A notification could not be stored.');
  };
  const mergeOne = (userId: string, { kind, subject }: News, all: readonly News[]) =>
    change(
      () => store.findBySubject(userId, kind, subject),
      (row) => merged(row, all, { id: newId(), userId }),
    );
  const changeAll = async (
    rows: readonly NotificationRecord[],
    next: (row: NotificationRecord | null) => NotificationRecord | null,
  ) => {
    const changes: Changed[] = [];
    for (const { userId, kind, subject } of rows) {
      const one = await change(() => store.findBySubject(userId, kind, subject), next);
      if (one) changes.push(one);
    }
    for (const userId of new Set(changes.map((one) => one.userId))) {
      const of = (isGone: boolean) =>
        changes.filter((one) => one.userId === userId && one.isGone === isGone).map(({ id }) => id);
      const [gone, left] = [of(true), of(false)];
      if (gone.length > 0) await tell.removed(userId, gone);
      if (left.length > 0) await tell.changed(userId, left);
    }
  };
  return {
    news: async (userId, news) => {
      const changed: string[] = [];
      for (const group of bySubject(news)) {
        const one = group[0] && (await mergeOne(userId, group[0], group));
        if (one) changed.push(one.id);
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
      await changeAll(rows, (row) => withoutPerson(row, personId));
    },
    retract: async ({ messageId, senderId, told }) => {
      for (const about of told) {
        const rows = await store.listCaused(about, messageId, RETRACTED_MAX);
        await changeAll(rows, (row) => withoutMessage(row, messageId));
      }
      const reactions = await store.findBySubject(senderId, 'reaction', messageId);
      if (reactions) await changeAll([reactions], (row) => row && empty(row));
    },
  };
};

const bySubject = (news: readonly News[]): News[][] => {
  const groups = new Map<string, News[]>();
  for (const one of news) {
    const key = `${one.kind}|${one.subject}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
};
