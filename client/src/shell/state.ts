import { computed, effect, signal } from '@preact/signals';
import type { Me, Settings } from '../../../src/accounts/contract.ts';
import type { TagCount } from '../../../src/articles/contract.ts';
import { viewer } from '../accounts/state.ts';
import { get, patch } from '../net/http.ts';
import { connection } from '../net/socket.ts';

export type Theme = Settings['theme'];

export const theme = signal<Theme>('system');
/** What stands in the rail below the pages: tags I follow, or the ones most used. */
export const railTags = signal<TagCount[]>([]);
/** Whether the bars of a phone stand in place of the rail; known in the browser alone. */
export const narrow = signal<boolean | null>(null);
export const online = computed(() => connection.value === 'online');
/** Shown only after two seconds: a short blink of the net needs no words. */
export const offlineNote = signal(false);

const OFFLINE_NOTE_MS = 2_000;
const RAIL_TAGS = 8;

export function watchConnection(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return effect(() => {
    clearTimeout(timer);
    if (connection.value === 'idle' || connection.value === 'online') offlineNote.value = false;
    else timer = setTimeout(() => (offlineNote.value = true), OFFLINE_NOTE_MS);
  });
}

export function showTags(tags: TagCount[]): void {
  const followed = tags.filter((tag) => tag.following);
  const chosen = followed.length > 0 ? followed : tags;
  railTags.value = chosen.slice(0, RAIL_TAGS);
}

export async function loadTags(): Promise<void> {
  try {
    showTags(await fetchTags());
  } catch {
    // The rail is whole without them.
  }
}

/** The tags in use, the most used first, with those I follow marked. */
export const fetchTags = async (): Promise<TagCount[]> => {
  const answer = await get<TagCount[] | { items: TagCount[] }>('/api/tags');
  return Array.isArray(answer) ? answer : answer.items;
};

/** Keeps the choice with the account too, so that other devices follow. */
export async function chooseTheme(chosen: Theme): Promise<void> {
  theme.value = chosen;
  if (!viewer.value) return;
  try {
    viewer.value = await patch<Me>('/api/me', { settings: { theme: chosen } });
  } catch {
    // This device has its cookie; the account learns it with the next choice.
  }
}
