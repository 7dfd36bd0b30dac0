import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DifferencePart } from '../../src/articles/contract.ts';
import { compareTexts, compareWords } from '../../src/articles/difference.ts';

const piecesOf = (parts: readonly DifferencePart[]) =>
  parts.flatMap((part) => ('pieces' in part ? part.pieces : []));
const marked = (parts: readonly DifferencePart[]) =>
  parts.map((part) =>
    'skipped' in part
      ? `(${part.skipped})`
      : part.pieces
          .map(({ kind, text }) =>
            kind === 'same' ? text : kind === 'added' ? `{+${text}+}` : `[-${text}-]`,
          )
          .join(''),
  );

test('one changed word is one changed word, with the lines around it', () => {
  const lines = ['zero', 'one', 'two', 'three', 'four', 'the moon is old', 'six', 'seven'];
  const before = lines.join('\n');
  expect(marked(compareTexts(before, before.replace('old', 'new')))).toEqual([
    '(3)',
    'three\nfour',
    'the moon is [-old-]{+new+}',
    'six\nseven',
  ]);
});

test('lines that came or went are whole', () => {
  expect(marked(compareTexts('a\nb\nc', 'a\nc'))).toEqual(['a', '[-b-]', 'c']);
  expect(marked(compareTexts('a\nc', 'a\nb\nc'))).toEqual(['a', '{+b+}', 'c']);
});

test('a line written anew is not mixed word by word with the old one', () => {
  const parts = compareTexts('Cats sleep all day long.', 'Quantum fields fluctuate everywhere.');
  expect(marked(parts)).toEqual([
    '[-Cats sleep all day long.-]',
    '{+Quantum fields fluctuate everywhere.+}',
  ]);
});

test('nothing changed: nothing is marked', () => {
  expect(marked(compareTexts('a\nb', 'a\nb'))).toEqual(['a\nb']);
  expect(compareWords('Same', 'Same')).toEqual([{ kind: 'same', text: 'Same' }]);
});

test('whatever the texts are, what is left of either is that text', () => {
  const line = fc.constantFrom('', 'a', 'b c', 'b d', 'the moon', 'the sun', '- x');
  const text = fc.array(line, { maxLength: 6 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const parts = compareTexts(before, after);
      if (parts.some((part) => 'skipped' in part)) return;
      const without = (kind: string) =>
        piecesOf(parts)
          .filter((piece) => piece.kind !== kind)
          .map((piece) => piece.text)
          .join('')
          .replace(/\n/g, '');
      expect(without('added')).toBe(before.replace(/\n/g, ''));
      expect(without('removed')).toBe(after.replace(/\n/g, ''));
    }),
  );
});

test('texts that have nothing in common come to an end soon, as replaced', () => {
  const many = (word: string) => Array.from({ length: 20_000 }, (_, n) => `${word}${n}`).join('\n');
  const started = performance.now();
  const parts = compareTexts(`same\n${many('a')}`, `same\n${many('b')}`);
  console.log(`40 000 changed lines: ${Math.round(performance.now() - started)} ms`);
  expect(piecesOf(parts).map(({ kind }) => kind)).toEqual(['same', 'removed', 'added']);
});
