import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Builds before a start, unless everything built is newer than everything it is made from. */
const root = new URL('../..', import.meta.url).pathname;
const sources = ['src', 'client', 'package.json', 'tsconfig.json'];
/** Written at the end of a whole build. */
const stamp = join(root, 'dist/built');

const newest = (path: string): number => {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
};

const isStale = (): boolean =>
  !existsSync(stamp) || sources.some((name) => newest(join(root, name)) > statSync(stamp).mtimeMs);

if (isStale()) execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' });
