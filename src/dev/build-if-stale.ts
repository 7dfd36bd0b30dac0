import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Builds before a start, unless everything built is newer than everything it is made from. */
const root = new URL('../..', import.meta.url).pathname;
const sources = ['src', 'client', 'package.json', 'tsconfig.json'];
const results = ['dist/server/main.js', 'dist/client/index.html', 'dist/ssr/server.js'];

const newest = (path: string): number => {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
};

const isStale = (): boolean => {
  const built = results.map((name) => join(root, name));
  if (!built.every((path) => existsSync(path))) return true;
  const oldestResult = Math.min(...built.map((path) => statSync(path).mtimeMs));
  return sources.some((name) => newest(join(root, name)) > oldestResult);
};

if (isStale()) execFileSync('npm', ['run', 'build'], { cwd: root, stdio: 'inherit' });
