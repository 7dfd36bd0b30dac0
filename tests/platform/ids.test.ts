import { expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';

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
