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

const DAY = 24 * 3_600_000;

/** The clock of the wall, set back by some days. */
export const setBack = (): Clock & { by: (days: number) => void } => {
  let days = 0;
  const now = () => Date.now() - days * DAY;
  return { now, iso: () => new Date(now()).toISOString(), by: (wanted) => (days = wanted) };
};
