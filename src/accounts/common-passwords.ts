/** Shorter ones are refused by their length. */
const MIN_LENGTH = 10;
/** So much must be left of a password without the names of its person and place. */
const MIN_OWN = 8;

let common: Promise<Set<string>> | null = null;

/** The most common passwords that are long enough to be chosen here; megabytes, so read at need. */
const loadCommon = async (): Promise<Set<string>> => {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  const known: readonly string[] = dictionary['passwords-common'];
  return new Set(known.filter((each) => each.length >= MIN_LENGTH));
};

/**
 * Whether a password is among the first that are tried: a common one, or little more than the
 * names given (username, mail name, site).
 */
export const isCommonPassword = async (
  password: string,
  names: readonly string[],
): Promise<boolean> => {
  const folded = password.normalize('NFKC').toLowerCase();
  common ??= loadCommon();
  if ((await common).has(folded)) return true;
  let own = folded;
  for (const name of names) if (name.length >= 3) own = own.replaceAll(name.toLowerCase(), '');
  return own !== folded && [...own].length < MIN_OWN;
};
