import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Article } from '../../src/articles/contract.ts';
import { describeOn } from '../support/backends.ts';
import type { Visitor } from '../support/browser.ts';
import { type BrowserSite, openBrowserSite } from '../support/browser-site.ts';
import { newClientId, signUp, type TestPerson, testPassword } from '../support/client.ts';
import { inEveryLook } from '../support/looks.ts';
import { inChapters } from '../support/story.ts';

const body = Array.from({ length: 14 }, (_, index) => `Paragraph ${index} of it.`).join('\n\n');
const dockOf = (page: Page) => page.locator('.dock');
const fieldOf = (page: Page) => dockOf(page).getByRole('textbox', { name: 'Message' });
const opener = (page: Page) =>
  page.locator('.dock-button').filter({ visible: true }).and(page.getByRole('button'));
const focused = (page: Page, selector: string) =>
  page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);

describeOn(['sqlite', 'chromium'], 'the chat beside an article, in browsers,', () => {
  let site: BrowserSite;
  let people: { ana: TestPerson; ben: TestPerson };
  let ana: Visitor;
  let ben: Visitor;
  let article: Article;
  let other: Article;

  inChapters();

  beforeAll(async () => {
    site = await openBrowserSite();
    const { url } = site;
    people = { ana: await signUp(url, 'ana'), ben: await signUp(url, 'ben') };
    const publish = async (title: string) =>
      (
        await people.ben.post<Article>('/api/articles', {
          title,
          body,
          tags: ['tea'],
          publish: true,
        })
      ).body;
    article = await publish('How to brew tea');
    other = await publish('How to cool tea');
    const said = { clientId: newClientId(), body: 'Which leaves do you take?' };
    await people.ben.post(`/api/rooms/${article.roomId}/messages`, said);
    await people.ben.put('/api/rooms/direct/ana');
    const wide = { viewport: { width: 1440, height: 900 } };
    ana = await site.open(people.ana, wide);
    ben = await site.open(people.ben, wide);
  });
  afterAll(() => site?.close());

  test('opens with the responses as a time line, takes the focus and gives it back', async () => {
    const { page } = ana;
    await page.goto(`/a/${article.slug}`);
    await opener(page).click();
    await dockOf(page).getByText('Which leaves do you take?').waitFor();
    await focused(page, '.dock .composer-field');
    const text = await page.locator('.article').boundingBox();
    const box = await page.locator('#responses .composer-box').boundingBox();
    const dock = await dockOf(page).boundingBox();
    if (!text || !box || !dock) throw new Error('not everything is shown');
    expect(text.x + text.width, 'the dock lies on the text').toBeLessThanOrEqual(dock.x);
    expect(box.x + box.width, 'the dock lies on the composer').toBeLessThanOrEqual(dock.x);
    await page.keyboard.press('Escape');
    await dockOf(page).waitFor({ state: 'detached' });
    await focused(page, '.dock-button');
  });

  test('what one says in it stands in the tree of the other, and is answered in both', async () => {
    await opener(ana.page).click();
    await fieldOf(ana.page).fill('Green ones, mostly.');
    await fieldOf(ana.page).press('Enter');
    await ana.page.locator('.response:not(.unsent)').getByText('Green ones, mostly.').waitFor();
    await ben.page.goto(`/a/${article.slug}`);
    await ben.page.locator('.response-body').getByText('Green ones, mostly.').waitFor();
    const box = ben.page.getByRole('textbox', { name: 'Your response' });
    await box.fill('And how hot?');
    await box.press('Control+Enter');
    await dockOf(ana.page).getByText('And how hot?').waitFor();
    await opener(ben.page).click();
    await fieldOf(ben.page).fill('I take 80 degrees.');
    await dockOf(ana.page).getByText('ben is typing').waitFor();
    await fieldOf(ben.page).press('Enter');
    await dockOf(ana.page).getByText('I take 80 degrees.').waitFor();
  });

  test('closing it leaves the tree live, and leaving the article leaves the dock live', async () => {
    await ben.page.keyboard.press('Escape');
    await dockOf(ben.page).waitFor({ state: 'detached' });
    await fieldOf(ana.page).fill('Three minutes.');
    await fieldOf(ana.page).press('Enter');
    await ben.page
      .getByRole('button', { name: /new response/ })
      .first()
      .click();
    await ben.page.locator('.response-body').getByText('Three minutes.').waitFor();
    await ana.page.getByRole('link', { name: 'Home' }).first().click();
    await ana.page.getByRole('link', { name: other.title }).first().waitFor();
    await focused(ana.page, 'h1');
    const box = ben.page.getByRole('textbox', { name: 'Your response' });
    await box.fill('Longer for black tea.');
    await box.press('Control+Enter');
    await dockOf(ana.page).getByText('Longer for black tea.').waitFor();
  });

  test('follows the reader to another article, and is open again after a reload', async () => {
    const { page } = ana;
    await page.getByRole('link', { name: other.title }).first().click();
    await dockOf(page).getByRole('heading', { name: other.title }).waitFor();
    await dockOf(page).getByText('No messages yet.').waitFor();
    await page.reload();
    await dockOf(page).getByRole('heading', { name: other.title }).waitFor();
  });

  test('a colon and two letters offer emoji; Escape closes the list, Enter and a colon take', async () => {
    const { page } = ana;
    const field = fieldOf(page);
    await field.click();
    await page.keyboard.type('at 10:30 :tad');
    const list = page.getByRole('listbox', { name: 'Emoji' });
    await list.getByRole('option', { name: ':tada:' }).waitFor();
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });
    expect(await dockOf(page).count()).toBe(1);
    await page.keyboard.type('a');
    await list.waitFor();
    await page.keyboard.press('Enter');
    expect(await field.inputValue()).toBe('at 10:30 🎉 ');
    await page.keyboard.type(':avoca');
    await list.getByRole('option', { name: ':avocado:' }).waitFor();
    await page.keyboard.type('do:');
    expect(await field.inputValue()).toBe('at 10:30 🎉 🥑 ');
    await field.fill('');
    const response = page.getByRole('textbox', { name: 'Your response' });
    await response.click();
    await page.keyboard.type('@be');
    await page.getByRole('option', { name: /@ben/ }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type(':rocke');
    await list.getByRole('option', { name: ':rocket:' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await response.inputValue()).toBe('@ben 🚀 ');
    await response.fill('');
  });

  test('shows another room of the reader, with what is unread, and opens it in full', async () => {
    const { page } = ana;
    const direct = (await people.ana.put<{ id: string }>('/api/rooms/direct/ben')).body;
    const said = { clientId: newClientId(), body: 'Between us: I prefer coffee.' };
    await people.ben.post(`/api/rooms/${direct.id}/messages`, said);
    await dockOf(page).getByText('1 other rooms with news').waitFor();
    await dockOf(page).getByRole('button', { name: other.title }).click();
    const rooms = page.getByRole('dialog', { name: 'Choose a room' });
    await rooms.getByRole('button', { name: /ben.*1 unread/ }).click();
    await dockOf(page).getByText('I prefer coffee.').waitFor();
    await focused(page, '.dock .composer-field');
    await dockOf(page).getByRole('link', { name: 'Open in full' }).click();
    await page.waitForURL(`**/chat/${direct.id}`);
    await dockOf(page).waitFor({ state: 'detached' });
    await page.goBack();
    await dockOf(page).getByText('I prefer coffee.').waitFor();
  });

  test('it is right in both themes, wide and on a phone', async () => {
    const { page } = ana;
    await page.goto(`/a/${article.slug}`);
    await page.evaluate(() => sessionStorage.clear());
    await page.reload();
    await opener(page).click();
    await dockOf(page).getByText('Longer for black tea.').waitFor();
    expect(await inEveryLook(page, 'dock')).toEqual([]);
  });

  test('a visitor reads along, and writes after logging in where they are', async () => {
    const visitor = await site.open(null, { viewport: { width: 390, height: 844 } });
    const { page } = visitor;
    await page.goto(`/a/${article.slug}`);
    await opener(page).click();
    await dockOf(page).getByText('Longer for black tea.').waitFor();
    expect(await inEveryLook(page, 'dock-visitor')).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    await dockOf(page).getByRole('button', { name: 'Log in to write' }).click();
    const dialog = page.getByRole('dialog', { name: /write here/ });
    await dialog.getByLabel(/Username/).fill('ben');
    await dialog.getByLabel('Password', { exact: true }).fill(testPassword);
    await dialog.getByRole('button', { name: 'Log in' }).click();
    await fieldOf(page).fill('From my phone.');
    await fieldOf(page).press('Enter');
    await dockOf(ana.page).getByText('From my phone.').waitFor();
    await page.keyboard.press('Escape');
    await dockOf(page).waitFor({ state: 'detached' });
    await focused(page, '.dock-button');
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  });

  test('no page complained about anything', () => {
    expect([...ana.complaints, ...ben.complaints]).toEqual([]);
  });
});
