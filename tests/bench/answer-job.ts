import type { Edge } from './job.ts';

const tell = (message: unknown) =>
  new Promise<void>((resolve) => void process.send?.(message, () => resolve()));

/** What a process of `startJob` does: takes one job, says when its window begins and ends, answers. */
export const answerJob = <J, R>(
  work: (job: J, say: (edge: Edge) => Promise<void>) => Promise<R>,
) => {
  process.once('message', (job: J) => {
    work(job, (edge) => tell({ kind: edge })).then(
      (result) => tell({ kind: 'done', result }).then(() => process.exit()),
      (error: unknown) => tell({ kind: 'failed', why: String(error) }).then(() => process.exit(1)),
    );
  });
  // Nobody to answer to: nothing to do.
  process.on('disconnect', () => process.exit());
  void tell({ kind: 'ready' });
};
