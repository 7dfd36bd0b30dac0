import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Article } from '../../src/articles/contract.ts';
import type { Course } from '../../src/courses/contract.ts';
import { describeOn } from '../support/backends.ts';
import { axeFindings, shoot, type Visitor } from '../support/browser.ts';
import { type BrowserSite, openBrowserSite } from '../support/browser-site.ts';
import { newClientId, signUp, type TestPerson } from '../support/client.ts';
import { inChapters } from '../support/story.ts';

describeOn(['sqlite', 'chromium'], 'what was deleted comes back, in a browser,', () => {
  let site: BrowserSite;
  let ana: TestPerson;
  let me: Visitor;
  let article: Article;

  const deleteArticle = async () => {
    const { page } = me;
    await page.goto(`/write/${article.id}`);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.waitForURL('**/');
  };
  const status = async () => (await ana.get(`/api/articles/${article.id}`)).status;

  inChapters();

  beforeAll(async () => {
    site = await openBrowserSite();
    ana = await signUp(site.url, 'ana');
    const text = { title: 'Second thoughts', body: 'Words.', tags: [], publish: true };
    article = (await ana.post<Article>('/api/articles', text)).body;
    const said = { clientId: newClientId(), body: 'A hasty response' };
    await ana.post(`/api/rooms/${article.roomId}/messages`, said);
    me = await site.open(ana, { viewport: { width: 390, height: 844 } });
  });
  afterAll(() => site?.close());

  test('an article leaves the list at once, and Undo puts it back', async () => {
    const { page } = me;
    await deleteArticle();
    const toast = page.getByRole('status').filter({ hasText: '“Second thoughts” is deleted.' });
    await toast.waitFor();
    expect(await page.locator('.card').count()).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
    await shoot(page, 'undo');
    await toast.getByRole('button', { name: 'Undo' }).click();
    await page.locator('.card').getByText('Second thoughts').waitFor();
    expect(await status()).toBe(200);
  });

  test('a response leaves a stub with Undo, and the z key takes it back too', async () => {
    const { page } = me;
    await page.goto(`/a/${article.slug}`);
    const response = page.getByRole('article', { name: /Response by ana/i });
    await response.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('You deleted this response.').waitFor();
    await page.keyboard.press('z');
    await response.getByText('A hasty response').waitFor();
  });

  test('a course is deleted without a question, and comes back', async () => {
    const { page } = me;
    const made = await ana.post<Course>('/api/courses', { title: 'Thinking twice', body: '' });
    await ana.put(`/api/courses/${made.body.id}/articles`, { articleIds: [article.id] });
    await page.goto(`/write/course/${made.body.id}`);
    await page.getByRole('button', { name: 'Delete course' }).click();
    await page.waitForURL('**/');
    const toast = page.getByRole('status').filter({ hasText: '“Thinking twice” is deleted.' });
    await toast.waitFor();
    await page.getByRole('link', { name: 'Second thoughts' }).first().click();
    await page.getByText('Words.').waitFor();
    expect(await page.getByText('Part of the course').count()).toBe(0);
    await toast.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Part of the course').waitFor();
    expect((await ana.get(`/api/courses/${made.body.id}`)).status).toBe(200);
  });

  test('leaving the page decides: what was deleted is deleted', async () => {
    await deleteArticle();
    await me.page.getByRole('button', { name: 'Undo' }).waitFor();
    expect(await status()).toBe(200);
    await me.page.goto('about:blank');
    await vi.waitFor(async () => expect(await status()).toBe(404), { timeout: 8_000 });
    expect(me.complaints).toEqual([]);
  });
});
