import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Manifest } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';

const KB = 1024;
const SOCKET = '../node_modules/socket.io-client/build/esm/index.js';
/** What a logged-in reader of an article fetches beside the page's own script. */
const READING = [
  'index.html',
  SOCKET,
  'src/notifications/view.tsx',
  'src/rooms/chat-count.tsx',
  'src/people/people-count.tsx',
  'src/people/view.tsx',
];
const CHATTING = ['index.html', SOCKET, 'src/rooms/view.tsx', 'src/notifications/view.tsx'];

let folder = '';
let manifest: Manifest = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lyceum-budget-'));
  await build({
    configFile: 'client/vite.config.ts',
    logLevel: 'silent',
    build: { outDir: folder, emptyOutDir: true },
  });
  manifest = JSON.parse(await readFile(join(folder, '.vite/manifest.json'), 'utf8')) as Manifest;
});
afterAll(() => rm(folder, { recursive: true }));

/** The gzip bytes of the entries' scripts and of all they import. */
async function weigh(entries: string[]): Promise<number> {
  const files = new Set<string>();
  const walk = (name: string): void => {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`the build has no ${name}`);
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const imported of chunk.imports ?? []) walk(imported);
  };
  for (const entry of entries) walk(entry);
  const sizes = await Promise.all(
    [...files].map(async (file) => gzipSync(await readFile(join(folder, file))).length),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

test('an article page has at most 100 KB of script', async () => {
  const size = await weigh(READING);
  process.stdout.write(`article page: ${(size / KB).toFixed(1)} KB of script (gzip)\n`);
  expect(size).toBeLessThanOrEqual(100 * KB);
  // The weight of nothing is no proof.
  expect(size).toBeGreaterThan(20 * KB);
});

test('chat has at most 160 KB of script', async () => {
  const size = await weigh(CHATTING);
  process.stdout.write(`chat: ${(size / KB).toFixed(1)} KB of script (gzip)\n`);
  expect(size).toBeLessThanOrEqual(160 * KB);
});

test('the schema library stays out of the browser', async () => {
  const scripts = Object.values(manifest).filter(({ file }) => file.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(5);
  for (const { file } of scripts) {
    expect(await readFile(join(folder, file), 'utf8'), file).not.toContain('ZodError');
  }
});
