import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

/** The two faces every page needs at once; the italic waits until a page uses it. */
const EARLY_FONTS = [
  /newsreader-latin-wght-normal.*\.woff2$/,
  /commissioner-latin-wght-normal.*\.woff2$/,
];

/** Lets the browser fetch the fonts beside the stylesheet instead of after it. */
const preloadFonts = (): Plugin => ({
  name: 'preload-fonts',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle }) =>
      Object.keys(bundle ?? {})
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
  },
});

/** Compresses scripts and styles once, here, so that the server has nothing to do but send them. */
const precompress = (): Plugin => ({
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

export default defineConfig(({ isSsrBuild }) => ({
  root: import.meta.dirname,
  plugins: isSsrBuild ? [] : [preloadFonts(), precompress()],
  build: {
    target: 'es2022',
    emptyOutDir: true,
    ...(isSsrBuild
      ? { outDir: '../dist/ssr', copyPublicDir: false }
      : // Nothing is inlined: the content security policy lets no data: font or script through.
        {
          outDir: '../dist/client',
          manifest: true,
          assetsInlineLimit: 0,
          modulePreload: { polyfill: false },
        }),
  },
  // The render function is one file: the server needs no package of the client at run time.
  ssr: { noExternal: true },
}));
