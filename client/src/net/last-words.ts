/**
 * What a page keeps in the moment in which it goes away. IndexedDB forgets a write that it has not begun
 * when its page is gone, as on a busy machine; a text in localStorage is there at once, and waits until
 * the next page takes it over.
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

export const leave = (shelf: string, key: string, value: unknown): void =>
  attempt(() => localStorage.setItem(at(shelf, key), JSON.stringify(value)));

export const takeBack = (shelf: string, key: string): void =>
  attempt(() => localStorage.removeItem(at(shelf, key)));

const at = (shelf: string, key: string): string => `${PREFIX}${shelf}:${key}`;

/** No storage, a full one, or a broken text: what IndexedDB got must do. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
