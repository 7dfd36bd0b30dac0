import { parseArgs } from 'node:util';
import { missing, mongoUrl } from '../support/backends.ts';
import { endOnSignals } from '../support/children.ts';
import { type Shape, startMongoServer } from './cluster.ts';
import { faults, shapes } from './schedules.ts';
import { lineOf, tableOf } from './table.ts';
import { runTrial, type Trial } from './trial.ts';

/**
 * npm run faults [-- --seed 7 --only F1,F4 --store mongodb --processes 2 --brief]
 * Runs every fault on every shape where it can be shown. Exit code 1 when a promise was broken.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    only: { type: 'string' },
    store: { type: 'string' },
    processes: { type: 'string' },
    brief: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
const only = values.only?.split(',');
const say = (text: string) => void process.stdout.write(`${text}\n`);

const wanted = ({ store, processes }: Shape) =>
  (!values.store || values.store === store) &&
  (!values.processes || Number(values.processes) === processes);

endOnSignals();
const own = mongoUrl ? null : await startMongoServer();
const mongoServer = mongoUrl ?? own?.url ?? null;
const trials: Trial[] = [];
const failed: string[] = [];
const skipped: string[] = [];
try {
  say(`seed ${seed}`);
  for (const fault of faults.filter(({ id }) => !only || only.includes(id))) {
    for (const shape of shapes.filter((each) => fault.fits(each) && wanted(each))) {
      const name = `${fault.id} on ${shape.store} × ${shape.processes}`;
      if ((shape.store === 'mongodb' && !mongoServer) || (shape.redis && missing('redis'))) {
        skipped.push(name);
        continue;
      }
      try {
        const trial = await runTrial(fault, shape, { seed, thorough: !values.brief, mongoServer });
        trials.push(trial);
        say(lineOf(trial));
      } catch (error) {
        failed.push(name);
        say(`${name} could not be run: ${error instanceof Error ? error.stack : String(error)}`);
      }
    }
  }
} finally {
  await own?.close();
}
say(`\n${tableOf(trials)}\n`);
if (skipped.length > 0)
  say(`not run, because MongoDB (MONGO_URL) or redis-server is not here: ${skipped.join(', ')}`);
const broken = trials.filter(({ problems }) => problems.length > 0);
say(
  `${trials.length - broken.length} hold, ${broken.length} broken, ${failed.length} could not be run; again with --seed ${seed}`,
);
if (broken.length + failed.length > 0 || trials.length === 0) process.exitCode = 1;
