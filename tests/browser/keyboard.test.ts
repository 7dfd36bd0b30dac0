import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Article } from '../../src/articles/contract.ts';
import { describeOn } from '../support/backends.ts';
import { axeFindings, shoot, type Visitor } from '../support/browser.ts';
import { type BrowserSite, openBrowserSite } from '../support/browser-site.ts';
import { newClientId, signUp, type TestPerson, testPassword } from '../support/client.ts';
import { inChapters } from '../support/story.ts';

/** What has the focus: its name or words, and whether it shows that it has it. */
const focus = (page: Page) =>
  page.evaluate(() => {
    const on = document.activeElement as HTMLElement;
    const { outlineStyle, boxShadow } = getComputedStyle(on);
    return {
      name: on.getAttribute('aria-label') ?? (on as HTMLInputElement).labels?.[0]?.innerText ?? '',
      text: on.innerText ?? '',
      seen: on.matches(':focus-visible') && (outlineStyle !== 'none' || boxShadow !== 'none'),
    };
  });
/** Goes on by Tab to what has this name, seeing the focus at every step. */
const tabTo = async (page: Page, name: RegExp): Promise<void> => {
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press('Tab');
    const now = await focus(page);
    expect(now.seen, `the focus is not seen on “${now.name || now.text}”`).toBe(true);
    if (name.test(now.name || now.text)) return;
  }
  throw new Error(`Tab does not lead to ${name}`);
};
const focused = (page: Page, selector: string) =>
  page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);

describeOn(['sqlite', 'chromium'], 'by the keyboard alone, in a browser,', () => {
  let site: BrowserSite;
  let ana: TestPerson;
  let ben: TestPerson;
  let me: Visitor;
  let article: Article;

  inChapters();

  beforeAll(async () => {
    site = await openBrowserSite();
    const { url } = site;
    ana = await signUp(url, 'ana');
    ben = await signUp(url, 'ben');
    const text = { title: 'Onions have layers', body: 'Take one. Cut it. Cry.', tags: ['cooking'] };
    article = (await ben.post<Article>('/api/articles', { ...text, publish: true })).body;
    await ben.post('/api/articles', { ...text, title: 'Garlic has cloves', publish: true });
    const said = { clientId: newClientId(), body: 'Why do we cry?' };
    await ben.post(`/api/rooms/${article.roomId}/messages`, said);
    const direct = await ana.put('/api/rooms/direct/ben');
    expect(direct.status).toBeLessThan(300);
    me = await site.open(null, { viewport: { width: 1360, height: 900 } });
  });
  afterAll(() => site?.close());

  test('one signs in', async () => {
    const { page } = me;
    await page.goto('/login');
    await page.getByLabel('Password').waitFor();
    await tabTo(page, /username/i);
    await page.keyboard.type('ana');
    await tabTo(page, /password/i);
    await page.keyboard.type(testPassword);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/');
    await page.locator('.card').first().waitFor();
  });

  test('goes down the list, back, and opens an article', async () => {
    const { page } = me;
    await page.keyboard.press('j');
    await focused(page, '.card h2 a');
    expect(await focus(page)).toMatchObject({ text: 'Garlic has cloves', seen: true });
    await page.keyboard.press('j');
    expect(await focus(page)).toMatchObject({ text: 'Onions have layers', seen: true });
    await page.keyboard.press('k');
    expect(await focus(page)).toMatchObject({ text: 'Garlic has cloves' });
    await page.keyboard.press('j');
    await page.keyboard.press('o');
    await page.waitForURL(`**/a/${article.slug}`);
    await page.locator('.response').waitFor();
  });

  test('quotes a response, answers it, and single letters are letters while one writes', async () => {
    const { page } = me;
    await page.keyboard.press('j');
    await focused(page, '.response > article');
    expect((await focus(page)).seen).toBe(true);
    await page.keyboard.press('q');
    await page.waitForFunction(() =>
      (document.activeElement as HTMLTextAreaElement).value?.startsWith('> Why do we cry?'),
    );
    await page.keyboard.type('jkq? The knife is blunt.');
    await shoot(page, 'keyboard-quote');
    await page.keyboard.press('Control+Enter');
    const reply = page.locator('.replies .response:not(.unsent) .response-body');
    await reply.locator('blockquote').getByText('Why do we cry?').waitFor();
    await reply.getByText('jkq? The knife is blunt.').waitFor();
  });

  test('brings in what came meanwhile, and edits their own', async () => {
    const { page } = me;
    const said = { clientId: newClientId(), body: 'And garlic?' };
    await ben.post(`/api/rooms/${article.roomId}/messages`, said);
    await page.locator('.pill').first().waitFor();
    await page.keyboard.press('.');
    await page.locator('.response-body').getByText('And garlic?').waitFor();
    for (let step = 0; step < 3; step += 1) {
      await page.keyboard.press('j');
      if ((await focus(page)).text.includes('blunt')) break;
    }
    await page.keyboard.press('e');
    await focused(page, '.editing textarea');
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' Sharpen it.');
    await page.keyboard.press('Control+Enter');
    await page.locator('.replies .response-body').getByText('Sharpen it.').waitFor();
  });

  test('sees all shortcuts, and none acts behind the open sheet', async () => {
    const { page } = me;
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.getByText('Quote what is selected').waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('h');
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    expect(new URL(page.url()).pathname).toBe(`/a/${article.slug}`);
  });

  test('searches, and the address keeps the words', async () => {
    const { page } = me;
    await page.keyboard.press('/');
    await page.waitForURL('**/search');
    await focused(page, 'input[type=search]');
    expect((await focus(page)).seen).toBe(true);
    await page.keyboard.type('cry');
    await page.locator('.hit mark').first().waitFor();
    await page.waitForURL('**/search?q=cry');
    await tabTo(page, /Responses/);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search?q=cry&kind=responses');
    await page.locator('.hit').filter({ hasText: 'Response' }).first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await shoot(page, 'search');
    await page.keyboard.press('g');
    await page.keyboard.press('n');
    await page.waitForURL('**/notifications');
    await page.goBack();
    await page.locator('.hit mark').first().waitFor();
  });

  test('finds a person in the palette and writes them a message', async () => {
    const { page } = me;
    await page.keyboard.press('Control+k');
    const box = page.getByRole('combobox', { name: 'Go to anything' });
    await box.waitFor();
    await focused(page, '[role=combobox]');
    await page.keyboard.type('ben');
    const room = page.getByRole('option', { name: /ben.*Direct chat/ });
    await room.waitFor();
    expect(await room.getAttribute('aria-selected')).toBe('true');
    expect(await box.getAttribute('aria-activedescendant')).toBe(await room.getAttribute('id'));
    expect(await axeFindings(page)).toEqual([]);
    await shoot(page, 'palette');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/chat/*');
    await focused(page, 'textarea[aria-label=Message]');
    await page.keyboard.type('Soup tonight?');
    await page.keyboard.press('Enter');
    await page.locator('.line.stored').getByText('Soup tonight?').waitFor();
  });

  test('single letters switched off do nothing; the palette still opens and brings them back', async () => {
    const { page } = me;
    await page.keyboard.press('Control+k');
    await focused(page, '[role=combobox]');
    await page.keyboard.type('shortcuts');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await tabTo(page, /Single keys/);
    const stored = page.waitForResponse('**/api/me');
    await page.keyboard.press('Space');
    expect((await stored).status()).toBe(200);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.reload();
    await page.locator('.line.stored').getByText('Soup tonight?').waitFor();
    await page.keyboard.press('Escape');
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press('?');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Go to anything' }).waitFor();
    expect(await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).count()).toBe(0);
    expect(me.complaints).toEqual([]);
  });
});
