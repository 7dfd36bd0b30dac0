import { expect, test } from 'vitest';
import { createTogether } from '../../src/platform/together.ts';

/** Answers each key with itself in capitals, except `nobody`, and writes the questions down. */
const recorder = (keysMax?: number) => {
  const questions: string[][] = [];
  const ask = createTogether(async (keys: readonly string[]) => {
    questions.push([...keys]);
    return new Map(keys.flatMap((key) => (key === 'nobody' ? [] : [[key, key.toUpperCase()]])));
  }, keysMax);
  return { ask, questions };
};

test('what is asked in one turn is one question, and each gets what they asked for', async () => {
  const { ask, questions } = recorder();
  const answers = await Promise.all([ask(['ada']), ask(['ben', 'nobody']), ask(['ada'])]);
  expect(questions).toEqual([['ada', 'ben', 'nobody']]);
  expect(answers.map((found) => [...found])).toEqual([
    [['ada', 'ADA']],
    [['ben', 'BEN']],
    [['ada', 'ADA']],
  ]);
});

test('what is asked while a question is on its way is looked up after it', async () => {
  const questions: string[][] = [];
  let finish = () => {};
  const ask = createTogether(async (keys: readonly string[]) => {
    questions.push([...keys]);
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    return new Map(keys.map((key) => [key, questions.length]));
  });
  const first = ask(['ada']);
  await expect.poll(() => questions.length).toBe(1);
  const second = ask(['ada']);
  finish();
  expect((await first).get('ada')).toBe(1);
  await expect.poll(() => questions.length).toBe(2);
  finish();
  expect((await second).get('ada')).toBe(2);
});

test('one that is never answered holds up no other', async () => {
  let asked = 0;
  const ask = createTogether((keys: readonly string[]) => {
    asked += 1;
    if (asked === 1) return new Promise(() => {});
    return Promise.resolve(new Map(keys.map((key) => [key, asked])));
  });
  void ask(['ada']);
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  expect((await ask(['ben'])).get('ben')).toBe(2);
});

test('a question has a limit, and an error reaches those who asked', async () => {
  const { ask, questions } = recorder(2);
  await Promise.all([ask(['a']), ask(['b']), ask(['c']), ask([])]);
  expect(questions).toEqual([['a', 'b'], ['c']]);

  const failing = createTogether(() => Promise.reject(new Error('out of reach')));
  await expect(failing(['a'])).rejects.toThrow('out of reach');
  await expect(failing(['a'])).rejects.toThrow('out of reach');
});
