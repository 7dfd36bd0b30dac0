import { describe, expect, test } from 'vitest';
import { merged, type News } from '../../src/notifications/merge.ts';
import type { NotificationRecord } from '../../src/notifications/store.ts';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 12, 0, second)).toISOString();
const newsBy = (personId: string, second: number, changed: Partial<News> = {}): News => ({
  kind: 'response',
  subject: 'article-1',
  personId,
  causeId: `${personId}-${second}`,
  at: at(second),
  place: { messageId: `message-${second}` },
  ...changed,
});
const first = { id: 'row-row-row', userId: 'me-me-me-me' };
const all = (...news: News[]): NotificationRecord => {
  let row: NotificationRecord | null = null;
  for (const one of news) row = merged(row, [one], first) ?? row;
  if (!row) throw new Error('nothing was merged');
  return row;
};

describe('merging news into a row', () => {
  test('names the latest people first and counts each once', () => {
    const row = all(newsBy('ana', 1), newsBy('ben', 2), newsBy('ana', 3));
    expect(row).toMatchObject({ people: ['ana', 'ben'], count: 2, at: at(3), rev: 3 });
    expect(row.place).toEqual({ messageId: 'message-3' });
  });

  test('news told again change nothing, whether alone or among new ones', () => {
    const row = all(newsBy('ana', 1), newsBy('ben', 2));
    expect(merged(row, [newsBy('ana', 1)], first)).toBeNull();
    expect(merged(row, [newsBy('ben', 2), newsBy('ana', 1)], first)).toBeNull();
    const more = merged(row, [newsBy('ana', 1), newsBy('cleo', 3)], first);
    expect(more).toMatchObject({ people: ['cleo', 'ben', 'ana'], count: 3, rev: 3 });
  });

  test('the same news twice in one go count once', () => {
    const row = merged(null, [newsBy('ana', 1), newsBy('ana', 1)], first);
    expect(row).toMatchObject({ ...first, count: 1, rev: 1, causes: [{ id: 'ana-1', at: at(1) }] });
  });

  test('news that come late do not take the place of newer ones', () => {
    const row = all(newsBy('ben', 5), newsBy('ana', 2));
    expect(row).toMatchObject({ count: 2, at: at(5), place: { messageId: 'message-5' } });
  });

  test('a row that was read is unread again with news, and not without', () => {
    const read = { ...all(newsBy('ana', 1)), readAt: at(9) };
    expect(merged(read, [newsBy('ben', 10)], first)?.readAt).toBeNull();
    expect(merged(read, [newsBy('ana', 1)], first)).toBeNull();
  });

  test('a row stays small however many people come', () => {
    const crowd = Array.from({ length: 300 }, (_, index) => newsBy(`person-${index}`, index));
    const row = merged(null, crowd, first);
    expect(row?.people).toHaveLength(100);
    expect(row?.people[0]).toBe('person-299');
    expect(row?.causes).toHaveLength(50);
    expect(row?.count).toBe(300);
    expect(merged(row, [newsBy('person-7', 7)], first)).toBeNull();
    expect(merged(row, [newsBy('person-7', 300)], first)).toMatchObject({ at: at(300) });
  });
});
