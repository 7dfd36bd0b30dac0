import { dictionary } from '@zxcvbn-ts/language-common';

/** Shorter ones are refused by their length. */
const MIN_LENGTH = 10;
/** So much must be left of a password without the names of its person and place. */
const MIN_OWN = 8;

/** The most common passwords that are long enough to be chosen here. */
const common = new Set(
  dictionary['passwords-common'].filter((each: string) => each.length >= MIN_LENGTH),
);

/**
 * Whether a password is among the first that are tried: a common one, or little more than the
 * names given (username, mail name, site).
 */
export const isCommonPassword = (password: string, names: readonly string[]): boolean => {
  const folded = password.normalize('NFKC').toLowerCase();
  if (common.has(folded)) return true;
  let own = folded;
  for (const name of names) if (name.length >= 3) own = own.replaceAll(name.toLowerCase(), '');
  return own !== folded && [...own].length < MIN_OWN;
};
