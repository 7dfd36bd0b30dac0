import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BUDGETS, weighBuild } from '../../client/build/budget.ts';

const built = 'dist/client';

test('an article page has at most 100 KB of script, chat at most 160', async () => {
  expect(BUDGETS.map(({ name, limit }) => [name, limit])).toEqual([
    ['article page', 100],
    ['chat', 160],
  ]);
  const lines = await weighBuild(built);
  process.stdout.write(`${lines.join('\n')}\n`);
  // The weight of nothing is no proof.
  for (const line of lines) expect(Number(/([\d.]+) KB/.exec(line)?.[1])).toBeGreaterThan(20);
});

test('a page with more script than it may have ends the build', async () => {
  const narrower = BUDGETS.map((budget) => ({ ...budget, limit: 20 }));
  await expect(weighBuild(built, narrower)).rejects.toThrow('article page');
});

test('the schema library stays out of the browser', async () => {
  const scripts = (await readdir(join(built, 'assets'))).filter((file) => file.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(5);
  for (const file of scripts) {
    expect(await readFile(join(built, 'assets', file), 'utf8'), file).not.toContain('ZodError');
  }
});
