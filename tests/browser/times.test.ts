import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Article } from '../../src/articles/contract.ts';
import { describeOn } from '../support/backends.ts';
import { type BrowserSite, openBrowserSite } from '../support/browser-site.ts';
import { signUp } from '../support/client.ts';

describeOn(['sqlite', 'chromium'], 'times on a page, in a browser,', () => {
  let site: BrowserSite;
  let article: Article;
  beforeAll(async () => {
    site = await openBrowserSite();
    const ana = await signUp(site.url, 'ana');
    const words = { title: 'Clocks', body: 'They differ.', publish: true };
    article = (await ana.post<Article>('/api/articles', words)).body;
  });
  afterAll(() => site?.close());

  const readers = [
    ['en-GB', 'Europe/London'],
    ['en-US', 'America/New_York'],
    ['de-DE', 'Asia/Tokyo'],
  ] as const;
  test.each(readers)('are those of a reader with %s', async (locale, timezoneId) => {
    const { page, complaints } = await site.open(null, { locale, timezoneId });
    await page.goto(`/a/${article.slug}`);
    const at = new Date(article.publishedAt ?? '');
    const written = (language: string, options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(language, { ...options, timeZone: timezoneId }).format(at);
    const time = page.locator('.article-head time').first();
    const day = { day: 'numeric', month: 'short', year: 'numeric' } as const;
    const exact = written(locale, { dateStyle: 'full', timeStyle: 'medium' });
    // Two versions of the language data differ in their blanks.
    const plain = (text: string | null) => text?.replace(/\s/g, ' ');
    await expect.poll(async () => plain(await time.getAttribute('title'))).toBe(plain(exact));
    expect(await time.innerText()).toBe(written('en-GB', day));
    expect(complaints).toEqual([]);
  });
});
