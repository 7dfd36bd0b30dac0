import { expect, test } from 'vitest';
import { createMaking } from '../../src/platform/making.ts';

test('what many ask for at the same time is made once, after they asked', async () => {
  const make = createMaking<string>();
  let made = 0;
  const one = () => make('/a/moon', async () => `moon ${(made += 1)}`);
  expect(await Promise.all([one(), one(), one()])).toEqual(['moon 1', 'moon 1', 'moon 1']);
  expect(await one()).toBe('moon 2');
});

test('each key has its own, and a failure reaches only those who asked for it', async () => {
  const make = createMaking<string>();
  const failing = make('/a/none', () => Promise.reject(new Error('not there')));
  const other = make('/a/sun', async () => 'sun');
  await expect(failing).rejects.toThrow('not there');
  expect(await other).toBe('sun');
});
