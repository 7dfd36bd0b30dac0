import { expect, test } from 'vitest';
import { BINDINGS, type KeyAct, printed } from '../../client/src/keys/map.ts';
import { createReader, type Press } from '../../client/src/keys/reader.ts';

const press = (key: string, fields: Partial<Press> = {}): Press => ({
  ...{ key, mod: false, alt: false, other: false, inField: false, at: 0 },
  ...fields,
});
/** What these presses do, one after the other. */
const acts = (presses: Press[], letters = true): (KeyAct | null)[] => {
  const read = createReader();
  return presses.map((one) => read(one, letters));
};

test('a single key does what the map says', () => {
  expect(acts(['j', 'k', '/', '?', '.'].map((key) => press(key)))).toEqual([
    'next',
    'previous',
    'search',
    'help',
    'incoming',
  ]);
  expect(acts([press('x')])).toEqual([null]);
});

test('single keys are dead in fields, where they are switched off, and with modifiers', () => {
  expect(acts([press('j', { inField: true }), press('g', { inField: true })])).toEqual([
    null,
    null,
  ]);
  expect(acts([press('j'), press('?')], false)).toEqual([null, null]);
  expect(
    acts([press('j', { mod: true }), press('j', { alt: true }), press('j', { other: true })]),
  ).toEqual([null, null, null]);
  expect(acts([press('J')])).toEqual([null]);
});

test('keys with a modifier live in fields too, and where single keys are off', () => {
  const presses = [
    press('k', { mod: true, inField: true }),
    press('ArrowDown', { alt: true, inField: true }),
  ];
  expect(acts(presses, false)).toEqual(['palette', 'unread-next']);
  expect(acts([press('k', { mod: true, other: true })])).toEqual([null]);
});

test('two keys after another go to a place', () => {
  expect(acts([press('g'), press('m')])).toEqual([null, 'go-messages']);
});

test('the second of two keys comes soon, in the same place, and right after the first', () => {
  expect(acts([press('g'), press('h', { at: 60_000 })])).toEqual([null, null]);
  expect(acts([press('g'), press('h', { inField: true })])).toEqual([null, null]);
  // Another key means what it means alone, and the pair is over.
  expect(acts([press('g'), press('j'), press('h')])).toEqual([null, 'next', null]);
  expect(acts([press('g'), press('g'), press('p')])).toEqual([null, null, 'go-people']);
});

test('every shortcut of the map is there once, can be reached, and has words', () => {
  const keys = BINDINGS.map((one) => one.keys);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { keys: written, act, words } of BINDINGS) {
    expect(words).not.toBe('');
    const presses = written.split(' ').map((one) => {
      const parts = one.split('+');
      const fields = { mod: parts.includes('Mod'), alt: parts.includes('Alt') };
      return press(parts.at(-1) ?? '', fields);
    });
    expect(acts(presses).at(-1), written).toBe(act);
  }
});

test('keys are printed as the keyboard has them', () => {
  expect(printed('g h', false)).toEqual([['g'], ['h']]);
  expect(printed('Mod+k', false)).toEqual([['Ctrl', 'K']]);
  expect(printed('Mod+k', true)).toEqual([['⌘', 'K']]);
  expect(printed('Alt+ArrowUp', false)).toEqual([['Alt', '↑']]);
});
