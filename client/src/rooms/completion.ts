import type { Person } from '../../../src/accounts/contract.ts';
import { type EmojiName, emojiAt, matchingEmoji } from './emoji.ts';
import { matching, mentionAt } from './mention.ts';

/** What is being typed: where its mark (@ or :) stands, and what follows it up to the caret. */
export type Typed = { mark: '@' | ':'; from: number; typed: string };

/** One of the things it may mean, and what stands in the text when it is taken. */
export type Option = { key: string; insert: string } & (
  | { person: Person; emoji?: never }
  | { emoji: EmojiName; person?: never }
);

export type Sources = { people: readonly Person[]; emoji: readonly EmojiName[] };

/** The @name or :emoji that the caret stands in, if it does; code means what it says. */
export function typedAt(text: string, caret: number): Typed | null {
  const before = text.slice(0, caret);
  if (isInCode(before)) return null;
  return mentionAt(before) ?? emojiAt(before);
}

/** What was typed may mean these, the likeliest first. */
export function optionsFor({ mark, typed }: Typed, { people, emoji }: Sources): Option[] {
  if (mark === ':') {
    return matchingEmoji(emoji, typed).map((one) => ({
      key: one.emoji,
      insert: one.emoji,
      emoji: one,
    }));
  }
  return matching(people, typed).map((person) => ({
    key: person.id,
    insert: `@${person.username}`,
    person,
  }));
}

/** Whether `:name:` now spells this option out; its second colon then takes it. */
export const isSpelled = ({ emoji }: Option, { typed }: Typed): boolean =>
  emoji?.names.includes(typed.toLowerCase()) ?? false;

/** The text with `insert` in place of what was typed, one space behind it, and the caret there. */
export function complete(
  text: string,
  { from, typed }: Pick<Typed, 'from' | 'typed'>,
  insert: string,
): { text: string; caret: number } {
  const rest = text.slice(from + 1 + typed.length);
  const spaced = rest.startsWith(' ');
  const caret = from + insert.length + 1;
  return { text: text.slice(0, from) + insert + (spaced ? '' : ' ') + rest, caret };
}

/** An open fence, or an open backtick on the line of the caret. */
function isInCode(before: string): boolean {
  const fenced = before.split('```');
  if (fenced.length % 2 === 0) return true;
  const line = fenced.at(-1)?.split('\n').at(-1) ?? '';
  return line.split('`').length % 2 === 0;
}
