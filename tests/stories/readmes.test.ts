import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Article } from '../../src/articles/contract.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { describeOn } from '../support/backends.ts';
import { signUp, type TestPerson } from '../support/client.ts';
import {
  activeInPage,
  activeInText,
  attribute,
  type Element,
  elementsOfPage,
  elementsOfPiece,
  textOf,
} from '../support/html.ts';

const TITLE_MAX = 150;
const BODY_MAX = 200_000;

type Readme = { file: string; title: string; body: string };

const files = readdirSync('node_modules', { recursive: true, encoding: 'utf8' })
  .filter((file) => /(^|[/\\])readme\.(md|markdown)$/i.test(file))
  .sort();

const titleOf = (file: string, body: string): string => {
  const heading = /^#+[ \t]+(.*\S)/m.exec(body)?.[1] ?? '';
  return heading.slice(0, TITLE_MAX).trim() || dirname(file);
};

const readme = (file: string): Readme => {
  const body = readFileSync(join('node_modules', file), 'utf8')
    .replaceAll('\0', '')
    .slice(0, BODY_MAX);
  return { file, title: titleOf(file, body), body };
};

const readmes = files.map(readme).filter(({ body }) => body.trim() !== '');

const ownFile =
  /^\/(assets\/[\w.-]+\.(js|css|woff2)|manifest\.webmanifest|favicon\.\w+|icons?\/[\w.-]+)$/;
const dataTypes = ['application/ld+json', 'application/json'];

/** The page's own: built files of this site, data that a browser does not run, words about the page. */
const isOwn = (element: Element): boolean => {
  if (element.tagName === 'meta') return attribute(element, 'http-equiv') === undefined;
  if (element.tagName === 'link') {
    const loads = /stylesheet|preload|icon|manifest/.test(attribute(element, 'rel') ?? '');
    return !loads || ownFile.test(attribute(element, 'href') ?? '');
  }
  if (element.tagName !== 'script') return false;
  if (!dataTypes.includes(attribute(element, 'type') ?? ''))
    return ownFile.test(attribute(element, 'src') ?? '') && textOf(element) === '';
  return typeof JSON.parse(textOf(element)) === 'object';
};

const planted = [
  '<script src="/assets/x.js"></script>',
  '<img src="x" onerror="alert(1)">',
  '<a href=" java&#10;script:alert(1)">here</a>',
  '<a href="data:text/html,hello">here</a>',
  '<svg><a xlink:href="vbscript:x">here</a></svg>',
  '<p style="position: fixed">over all</p>',
  '<iframe srcdoc="hello"></iframe>',
  '<form action="https://elsewhere.example"></form>',
  '<base href="https://elsewhere.example">',
];

test.each(planted)('the check itself sees what could run: %s', (html) => {
  expect(activeInText(elementsOfPiece(html).elements)).not.toEqual([]);
});

describeOn(['sqlite'], 'real Markdown: the README of every installed package', () => {
  let app: TestApp;
  let ana: TestPerson;
  const times: number[] = [];

  beforeAll(async () => {
    app = await startApp();
    ana = await signUp(app.url, 'ana');
  });
  afterAll(async () => {
    await app?.close();
    times.sort((a, b) => a - b);
    const sum = times.reduce((all, ms) => all + ms, 0);
    const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(1);
    process.stdout.write(
      `${times.length} READMEs published: ${(sum / times.length).toFixed(1)} ms each on average, ` +
        `median ${at(0.5)} ms, 95 of 100 under ${at(0.95)} ms, longest ${at(0.999)} ms\n`,
    );
  });

  test('there are hundreds of them', () => {
    expect(readmes.length).toBeGreaterThan(200);
  });

  test.each(readmes)('$file', async ({ title, body }) => {
    const from = performance.now();
    const made = await ana.post<Article>('/api/articles', { title, body, publish: true });
    times.push(performance.now() - from);
    expect(made.status, made.text.slice(0, 500)).toBe(201);
    const { slug, html, roomId } = made.body;

    const piece = elementsOfPiece(html);
    expect(piece.errors).toEqual([]);
    expect(activeInText(piece.elements)).toEqual([]);
    expect(roomId).not.toBe('');

    const page = await ana.get(`/a/${slug}`);
    expect(page.status).toBe(200);
    const elements = elementsOfPage(page.text);
    expect(activeInPage(elements, isOwn)).toEqual([]);
    expect(page.text).toContain(html);
    const named = elements.find(({ tagName }) => tagName === 'title');
    expect(named && textOf(named)).toContain(title.replace(/\s+/g, ' ').slice(0, 20));
    expect(elements.filter(({ tagName }) => tagName === 'main')).toHaveLength(1);

    const twin = await ana.get(`/a/${slug}.md`);
    expect(twin.text).toContain(body.trim().slice(0, 200));
  });
});
