import type { Logger } from '../log.ts';

/** Work that nobody waits for but the end of the process. */
export const createWork = (log: Logger) => {
  const running = new Set<Promise<void>>();
  return {
    run: (promise: Promise<unknown>): void => {
      const done = promise
        .then(() => {})
        .catch((error: unknown) => log.warn({ err: error }, 'presence work failed'))
        .finally(() => void running.delete(done));
      running.add(done);
    },
    finished: async (): Promise<void> => {
      while (running.size > 0) await Promise.all(running);
    },
  };
};
export type Work = ReturnType<typeof createWork>;
