import { expect, test, vi } from 'vitest';
import { pageDataOf } from '../../client/src/net/page-data.ts';

// The build puts these in.
vi.stubGlobal('__VERSION__', 'test');
vi.stubGlobal('__ASSETS__', []);
const { withTagsOf } = await import('../../client/src/worker/assets.ts');

const page = (name: string, words: string) => `<html lang="en">
  <head>
    <link rel="icon" href="/favicon.svg" />
    <title>${words}</title>
    <script type="module" crossorigin src="/assets/index-${name}.js"></script>
    <link rel="stylesheet" crossorigin href="/assets/index-${name}.css">
  </head>
  <body><div id="app"><p>${words}, see "/assets/notes"</p></div>
    <script type="application/json" id="page-data">{"content":{"page":"app"},"words":"\\u003c/script>"}</script>
  </body>
</html>`;

test('a kept page is drawn by the present build: none of the scripts and styles before remain', () => {
  const html = withTagsOf(page('old', 'Kept'), page('new', 'Offline'));
  expect(html).toContain('<title>Kept</title>');
  expect(html).toContain('/favicon.svg');
  expect(html).toContain('see "/assets/notes"');
  expect(html).not.toContain('index-old');
  expect(html.match(/index-new\.(js|css)/g)).toEqual(['index-new.js', 'index-new.css']);
  expect(html.indexOf('index-new.css')).toBeLessThan(html.indexOf('</head>'));
});

test('what a page was drawn from is read from its block, and from nothing else', () => {
  expect(pageDataOf(page('a', 'A'))).toEqual({ content: { page: 'app' }, words: '</script>' });
  expect(pageDataOf('<html><p>Bad gateway</p></html>')).toBeNull();
});
