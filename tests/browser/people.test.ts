import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Article } from '../../src/articles/contract.ts';
import { describeOn } from '../support/backends.ts';
import { axeFindings, shoot, type Visitor } from '../support/browser.ts';
import { type BrowserSite, openBrowserSite } from '../support/browser-site.ts';
import { newClientId, signUp, type TestPerson } from '../support/client.ts';
import { inChapters } from '../support/story.ts';

describeOn(['sqlite', 'chromium'], 'people meet, in browsers,', () => {
  let site: BrowserSite;
  let people: [TestPerson, TestPerson];
  let ana: Visitor;
  let ben: Visitor;
  let article: Article;

  inChapters();

  beforeAll(async () => {
    site = await openBrowserSite();
    const { url } = site;
    people = [await signUp(url, 'ana'), await signUp(url, 'ben')];
    const text = { title: 'On meeting', body: 'Words.', tags: ['talk'], publish: true };
    article = (await people[0].post<Article>('/api/articles', text)).body;
    for (const person of people) {
      const said = { clientId: newClientId(), body: `Said by ${person.username}` };
      await person.post(`/api/rooms/${article.roomId}/messages`, said);
    }
    ana = await site.open(people[0], { viewport: { width: 1440, height: 900 } });
    ben = await site.open(people[1], {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      colorScheme: 'dark',
    });
  });
  afterAll(() => site?.close());

  test('the home page shows who is online, with the reason, and where one talks', async () => {
    await ben.page.goto(`/a/${article.slug}`);
    await ben.page.locator('.readers-count').waitFor();
    const here = ana.page.getByRole('region', { name: 'Online now' });
    await expect
      .poll(async () => {
        await ana.page.goto('/');
        return here.innerText();
      })
      .toMatch(/ben[\s\S]*like you/);
    const talk = ana.page.getByRole('region', { name: 'Talked about now' });
    await talk.getByText('2 responses by 2 people').waitFor();
    expect(await axeFindings(ana.page)).toEqual([]);
    await shoot(ana.page, 'home-now');
  });

  test('the keyboard opens the card, goes through it and closes it', async () => {
    const { page } = ana;
    await page.goto(`/a/${article.slug}`);
    const name = page
      .getByRole('article', { name: /Response by ben/i })
      .getByRole('link', { name: /ben/i });
    const card = page.getByRole('dialog', { name: 'About @ben' });
    await page.getByRole('textbox', { name: 'Your response' }).focus();
    for (let step = 0; step < 20; step += 1) {
      await page.keyboard.press('Tab');
      if (await name.evaluate((link) => link === document.activeElement)) break;
    }
    await card.getByRole('button', { name: 'Add friend' }).waitFor();
    expect(await name.evaluate((link) => link === document.activeElement)).toBe(true);
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Tab');
    expect(await card.evaluate((panel) => panel.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
    expect(await name.evaluate((link) => link === document.activeElement)).toBe(true);
  });

  test('the pointer opens it too, and the request carries the response as its reason', async () => {
    const { page } = ana;
    await page.mouse.move(0, 0);
    await page
      .getByRole('article', { name: /by ben/i })
      .getByRole('link', { name: /ben/i })
      .hover();
    const card = page.getByRole('dialog', { name: 'About @ben' });
    await card.getByRole('button', { name: 'Add friend' }).click();
    await card.getByText('Requested').waitFor();
    await page.mouse.move(0, 0);
    await card.waitFor({ state: 'detached' });
    const toast = ben.page.locator('.notification-toast').getByRole('link', { name: /ana/i });
    await toast.waitFor();
    await expect.poll(() => ben.page.title()).toMatch(/^\(\d+\) /);
    const { body } = await people[1].get<{ incoming: { about?: { text: string } }[] }>(
      '/api/friend-requests',
    );
    expect(body.incoming[0]?.about?.text).toBe('Said by ben');
  });

  test('pop-ups are switched off where they appear, and stay off', async () => {
    const { page } = ben;
    await page.getByRole('button', { name: /Show no more of these/ }).click();
    await page.locator('.notification-toast').first().waitFor({ state: 'detached' });
    await page.goto('/settings');
    const choice = page.getByLabel('Show notifications as they arrive');
    await choice.waitFor();
    expect(await choice.isChecked()).toBe(false);
  });

  test('a finger opens the card, from which one accepts and writes', async () => {
    const { page } = ben;
    await page.goto(`/a/${article.slug}`);
    await page.locator('.readers-count').waitFor();
    const name = page
      .getByRole('article', { name: /Response by ana/i })
      .getByRole('link', { name: /ana/i });
    const card = page.getByRole('dialog', { name: 'About @ana' });
    await name.tap();
    await card.getByRole('button', { name: 'Accept' }).tap();
    expect(await axeFindings(page)).toEqual([]);
    await shoot(page, 'card-phone-dark');
    await card.getByRole('button', { name: 'Message' }).tap();
    await page.waitForURL(/\/chat\//);
    await page.getByRole('textbox', { name: 'Message' }).waitFor();
  });

  test('a visitor sees a live community, and the hint is told once', async () => {
    const guest = await site.open(null, {
      viewport: { width: 390, height: 844 },
    });
    const { page } = guest;
    await page.goto('/');
    await page.getByRole('region', { name: 'Talked about now' }).getByText('On meeting').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.goto(`/a/${article.slug}`);
    const hint = page.locator('.hint').getByText('Responses appear here live');
    await hint.waitFor();
    await page.reload();
    await page.locator('.readers-count').waitFor();
    expect(await hint.count()).toBe(0);
    expect(guest.complaints).toEqual([]);
    await guest.context.close();
  });

  test('no page complained about anything', () => {
    expect([...ana.complaints, ...ben.complaints]).toEqual([]);
  });
});
