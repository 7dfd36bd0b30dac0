import type { Reporter, TestCase, TestModule } from 'vitest/node';
import { type Backend, backends, backendTitle, missing } from './backends.ts';

type Counts = { passed: number; failed: number; skipped: number };

const count = (tests: readonly TestCase[]): Counts => {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const test of tests) {
    const { state } = test.result();
    if (state === 'passed' || state === 'failed') counts[state]++;
    else counts.skipped++;
  }
  return counts;
};

const inWords = ({ passed, failed, skipped }: Counts) =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;

const backendLine = (backend: Backend, tests: readonly TestCase[]): string => {
  const counts = count(tests.filter((test) => test.tags.includes(backend)));
  const reason = missing(backend);
  const why = reason && counts.skipped > 0 ? ` (${reason})` : '';
  return `  ${backendTitle[backend].padEnd(9)} ${inWords(counts)}${why}`;
};

/** What went wrong outside any test: a file that does not load, a hook, a stray rejection. */
const brokenFiles = (modules: readonly TestModule[]) =>
  modules.filter(
    (module) =>
      module.errors().length > 0 ||
      [...module.children.allSuites()].some((s) => s.errors().length > 0),
  );

/** Ends a run with what ran on which backend, what was skipped and why, and one line of sums. */
export const closingReporter = (): Reporter => ({
  onTestRunEnd: (modules, stray) => {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const sums = count(tests);
    const broken = brokenFiles(modules);
    sums.failed += broken.length + stray.length;
    const plain = count(tests.filter((test) => test.tags.length === 0));
    const lines = [
      '',
      'What ran, by what it needs:',
      `  ${'Node only'.padEnd(9)} ${inWords(plain)}`,
      ...backends.map((backend) => backendLine(backend, tests)),
      ...broken.map((module) => `  broken outside its tests: ${module.relativeModuleId}`),
      ...(stray.length > 0 ? [`  ${stray.length} errors outside any test`] : []),
      '',
      inWords(sums),
      '',
    ];
    process.stdout.write(lines.join('\n'));
  },
});
