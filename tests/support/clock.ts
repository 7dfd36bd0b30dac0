import type { Clock } from '../../src/platform/clock.ts';

export type TestClock = Clock & { forward(ms: number): void };

/** A clock that stands still until a test moves it. */
export const createTestClock = (start = Date.UTC(2026, 0, 1, 12)): TestClock => {
  let now = start;
  return {
    now: () => now,
    iso: () => new Date(now).toISOString(),
    forward: (ms) => {
      now += ms;
    },
  };
};
