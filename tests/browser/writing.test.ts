import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Article, ArticleCard } from '../../src/articles/contract.ts';
import type { List } from '../../src/wire/contract.ts';
import { describeOn } from '../support/backends.ts';
import { otherThanMissingServer, type Visitor } from '../support/browser.ts';
import { type BrowserSite, openBrowserSite } from '../support/browser-site.ts';
import { logIn, signUp, type TestPerson, testPassword } from '../support/client.ts';
import { inEveryLook } from '../support/looks.ts';
import { inChapters } from '../support/story.ts';

const textBox = (page: Page) => page.getByLabel('Text, in Markdown');
const titleBox = (page: Page) => page.getByLabel('Title', { exact: true });
const saved = (page: Page) => page.getByRole('status').getByText(/^(Published|Draft saved)$/);

/** All that this browser keeps of what was typed. */
const keptNow = (page: Page): Promise<string> =>
  page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const asked = indexedDB.open('lyceum');
        asked.onsuccess = () => {
          const all = asked.result.transaction('journal').objectStore('journal').getAll();
          all.onsuccess = () => {
            asked.result.close();
            resolve(JSON.stringify(all.result));
          };
        };
      }),
  );
const waiting = { timeout: 10_000 };
const untilKept = (page: Page, words: string): Promise<void> =>
  expect.poll(() => keptNow(page), waiting).toContain(words);
const untilForgotten = (page: Page, words: string): Promise<void> =>
  expect.poll(() => keptNow(page), waiting).not.toContain(words);

describeOn(['sqlite', 'chromium'], 'an article is written, in a browser,', () => {
  let site: BrowserSite;
  let ana: TestPerson;
  let author: Visitor;
  let reader: Visitor;
  let article: Article;

  inChapters();

  beforeAll(async () => {
    site = await openBrowserSite();
    ana = await signUp(site.url, 'ana');
    author = await site.open(ana, { serviceWorkers: 'allow' });
    reader = await site.open();
  });
  afterAll(() => site?.close());

  const storedNow = async () => (await ana.get<Article>(`/api/articles/${article.id}`)).body;
  const write = async (page: Page, words: string) => {
    await page.goto(`/write/${article.id}`);
    await textBox(page).fill(words);
  };

  test('what was typed a moment before a reload is there again', async () => {
    const { page } = author;
    await page.goto('/write');
    await titleBox(page).fill('Typed just now');
    await page.reload();
    await page.getByText('Your unsaved words are back.').waitFor();
    expect(await titleBox(page).inputValue()).toBe('Typed just now');
    await page.getByRole('button', { name: 'Discard them' }).click();
    await untilForgotten(page, 'Typed just now');
  });

  test('also when the page was gone before IndexedDB had them', async () => {
    const { page } = author;
    await page.goto('/write');
    await titleBox(page).evaluate((box: HTMLTextAreaElement) => {
      IDBDatabase.prototype.transaction = () => {
        throw new Error('the page is gone');
      };
      box.value = 'Typed at the last moment';
      box.dispatchEvent(new InputEvent('input', { bubbles: true }));
      location.reload();
    });
    await page.getByText('Your unsaved words are back.').waitFor();
    expect(await titleBox(page).inputValue()).toBe('Typed at the last moment');
    await untilKept(page, 'Typed at the last moment');
    expect(await page.evaluate(() => Object.keys(localStorage).join())).not.toContain('last:');
    await page.getByRole('button', { name: 'Discard them' }).click();
    await untilForgotten(page, 'Typed at the last moment');
  });

  test('with a live preview and tags; a reload in the middle of it keeps everything', async () => {
    const { page } = author;
    await page.goto('/write');
    await titleBox(page).fill('Knots that hold');
    await page.getByLabel('Tags').fill('ropes sea');
    await textBox(page).fill('## The bowline\n\nIt does not slip.');
    await page.getByRole('region', { name: 'Preview' }).getByRole('heading').waitFor();
    await page.reload();
    await page.getByText('Your unsaved words are back.').waitFor();
    expect(await titleBox(page).inputValue()).toBe('Knots that hold');
    expect(await page.getByLabel('Tags').inputValue()).toBe('ropes sea');
    expect(await textBox(page).inputValue()).toContain('It does not slip.');
  });

  test('as a draft, which nobody else sees', async () => {
    const { page } = author;
    await page.getByRole('button', { name: 'Save draft' }).click();
    await saved(page).waitFor();
    await page.waitForURL('**/write/*');
    const drafts = await ana.get<List<ArticleCard>>('/api/articles?author=ana&state=draft');
    const [draft] = drafts.body.items;
    article = (await ana.get<Article>(`/api/articles/${draft?.id}`)).body;
    expect(article).toMatchObject({ title: 'Knots that hold', tags: ['ropes', 'sea'] });
    await page.reload();
    await saved(page).waitFor();
    await reader.page.goto(`/a/${article.slug}`);
    await reader.page.getByRole('heading', { level: 1, name: 'Nothing here' }).waitFor();
  });

  test('it is published and read, then corrected', async () => {
    const { page } = author;
    await page.getByRole('button', { name: 'Publish' }).click();
    // The preview shows the same words before they are stored.
    const articlePage = `**/a/${article.slug}`;
    await page.waitForURL(articlePage);
    await page.getByRole('heading', { level: 1, name: 'Knots that hold', exact: true }).waitFor();
    await reader.page.goto(`/a/${article.slug}`);
    await reader.page.getByText('It does not slip.').waitFor();
    expect(await reader.page.getByRole('link', { name: /^updated/ }).count()).toBe(0);
    await write(page, '## The bowline\n\nIt does not slide.');
    await page.getByRole('button', { name: 'Update' }).click();
    await page.waitForURL(articlePage);
    await page.getByText('It does not slide.').waitFor();
  });

  test('the reader sees that it was, and what changed', async () => {
    const { page } = reader;
    await page.reload();
    await page.getByRole('link', { name: /^updated/ }).click();
    await page.getByRole('heading', { level: 1, name: 'History' }).waitFor();
    expect(await page.locator('.difference del').allInnerTexts()).toEqual(['slip']);
    expect(await page.locator('.difference ins').allInnerTexts()).toEqual(['slide']);
    expect(await page.getByRole('button', { name: /Restore/ }).count()).toBe(0);
    await page.getByRole('link', { name: /^Version 1/ }).click();
    await page.getByRole('heading', { name: 'Version 1, the first' }).waitFor();
    await page.getByRole('combobox', { name: 'From' }).selectOption('1');
    await page.getByRole('combobox', { name: 'to' }).selectOption('2');
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByRole('heading', { name: 'From version 1 to 2' }).waitFor();
    expect(await inEveryLook(page, 'article-history')).toEqual([]);
  });

  test('the author brings the first version back, and takes that back', async () => {
    const { page } = author;
    await page.goto(`/a/${article.slug}/history?to=1`);
    await page.getByRole('button', { name: 'Restore this version' }).click();
    await page.getByText('Version 1 is back, as version 3.').waitFor();
    expect((await storedNow()).body).toContain('It does not slip.');
    expect(await inEveryLook(page, 'article-restored')).toEqual([]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Version 2 is back, as version 4.').waitFor();
    expect((await storedNow()).body).toContain('It does not slide.');
    await page.getByRole('link', { name: 'Knots that hold' }).click();
    await page.getByText('It does not slide.').waitFor();
  });

  test('a save whose answer is lost is stored once, also when the page was reloaded', async () => {
    const { page } = author;
    await page.goto('/write');
    await titleBox(page).fill('Hitches');
    await textBox(page).fill('Round and round.');
    let lost = 0;
    await page.route('**/api/articles', async (route) => {
      if (route.request().method() !== 'POST') return route.fallback();
      await route.fetch();
      lost += 1;
      await route.abort('connectionreset');
    });
    await page.getByRole('button', { name: 'Save draft' }).click();
    await expect.poll(() => lost, waiting).toBe(1);
    await page.unroute('**/api/articles');
    await untilKept(page, 'Round and round.');
    await page.reload();
    await page.getByText('Your unsaved words are back.').waitFor();
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.waitForURL('**/write/*');
    const drafts = await ana.get<List<ArticleCard>>('/api/articles?author=ana&state=draft');
    expect(drafts.body.items.map(({ title }) => title)).toEqual(['Hitches']);
  });

  test('a course made of it keeps its words over a reload, too', async () => {
    const { page } = author;
    await page.goto('/write/course');
    await titleBox(page).fill('All about ropes');
    await page.getByRole('button', { name: 'Begin with “Knots that hold”' }).click();
    await untilKept(page, `"title":"All about ropes","body":"","articleIds":["${article.id}"]`);
    await page.reload();
    await page.getByText('Your unsaved words are back.').waitFor();
    expect(await titleBox(page).inputValue()).toBe('All about ropes');
    await page.getByRole('button', { name: 'Create course' }).click();
    await page.getByRole('heading', { level: 1, name: 'All about ropes' }).waitFor();
    await page
      .getByRole('link', { name: /Knots that hold/ })
      .first()
      .waitFor();
    await untilForgotten(page, 'All about ropes');
  });

  test('two tabs keep their words apart, also when both are closed', async () => {
    const { page, context } = author;
    await write(page, 'From the first tab.');
    const second = await context.newPage();
    await write(second, 'From the second tab.');
    await Promise.all([
      untilKept(page, 'From the first tab.'),
      untilKept(page, 'From the second tab.'),
    ]);
    await second.close();
    await page.reload();
    await page.getByText('Your unsaved words are back.').waitFor();
    expect(await textBox(page).inputValue()).toBe('From the first tab.');
    const third = await context.newPage();
    await third.goto(`/write/${article.id}`);
    await third.getByText('Your unsaved words are back.').waitFor();
    expect(await textBox(third).inputValue()).toBe('From the second tab.');
    await third.getByRole('button', { name: 'Discard them' }).click();
    await untilForgotten(third, 'From the second tab.');
    await third.close();
  });

  test('what was saved on another device meanwhile stands beside mine', async () => {
    const { page } = author;
    const { version } = await storedNow();
    const change = { body: 'From another device.', baseVersion: version };
    await ana.patch(`/api/articles/${article.id}`, change);
    await page.getByRole('button', { name: 'Update' }).click();
    await page.getByRole('heading', { name: 'This text was changed elsewhere' }).waitFor();
    expect(await page.getByLabel('Your text').inputValue()).toBe('From the first tab.');
    expect(await page.getByLabel('The saved text').inputValue()).toBe('From another device.');
    expect(await inEveryLook(page, 'write-conflict')).toEqual([]);
    await page.getByRole('button', { name: 'Go on with mine' }).click();
    await page.getByRole('button', { name: 'Update' }).click();
    await page.getByRole('article').getByText('From the first tab.').waitFor();
  });

  test('a tab that is killed loses nothing', async () => {
    const { page, context } = author;
    await write(page, 'Typed before the crash.');
    await untilKept(page, 'Typed before the crash.');
    const devtools = await context.newCDPSession(page);
    void devtools.send('Page.crash').catch(() => undefined);
    await page.waitForEvent('crash');
    author.page = await context.newPage();
    await author.page.goto(`/write/${article.id}`);
    await author.page.getByText('Your unsaved words are back.').waitFor();
    expect(await textBox(author.page).inputValue()).toBe('Typed before the crash.');
    await page.close();
  });

  test('without the server one goes on typing, also after a reload', async () => {
    const { page } = author;
    const isKept = () => page.evaluate(() => caches.match('/~app').then(Boolean));
    await expect.poll(isKept, waiting).toBe(true);
    await site.stop();
    await textBox(page).fill('Typed in a tunnel.');
    await page.getByRole('button', { name: 'Update' }).click();
    await page.getByText('The server does not answer. Are you offline?').first().waitFor();
    await untilKept(page, 'Typed in a tunnel.');
    await page.reload();
    await page.getByText('Your unsaved words are back.').waitFor();
    expect(await textBox(page).inputValue()).toBe('Typed in a tunnel.');
    await textBox(page).fill('Typed in a tunnel, twice.');
    await site.start();
    await page.getByRole('button', { name: 'Update' }).click();
    await page.getByRole('article').getByText('Typed in a tunnel, twice.').waitFor();
    expect((await storedNow()).body).toBe('Typed in a tunnel, twice.');
  });

  test('a session that ended elsewhere keeps the words until the next one', async () => {
    const { page } = author;
    await write(page, 'Typed while I was logged out.');
    await untilKept(page, 'Typed while I was logged out.');
    const other = await logIn(site.url, 'ana');
    await other.del('/api/sessions');
    await page.getByRole('heading', { level: 1, name: 'Please log in' }).waitFor();
    await page.getByText(/What you typed is kept in this browser/).waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Log in' }).click();
    await page.getByLabel('Username or email').fill('ana');
    await page.getByLabel('Password').fill(testPassword);
    await page.getByRole('main').getByRole('button', { name: 'Log in' }).click();
    await page.getByText('Your unsaved words are back.').waitFor();
    expect(await textBox(page).inputValue()).toBe('Typed while I was logged out.');
    await page.getByRole('button', { name: 'Update' }).click();
    await page.getByRole('article').getByText('Typed while I was logged out.').waitFor();
  });

  test('no page complained of anything but the missing server', () => {
    expect(otherThanMissingServer(author, reader)).toEqual([]);
  });
});
