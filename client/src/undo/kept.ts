import { readLocalJson, writeLocal } from '../local.ts';

/** A deletion on its way, as this browser keeps it until the server has confirmed it. */
export type Kept = { id: string; path: string; words: string; userId: string; due: number };

const KEY = 'removals';
/** More than a person can delete within the time to undo. */
const KEPT_MAX = 50;

const isKept = (value: unknown): value is Kept => {
  const { id, path, words, userId, due } = (value ?? {}) as Record<string, unknown>;
  const texts = [id, path, words, userId].every((one) => typeof one === 'string');
  return texts && typeof due === 'number' && (path as string).startsWith('/api/');
};

export function readKept(): Kept[] {
  const found = readLocalJson(KEY);
  // No storage, or a broken entry: what the page itself sends must do.
  return Array.isArray(found) ? found.filter(isKept) : [];
}

export const keep = (kept: Kept): void =>
  write([...readKept().filter(({ id }) => id !== kept.id), kept].slice(-KEPT_MAX));
export const drop = (id: string): void => write(readKept().filter((one) => one.id !== id));

function write(all: Kept[]): void {
  writeLocal(KEY, all.length > 0 ? JSON.stringify(all) : null);
}
