import { signal } from '@preact/signals';
import { viewer } from './state.ts';

type Asking = { reason: string; answer: (signedIn: boolean) => void };

/** Set while the sign-in dialog is open in place. */
export const asking = signal<Asking | null>(null);

/**
 * Whether somebody is logged in; a visitor is asked to, in place, and the answer waits for that.
 * `reason` ends the sentence "Log in to …".
 */
export function ensureSignedIn(reason: string): Promise<boolean> {
  if (viewer.peek()) return Promise.resolve(true);
  asking.peek()?.answer(false);
  return new Promise((resolve) => {
    asking.value = {
      reason,
      answer: (signedIn) => {
        asking.value = null;
        resolve(signedIn);
      },
    };
  });
}
