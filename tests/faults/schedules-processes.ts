import { setTimeout as wait } from 'node:timers/promises';
import type { Report } from './checker.ts';
import type { Shape } from './cluster.ts';
import { fenceOff, type Scene, smallPlan } from './scene.ts';
import type { Fault } from './trial.ts';

const oneFile = ({ store, processes }: Shape) => store === 'sqlite' && processes > 1;
const everywhere = (shape: Shape) => !oneFile(shape);
const inThorough = ({ thorough }: Scene, ms: number, otherwise: number) =>
  thorough ? ms : otherwise;

/** Each device comes back once anyway, at the forced resync. */
const EVERYBODY = smallPlan.people * smallPlan.devices;
const FENCE_MS = 1_000;
/** How many passes of a fail point a process may live, at most. */
const PASSES = 40;

const everybodyBack = async (crowd: Scene['crowd']) => {
  const missing = await crowd.back({ withinMs: 20_000 });
  if (missing.length > 0) throw new Error(`not back: ${missing.join(', ')}`);
};
const killAndRestart = async ({ site, random, crowd }: Scene) => {
  const member = random.pick(site.members);
  await wait(random.whole(500, 1_500));
  await member.end('SIGKILL');
  await wait(random.whole(100, 2_000));
  await member.start();
  await everybodyBack(crowd);
};

/** A process that ends itself at one exact place: what was committed is not acked, or not told. */
const dieAt = async ({ site, random, crowd }: Scene, point: string) => {
  const member = random.pick(site.members);
  await member.end('SIGKILL');
  await member.start({ FAULT: `${point}:${random.whole(1, PASSES)}` });
  // Its clients went elsewhere: some come back, until it has passed that place often enough.
  await crowd.churn({ everyMs: 4_000, offlineMs: 100, elsewhere: true });
  await member.ended(40_000);
  await crowd.churn(null);
  await wait(random.whole(100, 1_000));
  await member.start({ FAULT: '' });
  await everybodyBack(crowd);
};

const wasCut = ({ unknown, recovery }: Report) => unknown > 0 || recovery.count > EVERYBODY;
/** Nothing to feel for a client as long as the promise holds. */
const always = () => true;
const shiftedClock = new URL('./shifted-clock.mjs', import.meta.url).href;

export const processFaults: Fault[] = [
  {
    id: 'F1',
    title: 'kill -9 of a process, at random, before an ack, before a publish',
    fits: everywhere,
    felt: wasCut,
    run: async (scene) => {
      const kills = async () => {
        for (let turn = 0; turn < inThorough(scene, 3, 1); turn += 1) await killAndRestart(scene);
        await dieAt(scene, 'kill-before-ack');
        await dieAt(scene, 'kill-before-publish');
      };
      await Promise.all([fenceOff(scene, FENCE_MS, 3_000), kills()]);
    },
  },
  {
    id: 'F2',
    title: 'SIGTERM, rolling over all',
    fits: everywhere,
    felt: wasCut,
    // Told to come back within 10 s, a client may find that other process at its own end.
    bounds: { away: 22_000 },
    run: async (scene) => {
      const restarts = async () => {
        for (const member of scene.site.members) {
          await wait(1_000);
          await member.end('SIGTERM');
          await member.start();
        }
        await everybodyBack(scene.crowd);
      };
      await Promise.all([fenceOff(scene, FENCE_MS, 5_000), restarts()]);
    },
  },
  {
    id: 'F3',
    title: 'SIGSTOP for 5 s and 60 s, then on',
    fits: everywhere,
    felt: wasCut,
    // A stopped process tells nothing to those who hang on to it, until they give it up.
    bounds: { staleness: 10_000, away: 61_000 },
    run: async (scene) => {
      const { site, random } = scene;
      const member = random.pick(site.members);
      const long = site.shape.processes === 2 ? 60_000 : 10_000;
      for (const ms of [5_000, inThorough(scene, long, 7_000)]) {
        await wait(1_000);
        member.stop();
        await wait(ms);
        member.goOn();
      }
      await wait(2_000);
    },
  },
  {
    id: 'F10',
    title: 'all processes write one room, all the time',
    fits: ({ processes }) => processes > 1,
    felt: always,
    plan: { people: 6, devices: 2, rooms: 1 },
    pace: { everyMs: 150, length: 60, acts: 0.15, wrongs: 0.03 },
    run: async (scene) => wait(inThorough(scene, 20_000, 6_000)).then(() => {}),
  },
  {
    id: 'F11',
    title: "a process's clock an hour ahead, then an hour behind",
    fits: everywhere,
    felt: always,
    envOf: { a: { NODE_OPTIONS: `--import=${shiftedClock}`, CLOCK_AHEAD_MS: '3600000' } },
    run: async (scene) => {
      const [{ node }] = scene.site.members;
      await wait(inThorough(scene, 5_000, 3_000));
      // The clock of this process steps back by two hours.
      process.kill(node.pid, 'SIGUSR2');
      await wait(inThorough(scene, 5_000, 3_000));
    },
  },
];
