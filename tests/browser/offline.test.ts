import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Article } from '../../src/articles/contract.ts';
import type { Room } from '../../src/rooms/contract.ts';
import { describeOn } from '../support/backends.ts';
import { otherThanMissingServer, shoot, signInAs, type Visitor } from '../support/browser.ts';
import { type BrowserSite, openBrowserSite } from '../support/browser-site.ts';
import { logIn, newClientId, signUp, type TestPerson } from '../support/client.ts';
import { inEveryLook } from '../support/looks.ts';
import { inChapters } from '../support/story.ts';

/** The paths of all that is kept in the caches whose names begin so. */
const keptPaths = (page: Page, prefix: string): Promise<string[]> =>
  page.evaluate(async (begin) => {
    const names = (await caches.keys()).filter((name) => name.startsWith(begin));
    const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return all.flat().map(({ url }) => new URL(url).pathname);
  }, prefix);

const PAGES = 'lyceum-pages-';
const waiting = { timeout: 10_000 };

/** Resolves when the worker kept this page. */
const untilKept = (page: Page, path: string): Promise<void> =>
  expect.poll(() => keptPaths(page, PAGES), waiting).toContain(path);

/** Resolves when the kept pages are those of this person. */
const untilOwnedBy = (page: Page, id: string): Promise<void> =>
  expect
    .poll(
      () =>
        page.evaluate(async () => (await (await caches.match('/~owner'))?.text()) ?? 'nobody yet'),
      waiting,
    )
    .toBe(id);

/** Resolves when every page's script is kept. */
const untilAllKept = (page: Page): Promise<void> =>
  expect
    .poll(async () => (await keptPaths(page, 'lyceum-build-')).join(), waiting)
    .toMatch(/\/write-page-.*\.js/);

describeOn(['sqlite', 'chromium'], 'the site without its server,', () => {
  let site: BrowserSite;
  let ana: Visitor;
  let ben: TestPerson;
  let article: Article;
  let room: Room;

  inChapters();

  beforeAll(async () => {
    site = await openBrowserSite();
    ben = await signUp(site.url, 'ben');
    const person = await signUp(site.url, 'ana');
    const draft = {
      title: 'Knots that hold',
      body: '## The bowline\n\nIt does not slip.',
      tags: ['ropes'],
      publish: true,
    };
    article = (await ben.post<Article>('/api/articles', draft)).body;
    await ben.post('/api/articles', { ...draft, title: 'Knots that do not' });
    room = (await ben.put<Room>('/api/rooms/direct/ana')).body;
    ana = await site.open(person, { serviceWorkers: 'allow' });
  });
  afterAll(() => site?.close());

  test('the browser finds nothing that keeps it from being installed', async () => {
    const { page } = ana;
    await page.goto('/');
    const devtools = await ana.context.newCDPSession(page);
    const manifest = await devtools.send('Page.getAppManifest');
    expect(manifest.errors).toEqual([]);
    const { icons, shortcuts } = JSON.parse(manifest.data ?? '') as {
      icons: { src: string }[];
      shortcuts: { url: string }[];
    };
    for (const { src } of icons) expect((await page.request.get(src)).status(), src).toBe(200);
    for (const { url } of shortcuts) expect((await page.request.get(url)).status(), url).toBe(200);
    expect((await page.request.get('/icons/apple-touch-180.png')).status()).toBe(200);
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
    const real = installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito');
    expect(real).toEqual([]);
  });

  test('pages are kept as they are visited, by a click or by their address', async () => {
    const { page } = ana;
    await untilKept(page, '/');
    await page.getByRole('link', { name: article.title }).first().click();
    await page.getByRole('heading', { level: 1, name: article.title }).waitFor();
    await untilKept(page, `/a/${article.slug}`);
    await page.goto('/chat');
    await untilKept(page, '/~app');
    await untilAllKept(page);
  });

  test('without the server a visited article is there, with a note; another page says it is not', async () => {
    const { page } = ana;
    await page.goto(`/chat/${room.id}`);
    const socket = await ben.socket();
    await socket.ask('message:send', { roomId: room.id, clientId: newClientId(), body: 'Ahoy!' });
    await page.locator('.bubble').getByText('Ahoy!').waitFor();
    socket.close();
    await site.stop();
    await page.getByRole('textbox', { name: 'Message' }).fill('Written in a tunnel.');
    await page.getByRole('textbox', { name: 'Message' }).press('Enter');
    await page.locator('.bubble').getByText('Written in a tunnel.').waitFor();

    await page.goto(`/a/${article.slug}`);
    await page.getByText('It does not slip.').waitFor();
    await page.getByText(/Offline\. This copy was kept/).waitFor();
    await page.getByRole('textbox', { name: 'Your response' }).fill('Tried it on a boat.');
    await page.getByRole('button', { name: 'Respond', exact: true }).click();
    await page.locator('.response.unsent').getByText('Tried it on a boat.').waitFor();
    await shoot(page, 'offline-article');

    await page.reload();
    await page.locator('.response.unsent').getByText('Tried it on a boat.').waitFor();

    await page.goto('/a/knots-that-do-not');
    await page.getByRole('heading', { level: 1, name: 'You are offline' }).waitFor();
    await page.getByRole('main').getByRole('link', { name: article.title }).waitFor();
    expect(await inEveryLook(page, 'offline')).toEqual([]);
    await page.getByRole('main').getByRole('link', { name: article.title }).click();
    await page.getByText('It does not slip.').waitFor();
  });

  test('what was written meanwhile goes out when the server is back', async () => {
    const { page } = ana;
    await site.start();
    const stored = async () =>
      (
        await ben.get<{ items: { message: { body: string } }[] }>(
          `/api/articles/${article.id}/responses`,
        )
      ).text;
    await page.locator('.response:not(.unsent)').getByText('Tried it on a boat.').waitFor();
    expect(await stored()).toContain('Tried it on a boat.');
    await page.goto(`/chat/${room.id}`);
    await page.locator('.bubble').getByText('Written in a tunnel.').waitFor();
    const history = await ben.get(`/api/rooms/${room.id}/messages`);
    expect(history.text.split('Written in a tunnel.')).toHaveLength(2);
  });

  test('the page that was not there opens by itself', async () => {
    const { page } = ana;
    await site.stop();
    await page.goto('/a/knots-that-do-not');
    await page.getByRole('heading', { level: 1, name: 'You are offline' }).waitFor();
    await site.start();
    await page.getByRole('heading', { level: 1, name: 'Knots that do not' }).waitFor();
  });

  test('calls of the API are never kept, and a log-out leaves nothing of mine', async () => {
    const { page } = ana;
    await page.goto(`/a/${article.slug}`);
    await untilKept(page, `/a/${article.slug}`);
    const everything = await keptPaths(page, '');
    expect(everything.filter((path) => path.startsWith('/api/'))).toEqual([]);
    await page.goto('/settings');
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByRole('link', { name: 'Log in' }).first().waitFor();
    await untilOwnedBy(page, '');
    expect(await keptPaths(page, PAGES)).not.toContain(`/a/${article.slug}`);
  });

  test('another account of the same browser finds no page of the first', async () => {
    const { page, context } = ana;
    await signInAs(context, await logIn(site.url, 'ben'));
    await page.goto('/');
    await untilOwnedBy(page, ben.me.id);
    await untilKept(page, '/~app');
    await site.stop();
    await page.goto('/chat');
    await page.getByRole('link', { name: 'ben' }).first().waitFor();
    await page.goto(`/a/${article.slug}`);
    await page.getByRole('heading', { level: 1, name: 'You are offline' }).waitFor();
  });

  test('no page complained of anything but the missing server', () => {
    expect(otherThanMissingServer(ana)).toEqual([]);
  });
});
