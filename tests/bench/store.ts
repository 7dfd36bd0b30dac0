import { opening } from './closers.ts';
import { diskFolder } from './disk.ts';
import type { Figures } from './figures.ts';
import { startJob } from './job.ts';
import { lyceum } from './peers/lyceum.ts';
import type { Contender, MeasureOptions } from './workload.ts';

const SECONDS = 3;
const SPARE_MS = 60_000;

export type StoreJob = { folder: string; seconds: number; how: 'append' | 'inserts' };

const measured =
  (how: StoreJob['how']) =>
  ({ cores, seconds = SECONDS }: MeasureOptions) =>
    opening(async (closers) => {
      const { path: folder } = closers.add(await diskFolder());
      const job: StoreJob = { folder, seconds, how };
      const figures = await startJob<Figures>('./store-alone.ts', job, {
        core: cores?.server ?? null,
        withinMs: 4 * seconds * 1_000 + SPARE_MS,
      });
      await closers.close();
      return { figures, refusal: null };
    });

/** The writer and all that leads to it, without a server around it. */
export const appending: Contender = { ...lyceum, measure: measured('append') };

export const inserting: Contender = {
  name: 'inserts',
  title: 'bare prepared inserts',
  stores: 'the same rows in the same table, one transaction for each handful',
  missing: () => null,
  measure: measured('inserts'),
};
