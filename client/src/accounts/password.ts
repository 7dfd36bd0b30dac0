export type Strength = { level: 0 | 1 | 2 | 3; word: string; hint: string };

const LEAST = 10;
const GOOD = 15;
const FEW_DIFFERENT = 5;

/** The server's own count: code points after NFKC. */
const lengthOf = (password: string): number => [...password.normalize('NFKC')].length;

/** How hard a password is to guess, mostly by its length; the server has the last word. */
export function strengthOf(password: string, names: string[] = []): Strength {
  const length = lengthOf(password);
  if (length === 0)
    return { level: 0, word: '', hint: 'At least 10 characters. A few words work well.' };
  if (length < LEAST) {
    const left = LEAST - length;
    return {
      level: 0,
      word: 'Too short',
      hint: `${left} more ${left === 1 ? 'character' : 'characters'}.`,
    };
  }
  const lower = password.toLowerCase();
  if (names.some((name) => name.length >= 3 && lower.includes(name.toLowerCase()))) {
    return { level: 1, word: 'Weak', hint: 'It holds your name.' };
  }
  if (new Set(lower).size < FEW_DIFFERENT || isRun(lower)) {
    return { level: 1, word: 'Weak', hint: 'It repeats itself.' };
  }
  if (length < GOOD)
    return { level: 2, word: 'Fair', hint: 'With 15 characters it would be good.' };
  return { level: 3, word: 'Good', hint: '' };
}

/** 1234567890, abcdefghij and the like: with one break at most, each follows the one before. */
function isRun(text: string): boolean {
  const codes = [...text].map((char) => char.codePointAt(0) ?? 0);
  const breaks = codes.slice(1).filter((code, i) => Math.abs(code - (codes[i] ?? 0)) > 1);
  return breaks.length <= 1;
}
