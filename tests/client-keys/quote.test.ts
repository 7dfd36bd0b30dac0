import { expect, test } from 'vitest';
import { quoteOf, withQuote } from '../../client/src/keys/quote.ts';
import { nextUnread } from '../../client/src/rooms/unread.ts';

test('a passage becomes a Markdown quotation, line by line, with room for the answer', () => {
  expect(quoteOf('One line.')).toBe('> One line.\n\n');
  expect(quoteOf('  First.\n\n\n\nSecond.  ')).toBe('> First.\n>\n> Second.\n\n');
});

test('a long passage is cut, never through a character', () => {
  const quoted = quoteOf('😀'.repeat(2_000));
  expect(quoted.endsWith(' …\n\n')).toBe(true);
  expect([...quoted].length).toBeLessThan(1_100);
  expect(quoted.isWellFormed()).toBe(true);
});

test('a quotation stands below what was written before', () => {
  expect(withQuote('', 'Words')).toBe('> Words\n\n');
  expect(withQuote('My draft \n', 'Words')).toBe('My draft\n\n> Words\n\n');
});

const room = (id: string, unread = 0, muted = false) => ({ id, unread, muted });
const list = [room('a', 1), room('b'), room('c', 2), room('d', 5, true), room('e', 3)];

test('the next unread room lies below or above in the list, and around its ends', () => {
  expect(nextUnread(list, 'b', 1)).toBe('c');
  expect(nextUnread(list, 'b', -1)).toBe('a');
  expect(nextUnread(list, 'e', 1)).toBe('a');
  expect(nextUnread(list, 'a', -1)).toBe('e');
});

test('from outside of the list, it is the first or the last; muted rooms do not call', () => {
  expect(nextUnread(list, null, 1)).toBe('a');
  expect(nextUnread(list, null, -1)).toBe('e');
  expect(nextUnread([room('d', 5, true)], null, 1)).toBe(null);
  expect(nextUnread([room('a', 1)], 'a', 1)).toBe(null);
  expect(nextUnread([], null, 1)).toBe(null);
});
