import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { build, type Plugin } from 'vite';
import { weighBuild } from './budget.ts';

/** The two faces every page needs at once; the italic waits until a page uses it. */
const EARLY_FONTS = [
  /newsreader-latin-wght-normal.*\.woff2$/,
  /commissioner-latin-wght-normal.*\.woff2$/,
];

const STYLESHEET = /\s*<link rel="stylesheet"[^>]*>/g;

/** The page is complete as it comes: on a thin line its script waits until it is painted. */
const scriptsLast = (html: string): string => {
  const styles = (html.match(STYLESHEET) ?? []).join('');
  return html
    .replace(STYLESHEET, '')
    .replace(/\s*<script type="module"/, (script) => styles + script)
    .replaceAll(/<(script type|link rel)="module(preload)?"/g, '$& fetchpriority="low"');
};

/** What is painted is fetched first: the styles, and beside them, not after them, the fonts. */
export const paintFirst = (): Plugin => ({
  name: 'paint-first',
  transformIndexHtml: {
    order: 'post',
    handler: (html, { bundle }) => ({
      html: scriptsLast(html),
      tags: Object.keys(bundle ?? {})
        .filter((file) => EARLY_FONTS.some((font) => font.test(file)))
        .map((file) => ({
          tag: 'link',
          attrs: {
            rel: 'preload',
            href: `/${file}`,
            as: 'font',
            type: 'font/woff2',
            crossorigin: '',
          },
          injectTo: 'head',
        })),
    }),
  },
});

/** Compresses scripts and styles once, here, so that the server has nothing to do but send them. */
export const precompress = (): Plugin => ({
  name: 'precompress',
  writeBundle: async ({ dir = '' }, bundle) => {
    const files = Object.keys(bundle).filter((file) => /\.(js|css|svg)$/.test(file));
    await Promise.all(
      files.map(async (file) => {
        const content = await readFile(join(dir, file));
        await writeFile(join(dir, `${file}.br`), await promisify(brotliCompress)(content));
        await writeFile(join(dir, `${file}.gz`), await promisify(gzip)(content, { level: 9 }));
      }),
    );
  },
});

/** Says what script a page has, and ends the build when it is too much. */
export const weighPages = (): Plugin => ({
  name: 'weigh-pages',
  writeBundle: {
    order: 'post',
    sequential: true,
    handler: async ({ dir = '' }) => {
      for (const line of await weighBuild(dir)) process.stdout.write(`${line}\n`);
    },
  },
});

/** For those who build the site, not for its readers. */
const GALLERY = /\/gallery-/;

/** Builds the service worker beside the files it keeps; it knows their names. */
export const serviceWorker = (): Plugin => ({
  name: 'service-worker',
  writeBundle: async ({ dir = '' }, bundle) => {
    const assets = Object.keys(bundle)
      .filter((file) => file.startsWith('assets/') && !GALLERY.test(file))
      .map((file) => `/${file}`)
      .sort();
    const version = createHash('sha256').update(assets.join()).digest('base64url').slice(0, 12);
    await build({
      configFile: false,
      root: join(import.meta.dirname, '..'),
      logLevel: 'warn',
      define: { __ASSETS__: JSON.stringify(assets), __VERSION__: JSON.stringify(version) },
      build: {
        target: 'es2022',
        outDir: dir,
        emptyOutDir: false,
        copyPublicDir: false,
        rolldownOptions: {
          input: join(import.meta.dirname, '../src/worker/worker.ts'),
          output: { format: 'iife', entryFileNames: 'sw.js' },
        },
      },
    });
  },
});
