import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeOn } from '../support/backends.ts';
import { shoot, type Visitor } from '../support/browser.ts';
import { type BrowserSite, openBrowserSite } from '../support/browser-site.ts';
import { testPassword } from '../support/client.ts';
import { inChapters } from '../support/story.ts';

const title = 'How a request becomes a response';
const body = [
  'Every page begins with a request.',
  '',
  '## The way in',
  '',
  '1. The server takes the bytes.',
  '2. Middleware looks at them.',
  '3. A view answers.',
  '',
  '```python',
  'def view(request):',
  '    return HttpResponse("hello")',
  '```',
  '',
  '## The way out',
  '',
  'The same way back, in reverse.',
  ...Array.from({ length: 12 }, (_, index) => `\nParagraph ${index} tells more of it.`),
].join('\n');

const join = async (page: Page, username: string): Promise<void> => {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Email').fill(`${username}@example.org`);
  await page.getByLabel('Password').fill(testPassword);
  await page.getByRole('button', { name: 'Join Lyceum' }).click();
};

describeOn(['sqlite', 'chromium'], 'two people talk under an article, in browsers,', () => {
  let site: BrowserSite;
  let ana: Visitor;
  let ben: Visitor;
  let address: string;

  inChapters();

  beforeAll(async () => {
    site = await openBrowserSite();
    ana = await site.open(null, { viewport: { width: 1360, height: 900 } });
    ben = await site.open(null, {
      viewport: { width: 1360, height: 900 },
      colorScheme: 'dark',
    });
  });
  afterAll(() => site?.close());

  test('one joins, writes with a preview, and publishes', async () => {
    const { page } = ana;
    await page.goto('/join');
    await join(page, 'ana');
    await page.getByRole('link', { name: 'Write' }).first().click();
    await page.getByLabel('Title', { exact: true }).fill(title);
    await page.getByLabel('Tags').fill('django python');
    await page.getByLabel('Text, in Markdown').fill(body);
    const preview = page.getByRole('region', { name: 'Preview' });
    await preview.getByRole('heading', { name: 'The way in' }).waitFor();
    await preview.locator('pre').getByText('HttpResponse').waitFor();
    await shoot(page, 'write');
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.waitForURL(/\/a\//);
    address = new URL(page.url()).pathname;
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await shoot(page, 'article');
    await page.getByRole('link', { name: 'Home' }).first().click();
    await page.getByRole('link', { name: title }).first().waitFor();
  });

  test('a visitor finds it, writes under it, is asked to sign in in place, and keeps the text', async () => {
    const { page } = ben;
    await page.goto('/');
    await shoot(page, 'home-visitor-dark');
    await page.getByRole('link', { name: title }).first().click();
    await page.waitForURL(`**${address}`);
    const box = page.getByRole('textbox', { name: 'Your response' });
    await box.fill('Where do *signals* come in?');
    await page.getByRole('button', { name: 'Respond', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await shoot(page, 'sign-in-in-place-dark');
    expect(await box.inputValue()).toBe('Where do *signals* come in?');
    await dialog.getByRole('button', { name: 'Join Lyceum' }).click();
    await join(page, 'ben');
    await page.locator('.response-body').getByText('Where do signals come in?').waitFor();
    expect(new URL(page.url()).pathname).toBe(address);
    expect(await box.inputValue()).toBe('');
  });

  test('its author is told at once, wherever they are, and is led to it', async () => {
    const { page } = ana;
    const toast = page.locator('.notification-toast').getByRole('link', { name: /ben/i });
    await toast.waitFor();
    await page
      .getByRole('button', { name: /^Notifications/ })
      .getByText('1')
      .waitFor();
    await shoot(page, 'home-toast');
    await toast.click();
    await page.waitForURL(`**${address}*`);
    await page.locator('.response-body').getByText('Where do signals come in?').waitFor();
  });

  test('the next one appears by itself, without moving what is read', async () => {
    const { page } = ana;
    const paragraph = page.getByText('Paragraph 11 tells more of it.');
    await paragraph.scrollIntoViewIfNeeded();
    const before = await paragraph.boundingBox();
    await ben.page.getByRole('textbox', { name: 'Your response' }).fill('And templates?');
    const from = Date.now();
    await ben.page.getByRole('button', { name: 'Respond', exact: true }).click();
    const pill = page.locator('#responses').getByRole('button', { name: '1 new response' });
    await pill.waitFor();
    process.stdout.write(`shown to the other ${Date.now() - from} ms after the click\n`);
    expect(await page.getByText('And templates?').count()).toBe(0);
    expect(await paragraph.boundingBox()).toEqual(before);
    await shoot(page, 'article-new-response');
    await pill.click();
    await page.locator('.response-body').getByText('And templates?').waitFor();
  });

  test('a reply stands under the response and arrives live', async () => {
    const { page } = ana;
    const response = page.getByRole('article', { name: /Response by ben/i }).first();
    await response.getByRole('button', { name: 'Reply' }).click();
    await page.getByLabel(/Your reply to ben/i).fill('When the response is ready.');
    await page.getByLabel(/Your reply to ben/i).press('Control+Enter');
    await page.locator('.replies').getByText('When the response is ready.').waitFor();
    await ben.page.getByRole('button', { name: '1 new response' }).first().click();
    await ben.page.locator('.replies').getByText('When the response is ready.').waitFor();
    await shoot(ben.page, 'article-tree-dark');
  });

  test('from the response to a friend request, accepted by the other', async () => {
    const { page } = ana;
    await page
      .getByRole('article', { name: /Response by ben/i })
      .first()
      .getByRole('link', { name: /ben/i })
      .first()
      .hover();
    const card = page.locator('.person-card-panel');
    await card.getByRole('button', { name: 'Add friend' }).click();
    await card.getByText('Requested').waitFor();
    await shoot(page, 'person-card');
    await ben.page.goto('/people');
    const requests = ben.page.getByRole('region', { name: /Friend requests/ });
    const accept = requests.getByRole('button', { name: 'Accept' });
    await accept.waitFor();
    await shoot(ben.page, 'people-request-dark');
    await accept.click();
    await requests.waitFor({ state: 'detached' });
    await page
      .locator('.notification-toast')
      .getByText(/accepted/i)
      .first()
      .waitFor();
  });

  test('they chat', async () => {
    const { page } = ana;
    await page.goto(address);
    await page
      .getByRole('article', { name: /Response by ben/i })
      .first()
      .getByRole('link', { name: /ben/i })
      .first()
      .hover();
    await page.locator('.person-card-panel').getByRole('button', { name: 'Message' }).click();
    await page.waitForURL(/\/chat\//);
    const field = page.getByRole('textbox', { name: 'Message' });
    await field.fill('Shall we write about signals?');
    await field.press('Enter');
    await page.locator('.bubble').getByText('Shall we write about signals?').waitFor();
    await ben.page.goto('/chat');
    await ben.page.getByText('Shall we write about signals?').first().click();
    await ben.page.waitForURL(/\/chat\//);
    const reply = ben.page.getByRole('textbox', { name: 'Message' });
    await reply.fill('Yes!');
    await page
      .getByText(/typing/i)
      .first()
      .waitFor();
    await reply.press('Enter');
    await page.locator('.bubble').getByText('Yes!').waitFor();
    await shoot(page, 'chat');
    await shoot(ben.page, 'chat-dark');
  });

  test('the article is whole without a script, and on a phone', async () => {
    const plain = await site.open(null, { javaScriptEnabled: false });
    await plain.page.goto(address);
    await plain.page.getByRole('heading', { level: 1, name: title }).waitFor();
    await plain.page.locator('article pre').getByText('HttpResponse').waitFor();
    await plain.page.getByText('Where do signals come in?').waitFor();
    await shoot(plain.page, 'article-without-script');
    const phone = await site.open(null, {
      viewport: { width: 360, height: 740 },
      isMobile: true,
      hasTouch: true,
    });
    for (const [path, name] of [
      ['/', 'phone-home'],
      [address, 'phone-article'],
    ] as const) {
      await phone.page.goto(path);
      await phone.page.getByText(title).first().waitFor();
      const overflow = await phone.page.evaluate(
        () => document.documentElement.scrollWidth - innerWidth,
      );
      expect(overflow, `${path} is wider than the screen`).toBeLessThanOrEqual(0);
      await shoot(phone.page, name);
    }
    expect([...plain.complaints, ...phone.complaints]).toEqual([]);
    await plain.context.close();
    await phone.context.close();
  });

  test('no page complained about anything', () => {
    expect([...ana.complaints, ...ben.complaints]).toEqual([]);
  });
});
