import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NotificationRecord, NotificationsStore } from '../../src/notifications/store.ts';
import { newId } from '../../src/platform/ids.ts';
import { describeOnStores } from '../support/backends.ts';
import { type OpenStore, openNotificationsStore } from './stores.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString();

const rowOf = (userId: string, changed: Partial<NotificationRecord> = {}): NotificationRecord => ({
  id: newId(),
  userId,
  kind: 'response',
  subject: newId(),
  people: ['ana-ana-ana'],
  count: 1,
  place: { roomId: 'room-room-1', messageId: 'message-1' },
  at: at(0),
  readAt: null,
  rev: 1,
  causes: [{ id: 'cause-1', at: at(0) }],
  since: '',
  ...changed,
});

/** What every notifications store promises. */
export const notificationsStoreSuite = () =>
  describeOnStores('the notifications store', (name) => {
    let open: OpenStore;
    let store: NotificationsStore;
    beforeAll(async () => {
      open = await openNotificationsStore(name);
      store = open.store;
    });
    afterAll(() => open.close());

    const stored = async (userId: string, changed: Partial<NotificationRecord> = {}) => {
      const row = rowOf(userId, changed);
      expect(await store.put(row)).toBe(true);
      return row;
    };
    const unread = async (userId: string) => (await store.unreadOf([userId])).get(userId) ?? 0;
    const idsOf = (rows: readonly NotificationRecord[]) => rows.map(({ id }) => id);

    test('rows come back as they were stored', async () => {
      const userId = newId();
      const row = await stored(userId, { place: { articleId: 'article-1' }, readAt: at(1) });
      expect(await store.findBySubject(userId, row.kind, row.subject)).toEqual(row);
      expect(await store.find(userId, [row.id, newId()])).toEqual([row]);
      expect(await store.find(newId(), [row.id])).toEqual([]);
      expect(await store.findBySubject(userId, 'reply', row.subject)).toBeNull();
    });

    test('a person has one row for a kind and subject, also when many store it at once', async () => {
      const userId = newId();
      const subject = newId();
      const puts = Array.from({ length: 8 }, () => store.put(rowOf(userId, { subject })));
      expect((await Promise.all(puts)).filter(Boolean)).toHaveLength(1);
      expect(await store.list(userId, { limit: 10 })).toHaveLength(1);
      await stored(userId, { subject, kind: 'mention' });
      await stored(newId(), { subject });
    });

    test('a row changes only from the revision that was read', async () => {
      const userId = newId();
      const row = await stored(userId);
      const next = { ...row, rev: 2, people: ['ben-ben-ben', 'ana-ana-ana'], count: 2 };
      const puts = Array.from({ length: 8 }, () => store.put(next));
      expect((await Promise.all(puts)).filter(Boolean)).toHaveLength(1);
      expect(await store.put({ ...next, rev: 4 })).toBe(false);
      expect(await store.find(userId, [row.id])).toEqual([next]);
    });

    test('first rows of many people leave those alone who have one', async () => {
      const [ana, ben] = [newId(), newId()];
      const subject = newId();
      const old = await stored(ana, { subject });
      const added = await store.addMany([rowOf(ana, { subject }), rowOf(ben, { subject })]);
      expect(added.map(({ userId }) => userId)).toEqual([ben]);
      expect(await store.list(ana, { limit: 10 })).toEqual([old]);
      expect(await store.list(ben, { limit: 10 })).toEqual(added);
      expect(await store.addMany([])).toEqual([]);
    });

    test('a list is newest first and goes on after the last row shown', async () => {
      const userId = newId();
      const rows = [];
      for (const minute of [3, 1, 2, 2, 2]) rows.push(await stored(userId, { at: at(minute) }));
      const newestFirst = rows.toSorted((a, b) =>
        a.at === b.at ? (a.id < b.id ? 1 : -1) : a.at < b.at ? 1 : -1,
      );
      const first = await store.list(userId, { limit: 3 });
      expect(idsOf(first)).toEqual(idsOf(newestFirst.slice(0, 3)));
      const last = first.at(-1);
      const after = { at: last?.at ?? '', id: last?.id ?? '' };
      expect(idsOf(await store.list(userId, { after, limit: 3 }))).toEqual(
        idsOf(newestFirst.slice(3)),
      );
    });

    test('rows become read by id, each once, and only those of the person', async () => {
      const [ana, ben] = [newId(), newId()];
      const [one, two] = [await stored(ana), await stored(ana)];
      const other = await stored(ben);
      expect(await unread(ana)).toBe(2);
      const ids = [one.id, other.id, newId()];
      expect(await store.markRead(ana, ids, at(5))).toEqual([one.id]);
      expect(await store.markRead(ana, ids, at(6))).toEqual([]);
      expect(await store.find(ana, [one.id])).toEqual([{ ...one, readAt: at(5), rev: 2 }]);
      expect(await store.unreadOf([ana, ben])).toEqual(
        new Map([
          [ana, 1],
          [ben, 1],
        ]),
      );
      await store.markRead(ana, [two.id], at(6));
      expect(await store.unreadOf([ana])).toEqual(new Map());
    });

    test('rows become read up to one of them; newer ones stay', async () => {
      const userId = newId();
      const [old, middle, newest] = [
        await stored(userId, { at: at(1) }),
        await stored(userId, { at: at(2) }),
        await stored(userId, { at: at(3) }),
      ];
      const read = await store.markReadUpTo(userId, { at: middle.at, id: middle.id }, at(9));
      expect(read.toSorted()).toEqual([old.id, middle.id].toSorted());
      expect(await store.find(userId, [newest.id])).toEqual([newest]);
      expect(await unread(userId)).toBe(1);
    });

    test('a row that changed while it became read is not both', async () => {
      const userId = newId();
      const row = await stored(userId);
      const news = { ...row, rev: 2, at: at(4) };
      const [isStored] = await Promise.all([
        store.put(news),
        store.markRead(userId, [row.id], at(5)),
      ]);
      const [now] = await store.find(userId, [row.id]);
      expect(now?.rev).toBeGreaterThan(1);
      // What was put after the reading must have been refused; what came before it was read.
      if (isStored) expect(now?.at).toBe(at(4));
      else expect(now?.readAt).toBe(at(5));
    });

    test('the rows that counted an act are found, whoever they are for', async () => {
      const [ana, ben, subject] = [newId(), newId(), newId()];
      const causes = [{ id: 'cause-1', at: at(0), by: 'ana-ana-ana' }];
      const counted = [
        await stored(ana, { subject, causes, at: at(2) }),
        await stored(ben, { subject, causes, at: at(1) }),
      ];
      await stored(newId(), { subject, causes: [{ id: 'cause-2', at: at(0) }] });
      await stored(ana, { subject, kind: 'mention' });
      await stored(ana);
      const about = { kind: 'response', subject } as const;
      expect(await store.listCaused(about, 'cause-1', 10)).toEqual(counted);
      expect(await store.listCaused(about, 'cause-1', 1)).toEqual(counted.slice(0, 1));
    });

    test('the rows that name somebody are found, and rows can go', async () => {
      const userId = newId();
      const named = await stored(userId, { people: ['ben-ben-ben', 'cleo-cleo-1'], count: 2 });
      const other = await stored(userId, { people: ['ana-ana-ana'] });
      expect(idsOf(await store.listNaming(userId, 'cleo-cleo-1', 10))).toEqual([named.id]);
      expect(await store.remove({ ...named, userId: newId() })).toBe(false);
      expect(await store.remove({ ...named, rev: 2 })).toBe(false);
      expect(await store.list(userId, { limit: 10 })).toHaveLength(2);
      expect(await store.remove(named)).toBe(true);
      expect(await store.remove(named)).toBe(false);
      expect(idsOf(await store.list(userId, { limit: 10 }))).toEqual([other.id]);
    });
  });
