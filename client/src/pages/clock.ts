import { signal } from '@preact/signals';

/** The time that relative times are counted from; moves each half minute while the page is seen. */
export const now = signal(Date.now());

export function startClock(): void {
  now.value = Date.now();
  setInterval(() => {
    if (document.visibilityState === 'visible') now.value = Date.now();
  }, 30_000);
}
