import { unavailable } from '../errors.ts';
import { slugLike, slugOf } from './slug.ts';

/** Addresses tried for one title: the plain one, then with random endings. */
const TRIED = 4;

/**
 * Tries addresses for a title until `take` answers something other than null. `first` is tried
 * before all others. Errors: unavailable, when all were taken.
 */
export const takeAddress = async <T>(
  title: string,
  take: (slug: string) => Promise<T | null>,
  first?: string,
): Promise<T> => {
  const plain = slugOf(title);
  const others = Array.from({ length: TRIED - 1 }, () => slugLike(plain));
  for (const slug of [...(first ? [first] : []), plain, ...others]) {
    const taken = await take(slug);
    if (taken !== null) return taken;
  }
  throw unavailable('No free address was found for this title.');
};
