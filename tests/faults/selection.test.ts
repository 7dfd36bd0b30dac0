import { expect, test } from 'vitest';
import { type Backend, describeOn } from '../support/backends.ts';
import type { Shape } from './cluster.ts';
import { faultOf, oneOnSqlite, twoOnMongo, twoOnSqlite } from './schedules.ts';
import { runTrial } from './trial.ts';

/** Two minutes of `npm run faults`: the same faults, for a shorter time; times are only noted. */
const selection: [id: string, shape: Shape, needs: Backend[]][] = [
  ['F1', oneOnSqlite, ['sqlite']],
  ['F8', oneOnSqlite, ['sqlite']],
  ['F10', twoOnSqlite, ['sqlite']],
  ['F1', twoOnMongo, ['mongodb', 'redis']],
  ['F4', twoOnMongo, ['mongodb', 'redis']],
];
const TRIAL_MS = 240_000;

for (const [id, shape, needs] of selection) {
  const fault = faultOf(id);
  describeOn(needs, `${id}, ${fault.title},`, () => {
    test(
      `every promise holds with ${shape.processes} processes`,
      async () => {
        const seed = Math.floor(Math.random() * 1_000_000);
        const options = { seed, thorough: false, judgesTimes: false };
        const { problems, note } = await runTrial(fault, shape, options);
        if (note) process.stdout.write(`${id}: ${note}\n`);
        expect(problems, `again with: npm run faults -- --only ${id} --seed ${seed}`).toEqual([]);
      },
      TRIAL_MS,
    );
  });
}
