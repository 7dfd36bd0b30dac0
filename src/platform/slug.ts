import { randomInt } from 'node:crypto';

const LONGEST = 60;
/** As it stands in an address, where most scripts take 6 or 9 characters for a letter. */
const LONGEST_ENCODED = 180;

/** Between words where there is a place, otherwise between letters. */
const cut = (slug: string): string => {
  let kept = slug;
  while (kept.length > LONGEST || encodeURIComponent(kept).length > LONGEST_ENCODED) {
    const words = kept.lastIndexOf('-');
    kept = words > 0 ? kept.slice(0, words) : [...kept].slice(0, -1).join('');
  }
  return kept;
};

/** A title as it stands in an address: letters and digits of any script, `-` between words. */
export const slugOf = (title: string): string => {
  const plain = title
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return cut(plain) || 'untitled';
};

const letters = 'abcdefghijkmnpqrstuvwxyz23456789';

/** The same with six random characters, for a title that somebody used before. */
export const slugLike = (slug: string): string => {
  const suffix = Array.from({ length: 6 }, () => letters[randomInt(letters.length)]).join('');
  return `${slug}-${suffix}`;
};

/** Whether an address was made of this title. */
export const isSlugOf = (slug: string, title: string): boolean => {
  const plain = slugOf(title);
  return slug === plain || (slug.startsWith(`${plain}-`) && slug.length === plain.length + 7);
};
