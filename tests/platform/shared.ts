import { type Config, loadConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { type Clock, systemClock } from '../../src/platform/clock.ts';
import { openShared } from '../../src/platform/open-shared.ts';
import type { Shared } from '../../src/platform/shared.ts';

const quiet = createLog('silent');

const configOf = (env: Record<string, string>): Config => loadConfig({ ...env, RATE_SCALE: '1' });

/** What one process shares with others; on Redis when `env` names one. */
export const openSharedWith = (
  env: Record<string, string> = {},
  clock: Clock = systemClock,
): Promise<Shared> => openShared(configOf(env), clock, quiet);

/** Asks again and again, as fast as the loop goes, until it is true; at most 10 s. */
export const until = async (isTrue: () => boolean | Promise<boolean>): Promise<void> => {
  const end = performance.now() + 10_000;
  while (!(await isTrue())) {
    if (performance.now() > end) throw new Error('it did not become true within 10 s');
    await new Promise((resolve) => setImmediate(resolve));
  }
};
