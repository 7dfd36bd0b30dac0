import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starts one of our modules as a worker thread. `source` is its TypeScript file; the built one
 * beside it is preferred, and from the sources (tests, tsx) the worker gets the loader too.
 */
export const startWorker = (source: URL, options: WorkerOptions): Worker => {
  const built = new URL(source.href.replace(/\.ts$/, '.js'));
  if (existsSync(fileURLToPath(built))) return new Worker(built, options);
  const boot = `import('tsx/esm/api').then((tsx) => { tsx.register(); return import(${JSON.stringify(source.href)}); });`;
  return new Worker(boot, { ...options, eval: true });
};
