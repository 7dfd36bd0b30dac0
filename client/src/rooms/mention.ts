import type { Person } from '../../../src/accounts/contract.ts';
import type { Message } from '../../../src/rooms/contract.ts';

const SHOWN = 6;

/** The @name at the end of what stands before the caret. */
export const mentionAt = (before: string): { mark: '@'; from: number; typed: string } | null => {
  const found = /(^|[\s([])@([A-Za-z0-9_]{0,24})$/.exec(before);
  if (!found) return null;
  return { mark: '@', from: found.index + (found[1] ?? '').length, typed: found[2] ?? '' };
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

/** Those whom a conversation knows, each once, without the one who writes. */
export const peopleOf = (
  messages: readonly Pick<Message, 'sender'>[],
  others: readonly Person[],
  meId: string | undefined,
): Person[] => {
  const senders = messages.flatMap(({ sender }) => sender ?? []);
  const everyone = new Map([...senders, ...others].map((person) => [person.id, person]));
  if (meId) everyone.delete(meId);
  return [...everyone.values()];
};
