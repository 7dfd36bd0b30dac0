import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Article } from '../../src/articles/contract.ts';
import { describeOn } from '../support/backends.ts';
import {
  axeFindings,
  shoot,
  signInAs,
  startBrowser,
  type Visitor,
  visit,
} from '../support/browser.ts';
import { newClientId, signUp, type TestPerson } from '../support/client.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { openPlace, type Place } from '../support/place.ts';
import { inChapters } from '../support/story.ts';

describeOn(['sqlite', 'chromium'], 'what was deleted comes back, in a browser,', () => {
  let place: Place;
  let cluster: Cluster;
  let browser: Browser;
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
    place = await openPlace();
    cluster = await startCluster(place, 1);
    browser = await startBrowser();
    const { url } = cluster.nodes[0];
    ana = await signUp(url, 'ana');
    const text = { title: 'Second thoughts', body: 'Words.', tags: [], publish: true };
    article = (await ana.post<Article>('/api/articles', text)).body;
    const said = { clientId: newClientId(), body: 'A hasty response' };
    await ana.post(`/api/rooms/${article.roomId}/messages`, said);
    me = await visit(browser, url, { viewport: { width: 390, height: 844 } });
    await signInAs(me.context, ana);
  });
  afterAll(async () => {
    await browser?.close();
    await cluster?.close();
    await place?.close();
  });

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

  test('leaving the page decides: what was deleted is deleted', async () => {
    await deleteArticle();
    await me.page.getByRole('button', { name: 'Undo' }).waitFor();
    expect(await status()).toBe(200);
    await me.page.goto('about:blank');
    await vi.waitFor(async () => expect(await status()).toBe(404), { timeout: 8_000 });
    expect(me.complaints).toEqual([]);
  });
});
