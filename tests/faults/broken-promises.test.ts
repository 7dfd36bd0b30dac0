import mongoose from 'mongoose';
import { describe, expect, test } from 'vitest';
import { describeOn } from '../support/backends.ts';
import type { Anomaly } from './anomalies.ts';
import type { Shape, Site } from './cluster.ts';
import { faultOf, oneOnSqlite, twoOnMongo } from './schedules.ts';
import { type Fault, runTrial, type Trial } from './trial.ts';

/**
 * The tests of the tests: with one of the means switched off that keep the promises, a run must
 * go red, and for that reason.
 */
const TRIAL_MS = 240_000;
const seed = 1;

const found = ({ report }: Trial, names: Anomaly[]) =>
  names.reduce((sum, name) => sum + report.counts[name], 0);

/** Kills the process while messages are on their way, then lets everybody come back. */
const killing: Fault = {
  ...faultOf('F1'),
  run: async ({ site, crowd }) => {
    const [member] = site.members;
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    await member.end('SIGKILL');
    await member.start();
    await crowd.back({ withinMs: 20_000 });
  },
};

const dropIndex = async ({ mongoUrl }: Site, name: string) => {
  if (!mongoUrl) throw new Error('this needs MongoDB');
  const connection = await mongoose.createConnection(mongoUrl).asPromise();
  await connection.collection('room_events').dropIndex(name);
  await connection.close();
};

const runBroken = (fault: Fault, shape: Shape, FAULT?: string) =>
  runTrial(fault, shape, { seed, thorough: false, ...(FAULT && { env: { FAULT } }) });

describe('a run goes red', () => {
  describeOn(['sqlite'], 'when an ack does not wait for the commit,', () => {
    test(
      'what was acked is lost',
      async () => {
        const trial = await runBroken(killing, oneOnSqlite, 'no-wait');
        expect(found(trial, ['lost'])).toBeGreaterThan(0);
        expect(trial.problems).not.toEqual([]);
      },
      TRIAL_MS,
    );
  });

  describeOn(['sqlite'], 'when a resend is not known again,', () => {
    test(
      'one message is stored twice',
      async () => {
        const trial = await runBroken(faultOf('F8'), oneOnSqlite, 'no-dedupe');
        expect(found(trial, ['duplicate', 'failed-but-seen'])).toBeGreaterThan(0);
        expect(trial.problems).not.toEqual([]);
      },
      TRIAL_MS,
    );
  });

  describeOn(['mongodb', 'redis'], 'when no unique index stands between two processes,', () => {
    test(
      'one number is given twice',
      async () => {
        const writing = faultOf('F10');
        const unfenced: Fault = {
          ...writing,
          run: async (scene) => {
            await dropIndex(scene.site, 'roomId_1_seq_1');
            await writing.run(scene);
          },
        };
        const trial = await runBroken(unfenced, twoOnMongo);
        expect(found(trial, ['inconsistent seq'])).toBeGreaterThan(0);
        expect(trial.problems).not.toEqual([]);
      },
      TRIAL_MS,
    );
  });
});
