import { setTimeout as wait } from 'node:timers/promises';
import { check, isClean, type Report } from './checker.ts';
import { openSite, type Shape, type Site } from './cluster.ts';
import { openCrowd } from './crowd.ts';
import { createRandom } from './random.ts';
import { makeScene, type Plan, readEverything, type Scene, smallPlan } from './scene.ts';
import { calm, type Pace } from './talk.ts';

/** What a fault may cost at most, in milliseconds. */
export type Bounds = {
  /** p99 of the time from a reconnect to being complete. */
  recovery: number;
  /** p99 of the time from losing the connection to being complete. */
  away: number;
  /** The longest that a connected device may miss a stored event. */
  staleness: number;
  /** The longest until `unavailable`. */
  refusal: number;
  /** Connections on which an ask stayed unanswered. */
  silences: number;
};
export const promised: Bounds = {
  recovery: 1_000,
  away: 10_000,
  staleness: 2_000,
  refusal: 3_000,
  silences: Number.POSITIVE_INFINITY,
};

export type Fault = {
  id: string;
  title: string;
  /** Where it can be shown at all. */
  fits(shape: Shape): boolean;
  bounds?: Partial<Bounds>;
  /** Whether clients noticed anything: a fault that nobody felt shows nothing. */
  felt(report: Report): boolean;
  plan?: Plan;
  /** How all talk meanwhile; null: the schedule says who talks. */
  pace?: Pace | null;
  env?: Record<string, string>;
  envOf?: Record<string, Record<string, string>>;
  run(scene: Scene): Promise<void>;
};

export type Trial = {
  fault: Fault;
  shape: Shape;
  seed: number;
  report: Report;
  /** Empty: all promises held. */
  problems: string[];
  /** Why times were not judged; null when they were. */
  note: string | null;
  seconds: number;
};

export type TrialOptions = {
  seed: number;
  thorough: boolean;
  mongoServer?: string | null;
  env?: Record<string, string>;
  /** Off: times are noted, not judged, as in tests that share a busy machine. */
  judgesTimes?: boolean;
};

/** Lines of a log that are shown, and how much of each. */
const EXCERPT = 3;
const LINE = 600;
const WARM_MS = 1_500;
const QUIET_MS = 60_000;
/** Longer than any repair of a missed hint may take: who was not told by then will not be. */
const SETTLE_MS = 3_000;
/** Where the people's own process is late by more (p99), the machine is too busy to judge times. */
const LAG_MS = 40;
/** What measuring itself may add: timers, two hops through proxies, a busy machine. */
const TOLERANCE_MS = 250;

const slow = ({ report, bounds }: { report: Report; bounds: Bounds }): string[] => {
  const { recovery, away, staleness, refusal } = report;
  const measured: [string, number, number][] = [
    ['recovery p99', recovery.p99, bounds.recovery],
    ['away p99', away.p99, bounds.away],
    ['staleness max', staleness.max, bounds.staleness],
    ['time to unavailable, max', refusal.max, bounds.refusal],
  ];
  const unanswered =
    report.silences > bounds.silences
      ? [`${report.silences} connections without an answer for 5 s`]
      : [];
  return measured
    .filter(([, value, bound]) => value > bound + TOLERANCE_MS)
    .map(([name, value, bound]) => `${name} ${Math.round(value)} ms, promised ${bound} ms`)
    .concat(unanswered);
};

const crashes = ({ members }: Site): string[] =>
  members
    .filter((member) => member.crashed())
    .map(({ name, node }) => `process ${name} ended by itself:\n${node.logs.slice(-5).join('')}`);

/** What the processes wrote down as defects. */
const defects = ({ members }: Site): string[] =>
  members.flatMap(({ name, node }) =>
    node.logs
      .join('')
      .split('\n')
      .filter((line) => line.includes('"level":50') || line.includes('"level":"error"'))
      .slice(0, EXCERPT)
      .map((line) => `process ${name}: ${line.slice(0, LINE)}`),
  );

const perform = async (scene: Scene, fault: Fault): Promise<string[]> => {
  const { crowd, site } = scene;
  const notQuiet = async (when: string, withinMs: number) =>
    (await crowd.quiet({ withinMs })).map((device) => `not quiet ${when}: ${device}`);
  await crowd.start({});
  const problems = await notQuiet('at the start', QUIET_MS);
  const pace = fault.pace === undefined ? calm : fault.pace;
  if (pace) await crowd.talk({ pace });
  await wait(WARM_MS);
  await fault.run(scene);
  problems.push(...crashes(site));
  await site.heal();
  await wait(WARM_MS);
  await crowd.talk({ pace: null });
  problems.push(...(await notQuiet('after the fault', QUIET_MS)));
  await wait(SETTLE_MS);
  await crowd.drop({ how: 'close', offlineMs: 0, elsewhere: true });
  problems.push(...(await notQuiet('after the resync', QUIET_MS)));
  await crowd.screens();
  await readEverything(scene);
  return [...problems, ...crashes(site)];
};

/** One run of one fault: a site of its own, people, the fault, a quiet end, a verdict. */
export const runTrial = async (
  fault: Fault,
  shape: Shape,
  { seed, thorough, mongoServer, env, judgesTimes = true }: TrialOptions,
): Promise<Trial> => {
  const from = Date.now();
  const site = await openSite(shape, {
    mongoServer,
    env: { ...fault.env, ...env },
    envOf: fault.envOf,
  });
  const crowd = await openCrowd();
  try {
    const random = createRandom(seed).fork(`${fault.id} ${shape.store} ${shape.processes}`);
    const plan = fault.plan ?? smallPlan;
    const scene = await makeScene({ site, crowd, random, plan, thorough });
    const problems = await perform(scene, fault);
    const { history, lagMs } = await crowd.history();
    const report = check(history);
    if (!fault.felt(report)) problems.push('the fault was not felt: this run shows nothing');
    if (!isClean(report)) problems.push(...report.examples);
    if (report.counts['undeclared error'] > 0) problems.push(...defects(site));
    const late = slow({ report, bounds: { ...promised, ...fault.bounds } });
    const isJudge = judgesTimes && lagMs <= LAG_MS;
    if (isJudge) problems.push(...late);
    const note =
      isJudge || late.length === 0
        ? null
        : `times not judged (the people's own process was late by ${Math.round(lagMs)} ms): ${late.join(', ')}`;
    const seconds = (Date.now() - from) / 1_000;
    return { fault, shape, seed, report, problems, note, seconds };
  } finally {
    await crowd.close();
    await site.close();
  }
};
