import type { Search } from './store.ts';
import { WORD_MAX } from './words.ts';

/** A place as one token: letters and digits only. */
export const tokenOf = (place: string): string => `p${Buffer.from(place).toString('hex')}`;

/** Newest first: a search goes on below the row of its last hit. */
export const belowOf = ({ after }: Pick<Search, 'after'>): number =>
  after === null ? Number.MAX_SAFE_INTEGER : Number(after);

/**
 * What FTS5 is asked for. Words hold letters and digits only, so that they cannot be anything else
 * in a quoted string; one as long as a word may be is perhaps only the beginning of it.
 */
export const matchOf = (
  { places, words, beginning }: Pick<Search, 'places' | 'words' | 'beginning'>,
  column: 'title' | 'words',
): string => {
  const where = places.map((place) => `"${tokenOf(place)}"`).join(' OR ');
  const terms = words.map((word) => `${column} : "${word}"${word.length < WORD_MAX ? '' : '*'}`);
  if (beginning !== null) terms.push(`${column} : "${beginning}"*`);
  return [`place : (${where})`, ...terms].join(' AND ');
};
