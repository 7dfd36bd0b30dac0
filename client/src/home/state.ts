import { signal } from '@preact/signals';
import type { Now } from '../../../src/discovery/contract.ts';
import { onViewerChange } from '../accounts/state.ts';
import { get } from '../net/http.ts';

/** What is going on, when it was asked for since the page came. */
export const newest = signal<Now | null>(null);

export const loadNow = async (): Promise<Now> => {
  const now = await get<Now>('/api/now');
  newest.value = now;
  return now;
};

onViewerChange(() => {
  newest.value = null;
});
