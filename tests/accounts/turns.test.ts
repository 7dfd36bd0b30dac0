import { expect, test } from 'vitest';
import { createTurns } from '../../src/accounts/turns.ts';

/** Jobs that end when the test says so. */
const createJobs = () => {
  const ends: (() => void)[] = [];
  let running = 0;
  let most = 0;
  const job = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => ends.push(resolve));
    running -= 1;
  };
  return { job, ends, most: () => most };
};

test('no more jobs run at once than there are places, and all come to their turn', async () => {
  const inTurn = createTurns(2, 10_000);
  const { job, ends, most } = createJobs();
  const all = Promise.all([1, 2, 3, 4, 5].map(() => inTurn(job)));
  for (let each = 0; each < 5; each += 1) {
    while (ends.length === 0) await new Promise((resolve) => setImmediate(resolve));
    ends.shift()?.();
  }
  await all;
  expect(most()).toBe(2);
});

test('who waits too long is told to come back, and takes no place', async () => {
  const inTurn = createTurns(1, 5);
  const { job, ends } = createJobs();
  const first = inTurn(job);
  await expect(inTurn(job)).rejects.toMatchObject({ code: 'unavailable' });
  ends.shift()?.();
  await first;
  await expect(inTurn(async () => 'done')).resolves.toBe('done');
});

test('a job that fails gives its place back', async () => {
  const inTurn = createTurns(1, 1_000);
  await expect(inTurn(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(inTurn(async () => 'done')).resolves.toBe('done');
});
