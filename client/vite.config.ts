import { defineConfig } from 'vite';
import { paintFirst, precompress, serviceWorker, weighPages } from './build/plugins.ts';

export default defineConfig(({ isSsrBuild }) => ({
  root: import.meta.dirname,
  plugins: isSsrBuild ? [] : [paintFirst(), precompress(), weighPages(), serviceWorker()],
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
