import { expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { decodeCursor, encodeCursor, pageOf } from '../../src/platform/cursor.ts';
import { createHook } from '../../src/platform/hook.ts';

const shape = ['string', 'number'] as const;

test('a cursor brings back what it was made of', () => {
  expect(decodeCursor(encodeCursor(['2026-01-01', 7]), shape)).toEqual(['2026-01-01', 7]);
});

test.each([
  ['not base64 of JSON', 'nonsense'],
  ['too short', encodeCursor(['2026-01-01'])],
  ['too long', encodeCursor(['2026-01-01', 7, 7])],
  ['of other types', encodeCursor([7, '2026-01-01'])],
  ['no list', Buffer.from('{"$gt":""}').toString('base64url')],
])('a cursor that is %s is refused', (_why, cursor) => {
  expect(() => decodeCursor(cursor, shape)).toThrow(
    expect.objectContaining({ code: 'bad_request' }),
  );
});

test('a page says that there is more only when there is', () => {
  const key = (row: number) => [row];
  const more = pageOf([1, 2, 3], 2, key);
  expect(more).toEqual({ items: [1, 2], next: encodeCursor([2]) });
  expect(pageOf([1, 2], 2, key)).toEqual({ items: [1, 2], next: null });
  expect(pageOf([], 2, key)).toEqual({ items: [], next: null });
});

test('a hook tells everybody, also when one of them fails', async () => {
  const hook = createHook<string>(createLog('silent'), 'test');
  const heard: string[] = [];
  hook.on(() => {
    throw new Error('at once');
  });
  hook.on(() => Promise.reject(new Error('later')));
  hook.on(async (fact) => {
    await new Promise((resolve) => setImmediate(resolve));
    heard.push(fact);
  });
  await hook.emit('news');
  expect(heard).toEqual(['news']);
});
