import { createTogether } from './together.ts';

type Made<T> = { made: T } | { error: unknown };

/**
 * What many ask for at the same time is made once for all of them, after they asked: nobody gets
 * what was made before. `key` says all that it depends on.
 */
export const createMaking = <T>() => {
  /** What is not begun yet, and what those who asked for it got. */
  const waiting = new Map<string, { make: () => Promise<T>; promised: Promise<T> }>();
  const settled = async (make: () => Promise<T>): Promise<Made<T>> => {
    try {
      return { made: await make() };
    } catch (error) {
      return { error };
    }
  };
  const makeAll = async (keys: readonly string[]) => {
    const wanted = keys.flatMap((key) => {
      const one = waiting.get(key);
      waiting.delete(key);
      return one ? [[key, one.make] as const] : [];
    });
    const made = wanted.map(async ([key, make]) => [key, await settled(make)] as const);
    return new Map(await Promise.all(made));
  };
  const together = createTogether(makeAll);
  const begin = async (key: string): Promise<T> => {
    const found = (await together([key])).get(key);
    if (found && 'made' in found) return found.made;
    throw found ? found.error : new Error(`nothing was made for ${key}`);
  };
  return (key: string, make: () => Promise<T>): Promise<T> => {
    const one = waiting.get(key) ?? { make, promised: begin(key) };
    waiting.set(key, one);
    return one.promised;
  };
};
