/**
 * What is on its way into IndexedDB, which forgets a write that it has not begun when the page is gone, as
 * on a busy machine: until it is written a text in localStorage, which is there at once. What still lies
 * there is taken over by the next page that looks.
 */
const PREFIX = 'last:';

type Words = { key: string; value: unknown };

/** The keys of one shelf with what was left there; without the broken, which nobody could read. */
export const lastWords = (shelf: string): Words[] =>
  attempt(() =>
    Object.keys(localStorage)
      .filter((name) => name.startsWith(at(shelf, '')))
      .map((name) => ({
        key: name.slice(at(shelf, '').length),
        value: attempt((): unknown => JSON.parse(localStorage.getItem(name) ?? 'null')),
      }))
      .filter(({ value }) => value),
  ) ?? [];

/** Gives the text that now lies there. */
export const leave = (shelf: string, key: string, value: unknown): string | undefined =>
  attempt(() => {
    const text = JSON.stringify(value);
    localStorage.setItem(at(shelf, key), text);
    return text;
  });

/** Takes away what lies there; when a text is given, only that. */
export const takeBack = (shelf: string, key: string, text?: string): void =>
  attempt(() => {
    const name = at(shelf, key);
    if (text === undefined || localStorage.getItem(name) === text) localStorage.removeItem(name);
  });

const at = (shelf: string, key: string): string => `${PREFIX}${shelf}:${key}`;

/** No storage, a full one, or a broken text: what IndexedDB got must do. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
