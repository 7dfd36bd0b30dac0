import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { createHttp } from '../../src/edge/http.ts';
import { createLog } from '../../src/log.ts';
import { loadClientBuild } from '../../src/pages/client-build.ts';
import type { PageData } from '../../src/pages/contract.ts';
import { type PagesOptions, pagesRoutes } from '../../src/pages/routes.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { createMemoryLimits } from '../../src/platform/limits.ts';
import { freshFolder } from '../support/place.ts';

let folder: Awaited<ReturnType<typeof freshFolder>>;
beforeEach(async () => {
  folder = await freshFolder();
});
afterEach(() => folder.close());

const build = async (template: string) => {
  await mkdir(join(folder.path, 'dist/client'), { recursive: true });
  await mkdir(join(folder.path, 'dist/ssr'), { recursive: true });
  await writeFile(join(folder.path, 'package.json'), '{"type":"module"}');
  await writeFile(join(folder.path, 'dist/client/index.html'), template);
  const render = `export const render = (path) => ({ html: '<p>' + path + ' $& $1</p>', head: '<title>t</title>' });`;
  await writeFile(join(folder.path, 'dist/ssr/server.js'), render);
};
const data: PageData = {
  content: { page: 'app' },
  viewer: null,
  origin: 'http://x',
  theme: 'dark',
};

test('a page is filled in at its marks, and its data cannot end the block', async () => {
  await build('<html data-theme="system"><!--head--><div><!--app--></div><!--data-->end');
  const client = await loadClientBuild(folder.path);
  const evil = { ...data, origin: '</script><!--app-->' };
  expect(client?.documentOf('/a', evil).bytes.toString()).toBe(
    '<html data-theme="dark"><title>t</title><div><p>/a $& $1</p></div>' +
      '<script type="application/json" id="page-data">' +
      '{"content":{"page":"app"},"viewer":null,"origin":"\\u003c/script>\\u003c!--app-->","theme":"dark"}' +
      '</script>end',
  );
});

test('a template without its marks is a defect', async () => {
  await build('<html><!--head--></html>');
  await expect(loadClientBuild(folder.path)).rejects.toThrow('data-theme');
});

test('without a build every page says so', async () => {
  expect(await loadClientBuild(folder.path)).toBeNull();
  const log = createLog('silent');
  const limits = createMemoryLimits(systemClock, 1);
  const config = loadConfig({});
  const http = await createHttp({ config, log, limits, authenticate: async () => null });
  // No page of an app asks a service before it is shown.
  const services = {} as PagesOptions;
  await http.register(pagesRoutes({ ...services, origin: 'http://x', root: folder.path }));
  const answer = await http.inject({ url: '/chat', headers: { accept: 'text/html' } });
  expect(answer.statusCode).toBe(503);
  expect(answer.body).toContain('npm run build');
  expect(answer.headers['cache-control']).toBe('no-store');
  await http.close();
  limits.close();
});
