import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  afterArrival,
  around,
  DRAWN_MAX,
  isKnown,
  newest,
  type Span,
  STEP,
  stepDown,
  stepUp,
  within,
} from '../../client/src/rooms/span.ts';
import { message } from './build.ts';

const run = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => message(from + index));
const ns = (messages: readonly { n: number }[]) => messages.map(({ n }) => n);
const edges = (messages: readonly { n: number }[]) => [messages[0]?.n, messages.at(-1)?.n];

describe('the part of a log that is drawn', () => {
  test('is at first all of the newest run, and nothing of an empty log', () => {
    expect(ns(within(run(5, 9), newest))).toEqual([5, 6, 7, 8, 9]);
    expect(ns(within([...run(1, 3), ...run(7, 9)], newest))).toEqual([7, 8, 9]);
    expect(within([], newest)).toEqual([]);
  });

  test('goes up a step at a time and lets go of the end, then down again to follow it', () => {
    const log = run(1, 1_000);
    let span: Span = { from: 900, to: null };
    for (let up: Span | null = span; up; up = stepUp(log, span)) span = up;
    expect(span).toEqual({ from: 1, to: DRAWN_MAX });
    for (let down: Span | null = span; down; down = stepDown(log, span)) span = down;
    expect(span).toEqual({ from: 1_001 - DRAWN_MAX, to: null });
  });

  test('never reaches over a hole, never beyond its bound, whatever the steps', () => {
    const log = [...run(40, 300), ...run(500, 1_400), ...run(2_000, 2_700)];
    const move = fc.constantFrom('up', 'down', 'up', 'down', 'arrive');
    const start = fc.constantFrom(60, 300, 500, 900, 1_399, 2_350, 2_700);
    fc.assert(
      fc.property(start, fc.array(move, { maxLength: 40 }), (n, moves) => {
        let span = around(log, n) ?? newest;
        for (const each of moves) {
          const step = { up: stepUp, down: stepDown, arrive: arriving }[each];
          span = step(log, span) ?? span;
          const drawn = ns(within(log, span));
          expect(drawn.length).toBeGreaterThan(0);
          expect(drawn.length).toBeLessThanOrEqual(DRAWN_MAX + STEP);
          expect(drawn).toEqual(drawn.map((_, index) => (drawn[0] ?? 0) + index));
        }
      }),
    );
  });

  test('stands around a message; at the end it follows', () => {
    const log = [...run(1, 1_000), ...run(2_000, 2_100)];
    expect(edges(within(log, around(log, 500) ?? newest))).toEqual([381, 620]);
    expect(around(log, 2_050)).toEqual({ from: 2_000, to: null });
    expect(around(log, 990)).toEqual({ from: 761, to: 1_000 });
    expect(around(log, 1_500)).toBeNull();
  });

  test('stays under who reads above, and goes on with who follows', () => {
    const log = run(1, 400);
    const span = { from: 10, to: null };
    expect(afterArrival(run(1, 200), span, true)).toBeNull();
    expect(afterArrival(log, span, true)).toEqual({ from: 401 - DRAWN_MAX, to: null });
    expect(afterArrival(log, span, false)).toEqual({ from: 10, to: 9 + DRAWN_MAX + STEP });
    expect(afterArrival(log, { from: 10, to: 50 }, false)).toBeNull();
  });

  test('is unknown to a log that began anew elsewhere', () => {
    expect(isKnown(run(900, 950), { from: 100, to: 300 })).toBe(false);
    expect(isKnown(run(200, 950), { from: 100, to: 300 })).toBe(true);
    expect(isKnown([], newest)).toBe(true);
  });
});

const arriving = (log: Parameters<typeof afterArrival>[0], span: Span) =>
  afterArrival(log, span, true);
