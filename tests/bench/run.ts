import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { endOnSignals } from '../support/children.ts';
import type { Attempt } from './figures.ts';
import { fsyncMs } from './fsync.ts';
import { pin } from './processes.ts';
import { writeReport } from './results.ts';
import { createResults, judge } from './rounds.ts';
import { median } from './stats.ts';
import { goalsOf, tableOf } from './table.ts';
import type { Contender, MeasureOptions, Workload } from './workload.ts';
import { workloads } from './workloads.ts';

/**
 * npm run bench [-- --only W1,W4 --peers lyceum,socketio --rounds 1 --seconds 5 --seed 7 --profile]
 * Every peer under every load, in turns, round after round. A whole run writes RESULTS.md; a part
 * of it does so with --write.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    peers: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string' },
    seed: { type: 'string', default: '7' },
    profile: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
endOnSignals();
const say = (text: string) => void process.stdout.write(`${text}\n`);
const cores = { server: 0, generator: 1 };
const rounds = Number(values.rounds);
const only = values.only?.split(',');
const names = values.peers?.split(',');
const wanted = ({ name }: Contender) =>
  !names || names.some((each) => name === each || name.startsWith(`${each}-`));

const results = createResults();
const fsyncs: number[] = [];
const missing = new Map<string, string>();

/** Gets the profiles of what runs, when they are wanted. */
let profiling: ((text: string) => void) | null = null;

const runs = (contender: Contender): boolean => {
  if (!wanted(contender)) return false;
  const why = contender.missing();
  if (why) missing.set(contender.title, why);
  return why === null;
};
const isOurs = ({ name }: Contender) => name.startsWith('lyceum');
const optionsOf = ({ title }: Contender, round: number): MeasureOptions => ({
  cores,
  seed: Number(values.seed) + round,
  ...(values.seconds && { seconds: Number(values.seconds) }),
  ...(profiling && { profile: (text: string) => profiling?.(`${title} in the window:\n${text}`) }),
});
const attempt = async (contender: Contender, round: number): Promise<Attempt> => {
  try {
    return await contender.measure(optionsOf(contender, round));
  } catch (error) {
    return { figures: {}, refusal: error instanceof Error ? error.message : String(error) };
  }
};
const shown = ({ figures, refusal }: Attempt) =>
  refusal ??
  Object.entries(figures)
    .map(([name, value]) => `${name} ${value.toFixed(2)}`)
    .join(', ');

const runRounds = async ({ id, title, contenders }: Workload) => {
  say(`\n${id}: ${title}`);
  for (let round = 0; round < rounds; round += 1) {
    fsyncs[round] ??= await fsyncMs();
    for (const contender of contenders.filter(runs)) {
      const tried = await attempt(contender, round);
      results.put(id, contender.name, round, tried);
      say(`  ${contender.title}: ${shown(tried)}`);
    }
  }
};

/** One more run of what has a goal that is not met, to see where the time goes. */
const profileOf = async ({ id, contenders }: Workload): Promise<string[]> => {
  const texts: string[] = [];
  profiling = (text) => void texts.push(text);
  for (const contender of contenders.filter(isOurs).filter(runs)) {
    const { refusal } = await attempt(contender, 0);
    if (refusal) texts.push(`${contender.title}: ${refusal}`);
  }
  profiling = null;
  return texts.length > 0 ? [`### ${id}\n\n\`\`\`\n${texts.join('\n\n')}\n\`\`\``] : [];
};

if (availableParallelism() < 2) throw new Error('two cores are needed: one for the server');
// What is started from here stays beside the generator until it is given the server's core.
await pin([process.pid], cores.generator);
const chosen = workloads.filter(({ id }) => !only || only.includes(id));
for (const workload of chosen) await runRounds(workload);
const tables = chosen.map((workload) => tableOf(workload, results, runs));
for (const table of tables) say(`\n${table}`);
const verdicts = chosen.flatMap((workload) =>
  workload.goals.map((goal) => ({
    ...{ id: workload.id, workload },
    ...judge(goal, workload, { results, rounds, fsyncs }),
  })),
);
const missed = new Set(verdicts.flatMap(({ met, workload }) => (met === false ? workload : [])));
const goals = goalsOf(verdicts);
say(`\n${goals}\n`);
for (const [peer, why] of missing) say(`${peer} did not run: ${why}`);

const isWhole = !only && !names && !values.seconds && rounds >= 3;
const profiles: string[] = [];
if (isWhole || values.write || values.profile)
  for (const workload of values.profile ? chosen : missed)
    profiles.push(...(await profileOf(workload)));
for (const profile of profiles) say(`\n${profile}`);
if (isWhole || values.write) {
  const file = await writeReport({
    ...{ at: new Date().toISOString().slice(0, 16), rounds, fsyncMs: median(fsyncs) },
    ...{ goals, tables, profiles, missing },
    contenders: chosen.flatMap(({ contenders }) => contenders.filter(runs)),
  });
  say(`written to ${file}`);
}
