import { describe, expect, test } from 'vitest';
import { complete, matching, mentionAt } from '../../client/src/rooms/mention.ts';
import { person } from './build.ts';

describe('completing a mention', () => {
  test.each([
    ['@', 1, { from: 0, typed: '' }],
    ['hello @be', 9, { from: 6, typed: 'be' }],
    ['hello @ben and', 8, { from: 6, typed: 'b' }],
    ['(@ana', 5, { from: 1, typed: 'ana' }],
    ['me@example', 10, null],
    ['@ben ', 5, null],
    ['plain', 5, null],
  ])('“%s” with the caret at %i', (text, caret, expected) =>
    expect(mentionAt(text, caret)).toEqual(expected),
  );

  test('finds by username first, then by any part of the name', () => {
    const people = [
      { ...person('zoe'), name: 'Zoe Bell' },
      { ...person('ben'), name: 'Ben Okafor' },
      { ...person('ana'), name: 'Ana Lind' },
    ];
    expect(matching(people, 'be').map(({ username }) => username)).toEqual(['ben', 'zoe']);
    expect(matching(people, 'LI').map(({ username }) => username)).toEqual(['ana']);
    expect(matching(people, '')).toHaveLength(3);
  });

  test('puts the name in place, one space after it, the caret behind', () => {
    expect(complete('hello @be', { from: 6, typed: 'be' }, 'ben')).toEqual({
      text: 'hello @ben ',
      caret: 11,
    });
    const amid = complete('see @b now', { from: 4, typed: 'b' }, 'ben');
    expect(amid.text).toBe('see @ben now');
    expect(amid.text.slice(0, amid.caret)).toBe('see @ben ');
  });
});
