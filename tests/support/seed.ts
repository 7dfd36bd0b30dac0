import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Place } from './place.ts';

/** Fills an empty place with the sample world, as `npm run seed` does; gives everybody's password. */
export const seed = async (place: Place): Promise<string> => {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ['--import', 'tsx', 'src/dev/seed.ts'], {
    env: { PATH: process.env.PATH, LOG_LEVEL: 'warn', ...place.env },
    timeout: 60_000,
  });
  return /with the password (\S+)/.exec(stdout)?.[1] ?? '';
};
