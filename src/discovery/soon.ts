import { GATHER_MS } from './talk.ts';

/** Does something once for all who ask for it within a moment; not after it was closed. */
export const createSoon = (run: () => void) => {
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  return {
    ask: () => {
      if (closed) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        run();
      }, GATHER_MS).unref();
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
};
