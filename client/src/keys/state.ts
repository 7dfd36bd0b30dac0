import { computed, signal } from '@preact/signals';
import type { Me } from '../../../src/accounts/contract.ts';
import { viewer } from '../accounts/state.ts';
import { readLocal, writeLocal } from '../local.ts';
import { toApiError } from '../net/failure.ts';
import { patch } from '../net/http.ts';

/** What lies over the page: the palette, or the list of shortcuts. */
export const opened = signal<'palette' | 'help' | null>(null);

export const toggle = (what: 'palette' | 'help'): void => {
  opened.value = opened.peek() === what ? null : what;
};

const KEY = 'single-letter-keys';

const device = signal(readLocal(KEY) !== 'off');

/** Whether single characters are shortcuts: a choice of the account, or of a visitor's browser. */
export const letters = computed(() => viewer.value?.settings.shortcuts ?? device.value);

/** null: stored; otherwise why not, in words. */
export async function chooseLetters(on: boolean): Promise<string | null> {
  device.value = on;
  // Without storage the choice lasts as long as the page.
  writeLocal(KEY, on ? 'on' : 'off');
  if (!viewer.peek()) return null;
  try {
    viewer.value = await patch<Me>('/api/me', { settings: { shortcuts: on } });
    return null;
  } catch (error) {
    return toApiError(error).detail;
  }
}
