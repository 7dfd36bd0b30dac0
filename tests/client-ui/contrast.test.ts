import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const TOKENS = 'client/src/styles/tokens.css';
const themes = ['light', 'dark'] as const;
type Theme = (typeof themes)[number];
type Rgb = [number, number, number];

const OKLCH = String.raw`oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)`;
const COLOUR = new RegExp(String.raw`--([a-z0-9-]+): light-dark\(${OKLCH}, ${OKLCH}\);`, 'g');

/** Linear light, as WCAG's luminance wants it. Source: Björn Ottosson, "A perceptual color space". */
const linear = (lightness: number, chroma: number, hue: number): Rgb => {
  const angle = (hue * Math.PI) / 180;
  const a = chroma * Math.cos(angle);
  const b = chroma * Math.sin(angle);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const mixed: Rgb = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return mixed.map((part) => Math.min(1, Math.max(0, part))) as Rgb;
};

const css = readFileSync(TOKENS, 'utf8');
const colours = new Map(
  [...css.matchAll(COLOUR)].map(([, name = '', ...numbers]) => {
    const [l = 0, c = 0, h = 0, dl = 0, dc = 0, dh = 0] = numbers.map(Number);
    return [name, { light: linear(l / 100, c, h), dark: linear(dl / 100, dc, dh) }];
  }),
);

const luminance = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;
const contrast = (one: string, other: string, theme: Theme): number => {
  const [a, b] = [one, other].map((name) => {
    const colour = colours.get(name);
    if (!colour) throw new Error(`${TOKENS} has no colour --${name}`);
    return luminance(colour[theme]) + 0.05;
  }) as [number, number];
  return Math.max(a, b) / Math.min(a, b);
};

const named = (prefix: string): string[] =>
  [...colours.keys()].filter((name) => name.startsWith(prefix));

/** Text on everything it may stand on; what is drawn on the accent or on ink stands apart. */
const grounds = ['paper', 'raised', 'sunken', 'accent-tint', 'code-paper', 'mark'];
const texts = ['ink', 'ink-soft', 'ink-faint', 'accent', 'accent-strong', 'wrong'];
const codes = named('code-').filter((name) => name !== 'code-paper');
const textPairs: [text: string, ground: string][] = [
  ...texts.flatMap((text) => grounds.map((ground): [string, string] => [text, ground])),
  ...codes.map((code): [string, string] => [code, 'code-paper']),
  ...named('tone-').map((tone): [string, string] => ['ink', tone]),
  ['ink', 'selection'],
  ['wrong', 'wrong-tint'],
  ['ink', 'wrong-tint'],
  ['paper', 'ink'],
  ['paper', 'accent'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['good', 'paper'],
  ['good', 'raised'],
];
/** Edges of fields, the ring of the focus, dots: what must be seen but is not read. */
const shapePairs: [shape: string, ground: string][] = [
  ...['accent', 'line-strong', 'wrong'].flatMap((shape) =>
    ['paper', 'raised'].map((ground): [string, string] => [shape, ground]),
  ),
  ...['sunken', 'accent-tint', 'code-paper', 'mark'].map((on): [string, string] => ['accent', on]),
  ...['good', 'busy', 'away'].flatMap((dot) =>
    ['paper', 'raised'].map((ground): [string, string] => [dot, ground]),
  ),
];
/** Drawn between things, never the only sign of one. */
const ornaments = ['line'];

describe.each(themes)('in the %s theme', (theme) => {
  const below = (pairs: [string, string][], least: number): string[] =>
    pairs
      .map(([one, other]) => ({ pair: `${one} on ${other}`, at: contrast(one, other, theme) }))
      .filter(({ at }) => at < least)
      .map(({ pair, at }) => `${pair}: ${at.toFixed(2)}`);

  test('every text is readable on every ground, 4.5:1', () => {
    expect(below(textPairs, 4.5)).toEqual([]);
  });

  test('every control, dot and focus ring is seen, 3:1', () => {
    expect(below(shapePairs, 3)).toEqual([]);
  });
});

test('the measure is the one of WCAG: black on white is 21 to 1, and red as bright as it says', () => {
  expect((luminance(linear(1, 0, 0)) + 0.05) / (luminance(linear(0, 0, 0)) + 0.05)).toBeCloseTo(21);
  // The oklch of pure red.
  expect(luminance(linear(0.62796, 0.25768, 29.234))).toBeCloseTo(0.2126, 3);
});

test('no colour is left out of the pairs', () => {
  const judged = new Set([...textPairs.flat(), ...shapePairs.flat(), ...ornaments]);
  expect(colours.size).toBeGreaterThan(20);
  expect([...colours.keys()].filter((name) => !judged.has(name))).toEqual([]);
});

test('every colour stands in the tokens, nowhere else', () => {
  const sheets = readdirSync('client/src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.css') && !file.endsWith('tokens.css'))
    .map((file) => join('client/src', file));
  const own = sheets.filter((file) =>
    /oklch\(|rgba?\(|hsla?\(|: #[0-9a-f]{3,8}\b/i.test(readFileSync(file, 'utf8')),
  );
  expect(own).toEqual([]);
});
