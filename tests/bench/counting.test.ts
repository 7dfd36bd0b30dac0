import { describe, expect, test } from 'vitest';
import { type Measured, refusalOf } from './load.ts';
import { createResults, judge } from './rounds.ts';
import { median, percentile } from './stats.ts';
import { bodyOf, createTally, type Tally } from './tally.ts';
import { times, type Workload } from './workload.ts';

const NONE = { lost: 0, doubled: 0, mixed: 0, strange: 0 };

describe('the tally', () => {
  /** Two rooms of three. */
  const open = () => {
    const complete: number[] = [];
    const tally = createTally({
      roomOf: [0, 0, 0, 1, 1, 1],
      isTimed: () => false,
      complete: (number) => complete.push(number),
    });
    return { tally, complete };
  };
  const deliver = (tally: Tally, member: number, ...numbers: number[]) => {
    const frame = Buffer.from(numbers.map((number) => `{${bodyOf(number, 5, 60)}}`).join());
    tally.take(member, frame, 0, frame.length);
  };

  test('finds nothing wrong when everybody has everything', () => {
    const { tally, complete } = open();
    const [one, two] = [tally.next(0), tally.next(0)];
    for (const member of [0, 1, 2]) deliver(tally, member, one, two);
    expect(tally.losses()).toEqual(NONE);
    expect(tally.delivered()).toBe(6);
    expect(tally.isComplete()).toBe(true);
    expect(complete).toEqual([one, two]);
  });

  test('finds the one delivery that is missing', () => {
    const { tally } = open();
    const [one, two] = [tally.next(0), tally.next(0)];
    deliver(tally, 0, one, two);
    deliver(tally, 1, one);
    deliver(tally, 2, one, two);
    expect(tally.losses()).toEqual({ ...NONE, lost: 1 });
    expect(tally.isComplete()).toBe(false);
  });

  test('finds what came twice', () => {
    const { tally } = open();
    const one = tally.next(1);
    for (const member of [3, 4, 5, 5]) deliver(tally, member, one);
    expect(tally.losses()).toEqual({ ...NONE, doubled: 1 });
  });

  test('finds a loss that a repetition hides from the count', () => {
    const { tally } = open();
    const [one, two] = [tally.next(0), tally.next(0)];
    deliver(tally, 0, one, one);
    for (const member of [1, 2]) deliver(tally, member, one, two);
    expect(tally.losses()).toEqual({ ...NONE, mixed: 1 });
  });

  test('finds what belongs to another room, or was never sent', () => {
    const { tally } = open();
    const one = tally.next(0);
    for (const member of [0, 1, 2, 3]) deliver(tally, member, one);
    deliver(tally, 4, 77);
    expect(tally.losses()).toEqual({ ...NONE, strange: 2 });
  });
});

describe('a row', () => {
  const measured = (generatorShare: number, lost = 0) =>
    ({ generatorShare, losses: { ...NONE, lost } }) as Measured;

  test('is a result when nothing was lost and the generator had time to spare', () => {
    expect(refusalOf(measured(0.9))).toBeNull();
  });
  test('is refused when the generator used more than 0.9 of its core', () => {
    expect(refusalOf(measured(0.91))).toContain('0.91 of its core');
  });
  test('is refused when anything was lost', () => {
    expect(refusalOf(measured(0.1, 3))).toContain('3 lost');
  });
});

describe('the rounds', () => {
  test('have the middle value in the middle', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([1, 2, 10, 20])).toBe(6);
    expect(median([])).toBeNaN();
    expect(
      percentile(
        Array.from({ length: 100 }, (_, index) => 100 - index),
        0.99,
      ),
    ).toBe(99);
  });

  const goal = times('cpu', 'ws', { atMost: 1 }, 'cheaper than ws');
  const workload: Workload = { id: 'W', title: '', contenders: [], goals: [goal] };
  const resultsOf = (ours: number[], theirs: (number | string)[]) => {
    const results = createResults();
    for (const [round, cpu] of ours.entries())
      results.put('W', 'lyceum', round, { figures: { cpu }, refusal: null });
    for (const [round, cpu] of theirs.entries()) {
      const isResult = typeof cpu === 'number';
      const attempt = { figures: { cpu: isResult ? cpu : 1 }, refusal: isResult ? null : cpu };
      results.put('W', 'ws', round, attempt);
    }
    return results;
  };

  test('are compared each with itself, and judged by the middle ratio', () => {
    const results = resultsOf([10, 30, 20], [20, 20, 25]);
    const verdict = judge(goal, workload, { results, rounds: 3, fsyncs: [] });
    expect(verdict.range).toEqual({ middle: 0.8, low: 0.5, high: 1.5 });
    expect(verdict.met).toBe(true);
  });
  test('have the least that stores in the place of Lyceum beside it', () => {
    const results = resultsOf([10, 30, 20], [20, 20, 25]);
    const judged = () => judge(goal, workload, { results, rounds: 3, fsyncs: [] });
    expect(judged().storing).toEqual([null, null]);
    results.put('W', 'stored-ws', 1, { figures: { cpu: 24 }, refusal: null });
    results.put('W', 'stored-socketio', 0, { figures: { cpu: 30 }, refusal: null });
    expect(judged()).toMatchObject({ storing: [1.2, 1.5], range: { middle: 0.8 } });
  });
  test('leave out a round in which one of the two has no result', () => {
    const results = resultsOf([10, 30, 30], ['1 lost', 20, 15]);
    const verdict = judge(goal, workload, { results, rounds: 3, fsyncs: [] });
    expect(verdict.range).toEqual({ middle: 1.75, low: 1.5, high: 2 });
    expect(verdict.met).toBe(false);
  });
  test('say nothing when nothing was measured', () => {
    const results = createResults();
    expect(judge(goal, workload, { results, rounds: 3, fsyncs: [] }).met).toBeNull();
  });
});
