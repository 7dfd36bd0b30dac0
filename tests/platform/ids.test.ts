import { expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';

const digits = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';

test('an id begins with the millisecond that it was made in', () => {
  const before = Date.now();
  const id = newId();
  const ms = [...id.slice(0, 7)].reduce((sum, char) => sum * 64 + digits.indexOf(char), 0);
  expect(ms).toBeGreaterThanOrEqual(before);
  expect(ms).toBeLessThanOrEqual(Date.now());
});

test('ids are all different and sort as the times they were made at', async () => {
  const made: string[] = [];
  for (let tick = 0; tick < 5; tick += 1) {
    const ids = Array.from({ length: 1_000 }, newId);
    for (const id of ids) expect(id).toMatch(/^[\w-]{20}$/);
    made.push(...ids);
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  expect(new Set(made).size).toBe(made.length);
  const times = made.map((id) => id.slice(0, 7));
  expect([...times].sort()).toEqual(times);
  expect(new Set(times).size).toBeGreaterThan(4);
});
