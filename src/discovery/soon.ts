import { GATHER_MS } from './talk.ts';

/** Does something once for all who ask for it within a moment; nobody waits for it at the end. */
export const createSoon = (run: () => void) => {
  let timer: NodeJS.Timeout | undefined;
  return {
    ask: () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        run();
      }, GATHER_MS).unref();
    },
    close: () => clearTimeout(timer),
  };
};
