import { randomInt } from 'node:crypto';

const LONGEST = 60;

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
  if (plain.length <= LONGEST) return plain || 'untitled';
  const cut = plain.lastIndexOf('-', LONGEST);
  return plain.slice(0, cut > 0 ? cut : LONGEST);
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
