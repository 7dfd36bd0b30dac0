import { beforeEach, describe, expect, test, vi } from 'vitest';
import { keepDraft, readDraft } from '../../client/src/rooms/drafts.ts';
import { EMOJI } from '../../client/src/rooms/emoji.ts';
import { plainOf } from '../../client/src/rooms/words.ts';
import { Emoji } from '../../src/rooms/contract.ts';

const storage = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    size: () => kept.size,
  };
};

describe('a draft', () => {
  beforeEach(() => void vi.stubGlobal('localStorage', storage()));

  test('is kept for its room alone, with what it answers', () => {
    keepDraft('room-a', { body: 'half a', replyTo: 'message-1' });
    expect(readDraft('room-a')).toEqual({ body: 'half a', replyTo: 'message-1' });
    expect(readDraft('room-b')).toEqual({ body: '', replyTo: null });
  });

  test('leaves nothing behind when it is sent', () => {
    keepDraft('room-a', { body: 'x', replyTo: null });
    keepDraft('room-a', { body: '', replyTo: null });
    expect(readDraft('room-a').body).toBe('');
    expect((localStorage as unknown as ReturnType<typeof storage>).size()).toBe(0);
  });

  test('that is broken, or without any storage, is an empty one', () => {
    localStorage.setItem('draft:room-a', '{"body":7}');
    expect(readDraft('room-a').body).toBe('');
    localStorage.setItem('draft:room-a', 'not json');
    expect(readDraft('room-a').body).toBe('');
    vi.stubGlobal('localStorage', undefined);
    expect(readDraft('room-a').body).toBe('');
    expect(() => keepDraft('room-a', { body: 'x', replyTo: null })).not.toThrow();
  });
});

test('every reaction on offer is one that the server takes, and none is there twice', () => {
  for (const [emoji] of EMOJI) expect(Emoji.safeParse(emoji).success, emoji).toBe(true);
  expect(new Set(EMOJI.map(([emoji]) => emoji)).size).toBe(EMOJI.length);
});

describe('a message on one line', () => {
  test.each([
    ['**bold** and *soft* and `code`', 'bold and soft and code'],
    ['a [link](https://example.org/x) here', 'a link here'],
    ['two\nlines', 'two lines'],
    ['```ts\nconst a = 1;\n```', 'const a = 1;'],
    ['2 * 3 * 4', '2 * 3 * 4'],
    ['`__init__` is special', '__init__ is special'],
  ])('%s: %s', (body, expected) => expect(plainOf(body)).toBe(expected));
});
