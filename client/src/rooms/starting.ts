import { signal } from '@preact/signals';

/** The ways to begin: with one person, with several, or where others talk already. */
export type Way = 'direct' | 'room' | 'browse';

/** The way that is open over the list of rooms. */
export const starting = signal<Way | null>(null);
