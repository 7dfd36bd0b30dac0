import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Article } from '../../src/articles/contract.ts';
import { describeOn } from '../support/backends.ts';
import type { Visitor } from '../support/browser.ts';
import { type BrowserSite, openBrowserSite } from '../support/browser-site.ts';
import { signUp, type TestPerson, testPassword } from '../support/client.ts';
import { inEveryLook } from '../support/looks.ts';
import { inChapters } from '../support/story.ts';

describeOn(['sqlite', 'chromium'], 'the first minutes, in a browser,', () => {
  let site: BrowserSite;
  let ana: TestPerson;
  let article: Article;
  let visitor: Visitor;
  inChapters();

  beforeAll(async () => {
    site = await openBrowserSite();
    ana = await signUp(site.url, 'ana');
    const text = { title: 'Green tea at eighty degrees', body: 'Wait two minutes.', publish: true };
    article = (await ana.post<Article>('/api/articles', text)).body;
    visitor = await site.open(null);
  });
  afterAll(() => site?.close());

  const field = (label: string) => visitor.page.getByLabel(label, { exact: true });
  const join = () => visitor.page.getByRole('button', { name: 'Join Lyceum', exact: true }).click();
  const hasFocus = (label: string) =>
    expect
      .poll(() => field(label).evaluate((input) => input === document.activeElement))
      .toBe(true);

  test('begin on a front page that says what this is, and lead to the way in', async () => {
    const { page } = visitor;
    await page.goto('/');
    await page.getByRole('heading', { level: 1, name: /Share what you know/ }).waitFor();
    await page.getByRole('link', { name: article.title }).first().waitFor();
    await page.getByRole('link', { name: 'Join Lyceum' }).first().click();
    await page.getByRole('heading', { level: 1, name: /Join/ }).waitFor();
    expect(await inEveryLook(page, 'join')).toEqual([]);
  });

  test('say in place what has to change, keep what was typed, and go to the first wrong field', async () => {
    const { page } = visitor;
    await field('Username').fill('b!');
    await field('Email').fill('ben');
    await field('Password').fill('short');
    await page.locator('.meter').getByText('Too short.').waitFor();
    await join();
    await page.getByText('Use 3 to 24 letters, digits or _.').waitFor();
    await page.getByText('This is no email address.').waitFor();
    await page.getByText('Use 10 characters or more.').waitFor();
    await hasFocus('Username');
    await field('Username').fill('ana');
    await field('Email').fill('ben@example.org');
    await field('Password').fill('ana ana ana ana');
    await page.locator('.meter').getByText('Weak.').waitFor();
    await field('Password').fill(testPassword);
    await join();
    await page.getByText('This username is taken.').waitFor();
    await hasFocus('Username');
    expect(await inEveryLook(page, 'join-wrong')).toEqual([]);
    expect([await field('Email').inputValue(), await field('Password').inputValue()]).toEqual([
      ...['ben@example.org', testPassword],
    ]);
  });

  test('go on as a member, where the empty chat knows the next step', async () => {
    const { page } = visitor;
    await field('Username').fill('ben');
    await join();
    await page.getByRole('link', { name: 'Write' }).first().waitFor();
    await page.goto('/chat');
    await page.getByRole('button', { name: 'Message somebody' }).waitFor();
    await page.getByRole('link', { name: 'Find people to talk to' }).waitFor();
    expect(await inEveryLook(page, 'chat-empty')).toEqual([]);
    await page.getByRole('button', { name: 'Start a conversation' }).click();
    await page.getByRole('button', { name: 'Find public rooms' }).click();
    await page.getByText('There is no public room yet.').waitFor();
    await page.getByRole('button', { name: 'New room' }).click();
    await page.getByRole('dialog', { name: 'New room' }).waitFor();
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto('/');
    await page.getByRole('heading', { name: 'Online now' }).filter({ visible: true }).waitFor();
    expect(await inEveryLook(page, 'home-member')).toEqual([]);
  });

  test('a page that is not there says so and leads back', async () => {
    const { page } = visitor;
    await page.goto('/a/never-written-at-all');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('main').getByRole('link').first().click();
    await page.waitForURL((url) => url.pathname === '/');
  });

  test('no page complained about anything but the page that is not there', () => {
    const others = visitor.complaints.filter((complaint) => !/404/.test(complaint));
    expect(others).toEqual([]);
  });
});
