import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DatabaseSync } from '@photostructure/sqlite';
import type { Report } from './checker.ts';
import type { Member, Shape } from './cluster.ts';
import type { Mode, Only } from './proxy.ts';
import { fenceOff, type Scene } from './scene.ts';
import type { Fault } from './trial.ts';

const withRedis = ({ redis }: Shape) => redis;
const lastsMs = ({ thorough }: Scene, ms: number, otherwise: number) => (thorough ? ms : otherwise);

/** Without Redis a removal is known by looking, which happens every 10 s at the latest. */
const FENCE_WITHOUT_REDIS_MS = 10_000;
const subscribers: Only = { said: 'subscribe' };
const publishers: Only = { notSaid: 'subscribe' };

const wasRefused = ({ refusal, unknown }: Report) => refusal.count > 0 || unknown > 0;
/** Nothing to feel for a client as long as the promise holds. */
const always = () => true;

const onRedis = async (members: readonly Member[], mode: Mode, ms: number, only?: Only) => {
  for (const { redis } of members) redis?.set(mode, only);
  await wait(ms);
  for (const { redis } of members) redis?.set({ kind: 'pass' });
  await wait(1_500);
};
const onMongo = async ({ site }: Scene, mode: Mode, ms: number) => {
  for (const { mongo } of site.members) mongo?.set(mode);
  await wait(ms);
  for (const { mongo } of site.members) mongo?.set({ kind: 'pass' });
  await wait(2_000);
};

/** Holds the write lock of the file, as a stuck backup would. */
const lockFile = async ({ site }: Scene, ms: number) => {
  const db = new DatabaseSync(join(site.dataDir, 'lyceum.db'), { timeout: 5_000 });
  db.exec('BEGIN IMMEDIATE');
  await wait(ms);
  db.exec('ROLLBACK');
  db.close();
  await wait(2_000);
};

/** From the middle of the write-ahead log on nothing can be written, then nothing at all. */
const fillDisk = async ({ site }: Scene, share: number, ms: number) => {
  const [member] = site.members;
  const { size } = await stat(join(site.dataDir, 'lyceum.db-wal'));
  await member.limitFiles(Math.floor(size * share));
  await wait(ms);
  await member.limitFiles(null);
  await wait(2_000);
};

export const backendFaults: Fault[] = [
  {
    id: 'F4',
    title: 'kill -9 of Redis, back empty',
    fits: withRedis,
    felt: always,
    run: async (scene) => {
      const { redis } = scene.site;
      const long = scene.site.shape.processes === 2 ? 30_000 : 10_000;
      await wait(500);
      await redis?.kill();
      await wait(1_000);
      await redis?.start();
      await wait(3_000);
      await redis?.kill();
      await Promise.all([
        wait(lastsMs(scene, long, 4_000)).then(redis?.start),
        scene.thorough ? fenceOff(scene, FENCE_WITHOUT_REDIS_MS, 2_000) : null,
      ]);
      await wait(2_000);
    },
  },
  {
    id: 'F5',
    title: 'Redis silent: for all, for one, for its subscriber, for its publisher',
    fits: withRedis,
    felt: always,
    run: async (scene) => {
      const { members } = scene.site;
      const one = [scene.random.pick(members)];
      const silences = async () => {
        await wait(500);
        await onRedis(members, { kind: 'blackhole' }, lastsMs(scene, 20_000, 5_000));
        await onRedis(one, { kind: 'blackhole' }, 6_000);
        await onRedis(one, { kind: 'blackhole' }, 6_000, subscribers);
        await onRedis(one, { kind: 'blackhole' }, 6_000, publishers);
        await onRedis(members, { kind: 'delay', ms: 300 }, 3_000);
      };
      await Promise.all([fenceOff(scene, FENCE_WITHOUT_REDIS_MS, 5_000), silences()]);
    },
  },
  {
    id: 'F7',
    title: 'the store silent or away for 5 s; its answers cut after the commit',
    fits: ({ processes, store }) => store === 'mongodb' || processes === 1,
    felt: wasRefused,
    // Nobody can be complete, or up to date, without a store.
    bounds: { recovery: 9_000, staleness: 9_000, away: 15_000, silences: 0 },
    run: async (scene) => {
      await wait(500);
      if (scene.site.shape.store === 'sqlite') return lockFile(scene, 5_000);
      await onMongo(scene, { kind: 'blackhole' }, 5_000);
      await onMongo(scene, { kind: 'reset' }, 5_000);
      for (let turn = 0; turn < 4; turn += 1)
        await onMongo(scene, { kind: 'cut', after: 0 }, scene.random.whole(20, 300));
    },
  },
  {
    id: 'F12',
    title: 'the disk full in a commit, then freed',
    fits: ({ store, processes }) => store === 'sqlite' && processes === 1,
    felt: wasRefused,
    bounds: { recovery: 9_000, staleness: 9_000, silences: 0 },
    run: async (scene) => {
      for (const share of [0.5, 0]) {
        await wait(1_000);
        await fillDisk(scene, share, lastsMs(scene, 4_000, 2_000));
      }
    },
  },
];
