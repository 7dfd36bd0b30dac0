/**
 * Texts that this browser keeps, in localStorage. Where there is none (a private window, blocked, the
 * server) nothing is found and nothing is kept; where it is full, what was kept before stays.
 */
export const readLocal = (key: string): string | null =>
  attempt(() => localStorage.getItem(key)) ?? null;

/** Keeps the text; null takes it away. Answers whether that was possible. */
export const writeLocal = (key: string, text: string | null): boolean =>
  attempt(() => {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
    return true;
  }) ?? false;

/** The value of what `JSON.stringify` made; null for what is not there or broken. */
export const readLocalJson = (key: string): unknown =>
  attempt((): unknown => JSON.parse(readLocal(key) ?? 'null')) ?? null;

/** The keys that begin so. */
export const localKeys = (prefix: string): string[] =>
  attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(prefix))) ?? [];

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
