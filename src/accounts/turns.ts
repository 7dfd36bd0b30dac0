import { unavailable } from '../errors.ts';

/** Runs at most `atOnce` jobs; who waits longer than `waitMs` is told to come back. */
export const createTurns = (atOnce: number, waitMs: number) => {
  let running = 0;
  const waiting: (() => void)[] = [];
  const turn = () =>
    new Promise<void>((resolve, reject) => {
      if (running < atOnce) {
        running += 1;
        return resolve();
      }
      const go = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(go), 1);
        reject(unavailable('Too many people are signing in at once.'));
      }, waitMs);
      waiting.push(go);
    });
  const done = () => {
    const next = waiting.shift();
    // The place goes straight to the next one: `running` stays.
    if (next) next();
    else running -= 1;
  };
  return async <T>(job: () => Promise<T>): Promise<T> => {
    await turn();
    try {
      return await job();
    } finally {
      done();
    }
  };
};
