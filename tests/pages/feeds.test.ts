import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Article } from '../../src/articles/contract.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { describeOn } from '../support/backends.ts';
import { newClientId, signUp, type TestPerson } from '../support/client.ts';
import { send } from '../support/http.ts';
import { parseXml, type Xml } from './xml.ts';

const all = (node: Xml, name: string): Xml[] => [
  ...node.children.filter((child) => child.name === name),
  ...node.children.flatMap((child) => all(child, name)),
];
const one = (node: Xml, name: string): Xml => {
  const found = node.children.find((child) => child.name === name);
  if (!found) throw new Error(`no <${name}> in <${node.name}>`);
  return found;
};

describeOn(['sqlite'], 'feeds', () => {
  let app: TestApp;
  let ana: TestPerson;
  let first: Article;
  let second: Article;
  beforeAll(async () => {
    app = await startApp();
    ana = await signUp(app.url, 'ana');
    const write = async (title: string, body: string, tags: string[]) =>
      (await ana.post<Article>('/api/articles', { title, body, tags, publish: true })).body;
    first = await write('Fish & <chips> ]]> "x"', 'A *first* [link](/a/b) \u0007 \ufffe', ['sea']);
    second = await write('Second', 'More', ['sky']);
    await ana.post('/api/articles', { title: 'Draft', body: 'Secret' });
    const at = `/api/articles/${first.id}/responses`;
    await ana.post(at, { body: 'One <b>', clientId: newClientId() });
    const gone = await ana.post<{ id: string }>(at, { body: 'Gone', clientId: newClientId() });
    await ana.del(`/api/rooms/${first.roomId}/messages/${gone.body.id}`);
  });
  afterAll(() => app.close());

  const feed = async (path: string) => {
    const answer = await send(app.url, 'GET', path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    return parseXml(answer.text);
  };

  test.each([
    ['/feed.xml', ['Second', 'Fish & <chips> ]]> "x"']],
    ['/t/sea/feed.xml', ['Fish & <chips> ]]> "x"']],
    ['/t/unused/feed.xml', []],
    ['/@ana/feed.xml', ['Second', 'Fish & <chips> ]]> "x"']],
  ])('%s', async (path, titles) => {
    const root = await feed(path);
    expect(root.name).toBe('feed');
    expect(one(root, 'id').text).toBe(`${app.url}${path}`);
    expect(Number.isNaN(Date.parse(one(root, 'updated').text))).toBe(false);
    expect(all(root, 'entry').map((entry) => one(entry, 'title').text)).toEqual(titles);
  });

  test('an entry carries the whole text, its author and its address', async () => {
    const [entry] = all(await feed('/t/sea/feed.xml'), 'entry');
    if (!entry) throw new Error('no entry');
    expect(one(entry, 'content').text).toContain('A <em>first</em> <a href="/a/b"');
    expect(one(entry, 'content').attributes).toMatchObject({
      ...{ type: 'html', 'xml:base': `${app.url}/a/${first.slug}` },
    });
    expect(one(one(entry, 'author'), 'name').text).toBe('ana');
    expect(one(entry, 'link').attributes).toEqual({
      ...{ rel: 'alternate', href: `${app.url}/a/${first.slug}` },
    });
    expect(one(entry, 'published').text).toBe(first.publishedAt);
    expect(one(entry, 'category').attributes).toEqual({ term: 'sea' });
  });

  test('the responses to an article, without those that were deleted', async () => {
    const root = await feed(`/a/${first.slug}/responses.xml`);
    const entries = all(root, 'entry');
    expect(entries).toHaveLength(entries.filter((each) => one(each, 'content').text).length);
    expect(entries.map((entry) => one(entry, 'content').text).join()).toContain('One &lt;b&gt;');
    expect(one(root, 'title').text).toBe(`Responses to ${first.title}`);
    expect((await send(app.url, 'GET', '/a/nothing/responses.xml')).status).toBe(404);
  });

  test('the site map names what is published', async () => {
    const answer = await send(app.url, 'GET', '/sitemap.xml');
    const addresses = all(parseXml(answer.text), 'loc').map(({ text }) => text);
    for (const path of ['/', '/t/sea', `/a/${first.slug}`, `/a/${second.slug}`])
      expect(addresses).toContain(`${app.url}${path}`);
    expect(addresses.join()).not.toContain('draft');
  });

  test('robots are told where the map is and what is private', async () => {
    const { text } = await send(app.url, 'GET', '/robots.txt');
    expect(text).toContain(`Sitemap: ${app.url}/sitemap.xml`);
    expect(text).toContain('Disallow: /api/');
  });

  test('llms.txt leads to the Markdown of each article', async () => {
    const { text } = await send(app.url, 'GET', '/llms.txt');
    const links = [...text.matchAll(/\]\((\S+\.md)\)/g)].map(([, url]) => url);
    expect(links).toHaveLength(2);
    const twin = await send(app.url, 'GET', `/a/${second.slug}.md`);
    expect(links[0]).toBe(`${app.url}/a/${second.slug}.md`);
    expect(twin.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
  });

  test('the Markdown of an article is as it was written', async () => {
    const { text } = await send(app.url, 'GET', `/a/${first.slug}.md`);
    const [, facts = '', words] = /^---\n(.*?)\n---\n\n(.*)$/s.exec(text) ?? [];
    const read = Object.fromEntries(
      facts.split('\n').map((line) => {
        const cut = line.indexOf(': ');
        return [line.slice(0, cut), JSON.parse(line.slice(cut + 2)) as unknown];
      }),
    );
    expect(read).toEqual({
      ...{ title: first.title, author: 'ana', username: 'ana', tags: ['sea'] },
      url: `${app.url}/a/${first.slug}`,
      published: first.publishedAt,
      updated: first.updatedAt,
    });
    expect(words).toBe(`# ${first.title}\n\n${first.body}\n`);
  });

  test('the manifest names an icon that is there', async () => {
    const answer = await send(app.url, 'GET', '/manifest.webmanifest');
    const manifest = JSON.parse(answer.text) as { name: string; icons: { src: string }[] };
    expect(manifest.name).toBe('Lyceum');
    for (const { src } of manifest.icons)
      expect((await send(app.url, 'GET', src)).status).toBe(200);
  });
});
