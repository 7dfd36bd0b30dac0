import { expect, test } from 'vitest';
import { buckets, spend } from '../../src/edge/limits.ts';
import type { Actor } from '../../src/platform/actor.ts';
import { createMemoryLimits } from '../../src/platform/limits.ts';
import { createTestClock } from '../support/clock.ts';

const HOUR_MS = 3_600_000;
const joinedBefore = (hours: number): Actor => ({
  userId: `joined-${hours}`,
  username: 'ana',
  roles: [],
  joinedMs: Date.now() - hours * HOUR_MS,
  via: { kind: 'session', id: 'one' },
});

/** How many messages of a person pass at once. */
const burstOf = (actor: Actor): number => {
  const limits = createMemoryLimits(createTestClock(), 1);
  const who = { actor, ip: '::1' };
  let passed = 0;
  const send = () => {
    void spend(limits, 'messages', who);
    passed += 1;
  };
  expect(() => {
    while (passed < 1_000) send();
  }).toThrow(expect.objectContaining({ code: 'rate_limited' }));
  limits.close();
  return passed;
};

test('for its first 72 h an account sends fewer messages at once', () => {
  expect(burstOf(joinedBefore(71))).toBe(buckets.newcomerMessages.burst);
  expect(burstOf(joinedBefore(73))).toBe(buckets.messages.burst);
});
