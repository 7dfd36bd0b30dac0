import { signal } from '@preact/signals';
import type { PersonWithReasons } from '../../../src/people/contract.ts';
import type { List } from '../../../src/wire/contract.ts';
import { onViewerChange } from '../accounts/state.ts';
import { get } from '../net/http.ts';

/** People online now, and people I may want to know, each with at least one reason; null: not asked yet. */
export const onlineNow = signal<PersonWithReasons[] | null>(null);
export const suggestions = signal<PersonWithReasons[] | null>(null);

export const loadOnline = async (): Promise<void> => {
  onlineNow.value = (await get<List<PersonWithReasons>>('/api/people/online')).items;
};

export const loadSuggestions = async (): Promise<void> => {
  suggestions.value = (await get<List<PersonWithReasons>>('/api/people/suggestions')).items;
};

onViewerChange(() => {
  onlineNow.value = null;
  suggestions.value = null;
});
