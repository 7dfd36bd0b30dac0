import { expect, test, vi } from 'vitest';
import { makeClientId } from '../../client/src/net/client-id.ts';

test('ids of what is sent are all different, and sort as the times they were made at', () => {
  vi.useFakeTimers();
  const made: string[] = [];
  for (const at of ['2026-01-01', '2026-01-02', '2040-06-30', '2059-01-01']) {
    vi.setSystemTime(at);
    const ids = Array.from({ length: 100 }, makeClientId);
    for (const id of ids) expect(id).toMatch(/^[\w-]{24}$/);
    made.push(...ids);
  }
  vi.useRealTimers();
  expect(new Set(made).size).toBe(made.length);
  const times = made.map((id) => id.slice(0, 8));
  expect([...times].sort()).toEqual(times);
});
