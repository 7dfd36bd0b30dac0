import { describe, expect, test } from 'vitest';
import {
  complete,
  isSpelled,
  type Option,
  optionsFor,
  typedAt,
} from '../../client/src/rooms/completion.ts';
import { EMOJI, emojiNames, loadEmoji } from '../../client/src/rooms/emoji.ts';
import { matching, peopleOf } from '../../client/src/rooms/mention.ts';
import { ANA, BEN, message, person } from './build.ts';

const emojiFor = (typed: string): Option[] =>
  optionsFor({ mark: ':', from: 0, typed }, { people: [], emoji: emojiNames.value });
const shown = (typed: string): string[] => emojiFor(typed).map(({ insert }) => insert);

describe('what is being typed', () => {
  test.each([
    ['@', 1, { mark: '@', from: 0, typed: '' }],
    ['hello @be', 9, { mark: '@', from: 6, typed: 'be' }],
    ['hello @ben and', 8, { mark: '@', from: 6, typed: 'b' }],
    ['(@ana', 5, { mark: '@', from: 1, typed: 'ana' }],
    ['me@example', 10, null],
    ['@ben ', 5, null],
    ['plain', 5, null],
    [':smi', 4, { mark: ':', from: 0, typed: 'smi' }],
    ['well done :+1', 13, { mark: ':', from: 10, typed: '+1' }],
    ['(:tada', 6, { mark: ':', from: 1, typed: 'tada' }],
    ['a face :D', 9, null],
    ['at 10:30', 8, null],
    ['https://example.org', 19, null],
    ['localhost:3000', 14, null],
    ['Note: this', 10, null],
    ['`a :sym', 7, null],
    ['`a` :sym', 8, { mark: ':', from: 4, typed: 'sym' }],
    ['```ruby\nx = :sym', 16, null],
    ['```ruby\n```\n:sym', 16, { mark: ':', from: 12, typed: 'sym' }],
    ['`@decorator', 11, null],
  ])('“%s” with the caret at %i', (text, caret, expected) =>
    expect(typedAt(text, caret)).toEqual(expected),
  );
});

describe('people', () => {
  test('are found by username first, then by any part of the name', () => {
    const people = [
      { ...person('zoe'), name: 'Zoe Bell' },
      { ...person('ben'), name: 'Ben Okafor' },
      { ...person('ana'), name: 'Ana Lind' },
    ];
    expect(matching(people, 'be').map(({ username }) => username)).toEqual(['ben', 'zoe']);
    expect(matching(people, 'LI').map(({ username }) => username)).toEqual(['ana']);
    expect(matching(people, '')).toHaveLength(3);
  });

  test('are those of the conversation, each once, without oneself', () => {
    const talk = [message(1), message(2), message(3, { sender: null })];
    expect(peopleOf(talk, [ANA, BEN], ANA.id)).toEqual([BEN]);
  });
});

describe('emoji', () => {
  test('of the reactions can be completed before all names are here', () => {
    expect(emojiNames.value).toHaveLength(EMOJI.length);
    expect(shown('rock')).toEqual(['🚀']);
    expect(shown('fire')).toEqual(['🔥']);
    expect(shown('avocado')).toEqual([]);
  });

  test('are all found by the names people know, the exact one first, a few at a time', async () => {
    await loadEmoji();
    expect(shown('avocado')).toEqual(['🥑']);
    expect(shown('smile')[0]).toBe('😄');
    expect(shown('SMI')).toContain('😄');
    expect(shown('smi').length).toBeLessThanOrEqual(6);
    expect(shown('+1')).toEqual(['👍']);
    expect(shown('happy').length).toBeGreaterThan(2);
  });

  test('keep the names they have as reactions', async () => {
    await loadEmoji();
    for (const [emoji, name] of EMOJI) {
      expect(shown(name.replaceAll(' ', '_')), name).toContain(emoji);
    }
  });

  test('are taken by a second colon only when their name is whole', () => {
    const [tada] = emojiFor('tada');
    if (!tada) throw new Error('no :tada: is known');
    expect(isSpelled(tada, { mark: ':', from: 0, typed: 'tad' })).toBe(false);
    expect(isSpelled(tada, { mark: ':', from: 0, typed: 'tada' })).toBe(true);
  });
});

test('what is taken stands in its place, one space after it, the caret behind', () => {
  expect(complete('hello @be', { from: 6, typed: 'be' }, '@ben')).toEqual({
    text: 'hello @ben ',
    caret: 11,
  });
  const amid = complete('see :ey now', { from: 4, typed: 'ey' }, '👀');
  expect(amid.text).toBe('see 👀 now');
  expect(amid.text.slice(0, amid.caret)).toBe('see 👀 ');
});
