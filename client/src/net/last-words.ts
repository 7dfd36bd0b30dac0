import { localKeys, readLocal, readLocalJson, writeLocal } from '../local.ts';

/**
 * What is on its way into IndexedDB, which forgets a write that it has not begun when the page is gone, as
 * on a busy machine: until it is written a text in localStorage, which is there at once. What still lies
 * there is taken over by the next page that looks. Without localStorage what IndexedDB got must do.
 */
const PREFIX = 'last:';

type Words = { key: string; value: unknown };

/** The keys of one shelf with what was left there; without the broken, which nobody could read. */
export const lastWords = (shelf: string): Words[] =>
  localKeys(at(shelf, ''))
    .map((name) => ({ key: name.slice(at(shelf, '').length), value: readLocalJson(name) }))
    .filter(({ value }) => value);

/** Gives the text that now lies there. */
export const leave = (shelf: string, key: string, value: unknown): string | undefined => {
  const text = JSON.stringify(value);
  return writeLocal(at(shelf, key), text) ? text : undefined;
};

/** Takes away what lies there; when a text is given, only that. */
export const takeBack = (shelf: string, key: string, text?: string): void => {
  const name = at(shelf, key);
  if (text === undefined || readLocal(name) === text) writeLocal(name, null);
};

const at = (shelf: string, key: string): string => `${PREFIX}${shelf}:${key}`;
