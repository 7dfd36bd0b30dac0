import type { ChildProcess } from 'node:child_process';

const running = new Set<ChildProcess>();

process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A child that ends when this process does, also by an error that nobody caught. */
export const owned = <T extends ChildProcess>(child: T): T => {
  running.add(child);
  return child.once('exit', () => running.delete(child));
};

/** A signal that ends this process takes its children along. For the runs that have no other handler. */
export const endOnSignals = (): void => {
  // 128 + the number of the signal, as a shell says it.
  process.once('SIGTERM', () => process.exit(143));
  process.once('SIGINT', () => process.exit(130));
};
