import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Manifest } from 'vite';

const KB = 1024;
const SOCKET = '../node_modules/socket.io-client/build/esm/index.js';

export type Budget = {
  name: string;
  /** KB of script, gzip. */
  limit: number;
  /** What is fetched there: the page's own script and all that a logged-in reader gets beside it. */
  entries: string[];
};

export const BUDGETS: Budget[] = [
  {
    name: 'article page',
    limit: 100,
    entries: [
      'index.html',
      SOCKET,
      'src/notifications/view.tsx',
      'src/rooms/chat-count.tsx',
      'src/people/people-count.tsx',
      'src/people/view.tsx',
    ],
  },
  {
    name: 'chat',
    limit: 160,
    entries: ['index.html', SOCKET, 'src/rooms/view.tsx', 'src/notifications/view.tsx'],
  },
];

/** One line for each page, as `article page: 81.2 KB of script (gzip) of 100`; throws above a limit. */
export async function weighBuild(folder: string, budgets = BUDGETS): Promise<string[]> {
  const manifest = JSON.parse(
    await readFile(join(folder, '.vite/manifest.json'), 'utf8'),
  ) as Manifest;
  const weighed = await Promise.all(
    budgets.map(async (budget) => ({ ...budget, size: await weigh(folder, manifest, budget) })),
  );
  const lines = weighed.map(
    ({ name, size, limit }) => `${name}: ${size.toFixed(1)} KB of script (gzip) of ${limit}`,
  );
  if (weighed.some(({ size, limit }) => size > limit))
    throw new Error(`more script than a page may have\n${lines.join('\n')}`);
  return lines;
}

async function weigh(folder: string, manifest: Manifest, { entries }: Budget): Promise<number> {
  const files = scriptsOf(manifest, entries);
  const sizes = await Promise.all(
    files.map(async (file) => gzipSync(await readFile(join(folder, file))).length),
  );
  return sizes.reduce((sum, size) => sum + size, 0) / KB;
}

/** The scripts of the entries and of all they import. */
function scriptsOf(manifest: Manifest, entries: string[]): string[] {
  const files = new Set<string>();
  const walk = (name: string): void => {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`the build has no ${name}`);
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const imported of chunk.imports ?? []) walk(imported);
  };
  for (const entry of entries) walk(entry);
  return [...files];
}
