import type { Logger } from '../log.ts';

export type Turns = {
  /** Runs the task now, or once more after the run that is under way. */
  now(): void;
  close(): void;
};

type Options = {
  task: () => Promise<void>;
  /** How often it is asked whether the task is due, given the time since its last run ended. */
  everyMs: number;
  isDue: (sinceMs: number) => boolean;
  log: Logger;
};

/** Runs a task again and again, never twice at once; a failure is logged and the next turn comes. */
export const createTurns = ({ task, everyMs, isDue, log }: Options): Turns => {
  let ended = performance.now();
  let running = false;
  let again = false;
  let closed = false;

  const run = async () => {
    running = true;
    do {
      again = false;
      try {
        await task();
      } catch (error) {
        log.warn({ err: error }, 'a turn failed');
      }
    } while (again && !closed);
    running = false;
    ended = performance.now();
  };
  const timer = setInterval(() => {
    if (!running && isDue(performance.now() - ended)) void run();
  }, everyMs).unref();
  return {
    now: () => {
      if (closed) return;
      if (running) again = true;
      else void run();
    },
    close: () => {
      closed = true;
      clearInterval(timer);
    },
  };
};
