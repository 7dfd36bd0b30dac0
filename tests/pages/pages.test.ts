import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Article } from '../../src/articles/contract.ts';
import type { Course } from '../../src/courses/contract.ts';
import type { PageData } from '../../src/pages/contract.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { describeOn } from '../support/backends.ts';
import { newClientId, signUp, type TestPerson } from '../support/client.ts';
import { attribute, elementsOfPage, textOf } from '../support/html.ts';
import { send } from '../support/http.ts';

const dataIn = (html: string): PageData => {
  const block = elementsOfPage(html).find((element) => attribute(element, 'id') === 'page-data');
  if (!block) throw new Error(`no data in ${html.slice(0, 200)}`);
  return JSON.parse(textOf(block)) as PageData;
};

describeOn(['sqlite'], 'pages', () => {
  let app: TestApp;
  let ana: TestPerson;
  let article: Article;
  let course: Course;
  const evil = 'A </script><script>alert(1)</script> <!--head--> $& title';
  beforeAll(async () => {
    app = await startApp();
    ana = await signUp(app.url, 'ana');
    const words = { title: evil, body: '# Hi\n\nText & <b>more</b>', tags: ['sea'], publish: true };
    article = (await ana.post<Article>('/api/articles', words)).body;
    course = (await ana.post<Course>('/api/courses', { title: 'A course', body: '' })).body;
    await ana.put(`/api/courses/${course.id}/articles`, { articleIds: [article.id] });
    const at = `/api/articles/${article.id}/responses`;
    await ana.post(at, { body: 'A response </script>', clientId: newClientId() });
  });
  afterAll(() => app.close());

  const page = (path: string, headers: Record<string, string> = {}, cookie?: string) =>
    send(app.url, 'GET', path, { headers: { accept: 'text/html', ...headers }, cookie });

  test.each([
    ['/', 'home'],
    ['/t/sea', 'tag'],
    ['/@ana', 'profile'],
    ['/chat', 'app'],
    ['/chat/some-room-id', 'app'],
    ['/write', 'app'],
    ['/write/some-article', 'app'],
    ['/write/course', 'app'],
    ['/notifications', 'app'],
    ['/people', 'app'],
    ['/settings', 'app'],
    ['/login?next=%2Fwrite', 'app'],
    ['/join', 'app'],
  ])('%s', async (path, kind) => {
    const answer = await page(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const { content, origin, theme, viewer } = dataIn(answer.text);
    expect([content.page, origin, theme, viewer]).toEqual([kind, app.url, 'system', null]);
    const elements = elementsOfPage(answer.text);
    expect(elements.filter(({ tagName }) => tagName === 'title')).toHaveLength(1);
    expect(elements.filter(({ tagName }) => tagName === 'main')).toHaveLength(1);
    for (const mark of ['<!--head-->', '<!--app-->', '<!--data-->'])
      expect(answer.text.replaceAll(evil, '').includes(mark)).toBe(false);
  });

  test('an article is readable without script, whatever its title says', async () => {
    const { text, status } = await page(`/a/${article.slug}`);
    expect(status).toBe(200);
    const elements = elementsOfPage(text);
    const headings = elements.filter(({ tagName }) => tagName === 'h1');
    expect(headings.map(textOf)).toEqual([evil]);
    expect(text).toContain('Text &amp; &lt;b&gt;more&lt;/b&gt;');
    const inline = elements.filter(
      (each) => each.tagName === 'script' && attribute(each, 'src') === undefined,
    );
    expect(inline.map((each) => attribute(each, 'type')).sort()).toEqual([
      'application/json',
      'application/ld+json',
    ]);
    expect(elements.some((each) => attribute(each, 'style') !== undefined)).toBe(false);
    const { content } = dataIn(text);
    if (content.page !== 'article') throw new Error(content.page);
    expect(content.article).toMatchObject({ id: article.id, title: evil, responses: 1 });
    expect(content.article).not.toHaveProperty('body');
    expect(content.article.course).toMatchObject({ slug: course.slug, position: 1 });
    expect(content.threads.items[0]?.message.body).toBe('A response </script>');
    expect(text).toContain('A response &lt;/script');
    const canonical = elements.find((each) => attribute(each, 'rel') === 'canonical');
    expect(canonical && attribute(canonical, 'href')).toBe(`${app.url}/a/${article.slug}`);
  });

  test('what changed is readable without script, and a draft has no history for others', async () => {
    const words = { title: 'Ebb', body: 'The sea goes.', publish: true };
    const { id, slug } = (await ana.post<Article>('/api/articles', words)).body;
    await ana.patch(`/api/articles/${id}`, { body: 'The sea <i>comes</i>.', baseVersion: 1 });
    const { text, status } = await page(`/a/${slug}/history`);
    expect(status).toBe(200);
    const wordsIn = (tag: string) =>
      elementsOfPage(text)
        .filter(({ tagName }) => tagName === tag)
        .map(textOf);
    expect(wordsIn('del')).toEqual(['goes']);
    expect(wordsIn('ins').join('')).toBe('<i>comes</i>');
    expect(text).toContain('name="robots" content="noindex"');
    const first = await page(`/a/${slug}/history?to=1&from=&utm_source=mail`);
    expect(dataIn(first.text).content).toMatchObject({
      ...{ page: 'history', asked: { to: 1 }, difference: { from: null, to: { version: 1 } } },
    });
    const moved = await page(`/a/${id}/history`);
    expect(moved.headers.get('location')).toBe(`/a/${slug}/history`);
    expect((await page(`/a/${slug}/history?to=9`)).status).toBe(404);
    await ana.del(`/api/articles/${id}/publication`);
    expect((await page(`/a/${slug}/history`)).status).toBe(404);
    expect((await page(`/a/${slug}/history`, {}, ana.cookie)).status).toBe(200);
  });

  test('a course', async () => {
    const { content } = dataIn((await page(`/c/${course.slug}`)).text);
    if (content.page !== 'course') throw new Error(content.page);
    expect(content.course.articles.map(({ id }) => id)).toEqual([article.id]);
  });

  test('by id it leads to the address', async () => {
    for (const [path, to] of [
      [`/a/${article.id}`, `/a/${article.slug}`],
      [`/c/${course.id}`, `/c/${course.slug}`],
      ['/@ANA', '/@ana'],
    ] as const) {
      const answer = await page(path);
      expect([answer.status, answer.headers.get('location')]).toEqual([302, to]);
    }
  });

  test('signed in: my page, kept by my browser only', async () => {
    const answer = await page('/', {}, ana.cookie);
    expect(dataIn(answer.text).viewer?.username).toBe('ana');
    expect(answer.headers.get('cache-control')).toBe('private, no-cache');
    const article_ = dataIn((await page(`/a/${article.slug}`, {}, ana.cookie)).text).content;
    expect(article_).toMatchObject({ article: { body: '# Hi\n\nText & <b>more</b>' } });
  });

  test('for everybody: kept with a tag, and not sent twice', async () => {
    const answer = await page('/settings');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=0, must-revalidate');
    expect(answer.headers.get('vary')).toContain('cookie');
    const etag = answer.headers.get('etag') ?? '';
    expect((await page('/settings', {}, 'theme=dark')).headers.get('etag')).not.toBe(etag);
    const again = await page('/settings', { 'if-none-match': `"other", ${etag}` });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  test('it travels packed to whoever can unpack it', async () => {
    const plain = await page('/', { 'accept-encoding': 'identity' });
    expect(plain.headers.get('content-encoding')).toBeNull();
    const packed = await page('/', { 'accept-encoding': 'gzip, br' });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(packed.headers.get('vary')).toContain('accept-encoding');
    expect(dataIn(packed.text)).toEqual(dataIn(plain.text));
    const refused = await page('/', { 'accept-encoding': 'gzip;q=0' });
    expect(refused.headers.get('content-encoding')).toBeNull();
    const encodingOf = async (path: string) =>
      (await send(app.url, 'GET', path, { headers: { 'accept-encoding': 'gzip' } })).headers.get(
        'content-encoding',
      );
    expect(await encodingOf('/api/openapi.json')).toBe('gzip');
    expect(await encodingOf('/api/articles?tag=nothing')).toBeNull();
  });

  test('the theme is in the first byte, from its cookie', async () => {
    const dark = await page('/', {}, 'theme=dark');
    expect(dark.text).toContain('data-theme="dark"');
    expect(dataIn(dark.text).theme).toBe('dark');
    const odd = await page('/', {}, 'theme="><script>');
    expect(odd.text).toContain('data-theme="system"');
  });

  test('what is not there is a page for a browser and a problem for a program', async () => {
    for (const path of [
      '/nothing',
      '/a/nothing',
      '/t/Not%20a%20tag',
      '/@nobody_here',
      '/c/no',
      '//x',
    ]) {
      const answer = await page(path);
      expect([path, answer.status >= 400 && answer.status < 500]).toEqual([path, true]);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(dataIn(answer.text).content).toEqual({ page: 'error', status: answer.status });
    }
    const problem = await send(app.url, 'GET', '/nothing');
    expect(problem.headers.get('content-type')).toContain('application/problem+json');
    const api = await page('/api/nothing');
    expect(api.headers.get('content-type')).toContain('application/problem+json');
  });

  test('whoever asks for too many pages is told when to come back', async () => {
    const small = await startApp({ env: { RATE_SCALE: '0.01' } });
    const ask = () => send(small.url, 'GET', '/', { headers: { accept: 'text/html' } });
    const answers = [await ask(), await ask(), await ask()];
    await small.close();
    expect(answers[0]?.status).toBe(200);
    expect(answers[2]?.status).toBe(429);
    expect(Number(answers[2]?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(dataIn(answers[2]?.text ?? '').content).toEqual({ page: 'error', status: 429 });
  });

  test('a draft is a page for its author and nothing for others', async () => {
    const draft = (await ana.post<Article>('/api/articles', { title: 'D', body: 'D' })).body;
    expect((await page(`/a/${draft.slug}`)).status).toBe(404);
    expect((await page(`/a/${draft.slug}.md`)).status).toBe(404);
    expect((await page(`/a/${draft.slug}`, {}, ana.cookie)).status).toBe(200);
  });

  test('the client’s files are served for good, its bare page is not', async () => {
    const { text } = await page('/');
    const src = elementsOfPage(text)
      .map((element) => attribute(element, 'src'))
      .find((each) => each?.startsWith('/assets/'));
    const script = await send(app.url, 'GET', src ?? '');
    expect(script.status).toBe(200);
    expect(script.headers.get('content-type')).toContain('javascript');
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    for (const encoding of ['br', 'gzip']) {
      const packed = await page(src ?? '', { 'accept-encoding': encoding });
      expect(packed.headers.get('content-encoding')).toBe(encoding);
      expect(packed.headers.get('content-type')).toContain('javascript');
      expect(packed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(packed.text).toBe(script.text);
    }
    expect((await send(app.url, 'GET', '/index.html')).status).toBe(404);
    expect((await send(app.url, 'GET', '/.vite/manifest.json')).status).toBe(404);
    expect((await send(app.url, 'GET', '/assets/..%2findex.html')).status).toBe(404);
  });
});
