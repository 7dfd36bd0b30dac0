import { defineConfig } from 'vitest/config';
import { backends } from './support/backends.ts';
import { closingReporter } from './support/closing-reporter.ts';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    // Two cores: more files at once only makes waits longer.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    tags: backends.map((name) => ({ name })),
    reporters: ['default', closingReporter()],
  },
});
