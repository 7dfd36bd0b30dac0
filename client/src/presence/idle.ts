import { setIdle } from './state.ts';

const IDLE_MS = 5 * 60_000;
const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

/** Away after five minutes without input, back at the first sign of it; answers how to stop. */
export const watchIdleness = (): (() => void) => {
  let idle = false;
  let timer = setTimeout(sleep, IDLE_MS);

  function sleep(): void {
    idle = true;
    setIdle(true);
  }
  function wake(): void {
    clearTimeout(timer);
    timer = setTimeout(sleep, IDLE_MS);
    if (!idle) return;
    idle = false;
    setIdle(false);
  }

  for (const sign of SIGNS) addEventListener(sign, wake, { passive: true });
  return () => {
    clearTimeout(timer);
    for (const sign of SIGNS) removeEventListener(sign, wake);
  };
};
