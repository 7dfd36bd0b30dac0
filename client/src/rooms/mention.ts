import type { Person } from '../../../src/accounts/contract.ts';

/** The name that is being typed: where its @ stands, and what follows it up to the caret. */
export type Mention = { from: number; typed: string };

const SHOWN = 6;

/** The @name that the caret stands in, if it does. */
export const mentionAt = (text: string, caret: number): Mention | null => {
  const found = /(^|[\s([])@([A-Za-z0-9_]{0,24})$/.exec(text.slice(0, caret));
  return found ? { from: found.index + (found[1] ?? '').length, typed: found[2] ?? '' } : null;
};

/** People whose name or username begins as typed, the best first. */
export const matching = (people: readonly Person[], typed: string): Person[] => {
  const wanted = typed.toLowerCase();
  const rank = ({ username, name }: Person): number => {
    if (username.startsWith(wanted)) return 0;
    return name
      .toLowerCase()
      .split(/\s+/)
      .some((word) => word.startsWith(wanted))
      ? 1
      : 2;
  };
  return people
    .filter((person) => rank(person) < 2)
    .sort((a, b) => rank(a) - rank(b) || a.username.localeCompare(b.username))
    .slice(0, SHOWN);
};

/** The text with the name in place of what was typed, and where the caret goes. */
export const complete = (
  text: string,
  { from, typed }: Mention,
  username: string,
): { text: string; caret: number } => {
  const rest = text.slice(from + 1 + typed.length);
  const name = `@${username}${rest.startsWith(' ') ? '' : ' '}`;
  const caret = from + name.length + (rest.startsWith(' ') ? 1 : 0);
  return { text: text.slice(0, from) + name + rest, caret };
};
