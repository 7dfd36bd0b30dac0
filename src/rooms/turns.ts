import type { Logger } from '../log.ts';

export type Turns = {
  /** Runs the task now, or once more after the run that is under way. */
  now(): void;
  close(): void;
};

/** Runs a task again and again, never twice at once; a failure is logged and the next turn comes. */
export const createTurns = (
  task: () => Promise<void>,
  intervalMs: () => number,
  log: Logger,
): Turns => {
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  let again = false;
  let closed = false;

  const wait = () => {
    clearTimeout(timer);
    if (!closed) timer = setTimeout(run, intervalMs()).unref();
  };
  const run = () => {
    running = true;
    task()
      .catch((error: unknown) => log.warn({ err: error }, 'a turn failed'))
      .finally(() => {
        running = false;
        if (again && !closed) {
          again = false;
          run();
        } else wait();
      });
  };
  wait();
  return {
    now: () => {
      if (closed) return;
      if (running) again = true;
      else {
        clearTimeout(timer);
        run();
      }
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
};
