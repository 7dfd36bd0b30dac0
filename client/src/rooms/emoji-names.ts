import { gemoji } from 'gemoji';

/** Every emoji by the names that people know from other places; fetched with the first colon. */
export const ALL_EMOJI: readonly { emoji: string; names: string[]; tags: string[] }[] = gemoji;
