import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Article } from '../../src/articles/contract.ts';
import type { Message, Room } from '../../src/rooms/contract.ts';
import { describeOn } from '../support/backends.ts';
import type { Visitor } from '../support/browser.ts';
import { type BrowserSite, openBrowserSite } from '../support/browser-site.ts';
import { newClientId, signUp, type TestPerson } from '../support/client.ts';
import { measure, measuresOf } from '../support/measure.ts';

const body = [
  'Every page begins with a request.',
  ...['The way in', 'The middle', 'The way out'].flatMap((title) => [
    `\n## ${title}`,
    ...Array.from({ length: 4 }, (_, index) => `\nParagraph ${index} of ${title}. `.repeat(6)),
  ]),
].join('\n');

const print = (line: string) => process.stdout.write(`${line}\n`);

describeOn(['sqlite', 'chromium'], 'while others write, in a browser,', () => {
  let site: BrowserSite;
  let ana: TestPerson;
  let ben: TestPerson;
  let cleo: TestPerson;
  let article: Article;
  let room: Room;
  let reader: Visitor;

  const say = async (by: TestPerson, roomId: string, text: string, replyTo?: string) => {
    const answer = await by.post<Message>(`/api/rooms/${roomId}/messages`, {
      clientId: newClientId(),
      body: text,
      ...(replyTo ? { replyTo } : {}),
    });
    expect(answer.status, answer.text).toBeLessThan(300);
    return answer.body.id;
  };
  const jump = () => reader.page.getByRole('button', { name: /Jump to latest/ });
  const shiftsSince = async (page: Page, before: number) =>
    (await measuresOf(page)).shifts.slice(before).map(({ value, what }) => ({ value, what }));

  beforeAll(async () => {
    site = await openBrowserSite();
    const { url } = site;
    ana = await signUp(url, 'ana');
    ben = await signUp(url, 'ben');
    cleo = await signUp(url, 'cleo');
    const draft = { title: 'How a request becomes a response', body, tags: ['web'], publish: true };
    article = (await ana.post<Article>('/api/articles', draft)).body;
    const created = { kind: 'group', title: 'Reading circle', members: ['ben', 'cleo'] };
    room = (await ana.post<Room>('/api/rooms', created)).body;
    for (let n = 1; n <= 30; n += 1) await say(ben, room.id, `Before: number ${n}.`);
    reader = await site.open(ana, { viewport: { width: 1360, height: 900 } });
    await measure(reader.page, { pill: '.live-pill .pill', line: '.response-body' });
  });
  afterAll(() => site?.close());

  test('a response is painted at another; the time is printed, and nothing shifted', async () => {
    const { page } = reader;
    const writer = await site.open(ben);
    await measure(writer.page);
    await page.goto(`/a/${article.slug}`);
    await page.locator('.readers-count').waitFor();
    await writer.page.goto(`/a/${article.slug}`);
    await page.locator('.readers-count').getByText('2 reading now').waitFor();
    await page.locator('#responses').scrollIntoViewIfNeeded();
    const loaded = await measuresOf(page);
    await writer.page.getByRole('textbox', { name: 'Your response' }).fill('The first one.');
    await writer.page.getByRole('button', { name: 'Respond', exact: true }).click();
    await page.locator('.live-pill .pill').waitFor();
    await expect.poll(async () => (await measuresOf(page)).painted['pill']).toBeGreaterThan(0);
    const { painted, largest, shifts } = await measuresOf(page);
    const { pressed } = await measuresOf(writer.page);
    const moved = shifts.reduce((sum, { value }) => sum + value, 0);
    print(
      `article page: LCP ${largest.toFixed(0)} ms, CLS ${moved.toFixed(4)}; ` +
        `a response is painted at another ${((painted['pill'] ?? 0) - pressed).toFixed(0)} ms after the click`,
    );
    expect(painted['pill']).toBeGreaterThan(pressed);
    expect(loaded.shifts).toEqual([]);
    expect(shifts).toEqual([]);
    await writer.context.close();
  });

  test('50 responses arrive under an article: nothing moves, at the top, at the end, in a branch', async () => {
    const { page } = reader;
    await page.locator('.live-pill .pill').click();
    await page.locator('.response-body').getByText('The first one.').waitFor();
    const first = (await page.locator('.response').first().getAttribute('id'))?.slice(2);
    await page.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
    const before = (await measuresOf(page)).shifts.length;
    for (let n = 1; n <= 20; n += 1) await say(n % 2 ? ben : cleo, article.roomId, `Answer ${n}.`);
    await page.locator('.live-pill').getByText('20 new').waitFor({ state: 'attached' });
    await page.locator('#responses').scrollIntoViewIfNeeded();
    for (let n = 21; n <= 40; n += 1) await say(ben, article.roomId, `Answer ${n}.`);
    await page.locator('.live-pill').getByText('40 new').waitFor();
    for (let n = 1; n <= 10; n += 1) await say(cleo, article.roomId, `Reply ${n}.`, first);
    await page.locator('.response-foot').getByText('10 new').waitFor();
    expect(await shiftsSince(page, before)).toEqual([]);
  });

  test('50 messages arrive in a chat: nothing moves but what is followed, at its end and above', async () => {
    const { page } = reader;
    await page.goto(`/chat/${room.id}`);
    await page.locator('.bubble').getByText('Before: number 30.').waitFor();
    const log = page.getByRole('log');
    await log.evaluate((box) => box.scrollTo(0, box.scrollHeight));
    // The room with news comes to the top of the list, where it is for the rest.
    await say(ben, room.id, 'Are you there?');
    await page.locator('.bubble').getByText('Are you there?').waitFor();
    await page.locator('.room-list li').first().getByText('Reading circle').waitFor();
    const before = (await measuresOf(page)).shifts.length;
    for (let n = 1; n <= 25; n += 1) await say(n % 2 ? ben : cleo, room.id, `Now: number ${n}.`);
    await page.locator('.bubble').getByText('Now: number 25.').waitFor();
    expect(
      await log.evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight),
    ).toBeLessThan(2);
    await log.evaluate((box) => box.scrollTo(0, box.scrollHeight - box.clientHeight - 400));
    await jump().waitFor();
    const shown = page.locator('.bubble').getByText('Now: number 20.', { exact: true });
    const held = (await shown.boundingBox())?.y ?? Number.NaN;
    for (let n = 26; n <= 50; n += 1) await say(ben, room.id, `Now: number ${n}.`);
    await jump().getByText('25').waitFor();
    // Scrolling rounds to whole pixels.
    expect(Math.abs(((await shown.boundingBox())?.y ?? 0) - held)).toBeLessThan(1);
    expect(await shiftsSince(page, before)).toEqual([]);
  });

  test('a message that is drawn before the browser tells of a scroll to the end is followed', async () => {
    const { page } = reader;
    const log = page.getByRole('log');
    await log.evaluate((box) => box.scrollTo(0, box.scrollHeight - box.clientHeight - 300));
    await jump().waitFor();
    // The scroll, the growth and a render fall into one frame, as they do under load.
    await log.evaluate(async (box) => {
      const told = new Promise((resolve) => box.addEventListener('scroll', resolve));
      box.scrollTo(0, box.scrollHeight);
      const wedge = box.firstElementChild?.appendChild(document.createElement('hr'));
      wedge?.style.setProperty('height', '90px');
      const hover = new PointerEvent('pointerenter', { pointerType: 'mouse' });
      document.querySelector('.line')?.dispatchEvent(hover);
      await told;
    });
    await jump().waitFor({ state: 'detached' });
    await page.evaluate(() => document.querySelector('.log-content > hr')?.remove());
    await say(cleo, room.id, 'Followed at once.');
    await page.locator('.bubble').getByText('Followed at once.').waitFor();
    expect(
      await log.evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight),
    ).toBeLessThan(2);
    await log.evaluate((box) => box.scrollTo(0, box.scrollHeight - box.clientHeight - 400));
  });

  test('who leaves the end is not pulled back by what is drawn before the browser tells of it', async () => {
    const { page } = reader;
    await jump().click();
    const log = page.getByRole('log');
    const [left, stayed] = await log.evaluate(async (box) => {
      const told = new Promise((resolve) => box.addEventListener('scroll', resolve));
      box.scrollTo(0, box.scrollHeight - box.clientHeight - 300);
      const before = box.scrollTop;
      for (const line of [...box.querySelectorAll('.line')].slice(-3)) {
        line.dispatchEvent(new PointerEvent('pointerenter', { pointerType: 'mouse' }));
        // The browser tells of nothing before the microtasks of a render are done.
        for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      }
      await told;
      return [before, box.scrollTop];
    });
    expect(stayed).toBe(left);
    await jump().waitFor();
  });

  test('the measure sees what moves', async () => {
    const { page } = reader;
    const before = (await measuresOf(page)).shifts.length;
    await page.evaluate(() => {
      const wedge = document.querySelector('.room-list')?.appendChild(document.createElement('hr'));
      wedge?.style.setProperty('height', '90px');
      wedge?.parentElement?.prepend(wedge);
    });
    expect(await shiftsSince(page, before)).not.toEqual([]);
    await page.evaluate(() => document.querySelector('.room-list hr')?.remove());
  });

  test('what others write is said aloud, a flood as its size, and my own is not', async () => {
    const { page } = reader;
    const said = page.locator('.log-frame [aria-live="polite"]');
    await jump().click();
    // Said, alone or with those before it, it is not said with what comes now.
    const before = await said.textContent();
    await say(cleo, room.id, 'The last of many.');
    await expect.poll(() => said.textContent()).not.toBe(before);
    await page.getByRole('textbox', { name: 'Message' }).fill('Mine alone.');
    await page.getByRole('textbox', { name: 'Message' }).press('Enter');
    await page.locator('.bubble').getByText('Mine alone.').waitFor();
    await say(cleo, room.id, 'Yours, Cleo.');
    await said.getByText('cleo: Yours, Cleo.').waitFor({ state: 'attached' });
    await Promise.all([say(ben, room.id, 'One.'), say(cleo, room.id, 'Two.')]);
    await said.getByText('2 new messages from 2 people').waitFor({ state: 'attached' });
    expect(await said.textContent()).not.toContain('Mine alone.');
    expect(await page.getByRole('log').getAttribute('aria-label')).toBe('Messages');
  });

  test('a step to another page gives its heading the focus, and the window its title', async () => {
    const { page } = reader;
    for (const [link, title, heading] of [
      ['People', 'People · Lyceum', 'People'],
      ['Home', 'Lyceum', 'Latest articles'],
    ] as const) {
      await page.getByRole('link', { name: link, exact: false }).first().click();
      await expect.poll(() => page.title()).toMatch(title);
      await expect
        .poll(() => page.evaluate(() => document.activeElement?.textContent))
        .toBe(heading);
    }
    await page.getByRole('main').getByRole('link', { name: article.title }).first().click();
    await expect.poll(() => page.title()).toContain(article.title);
    await expect.poll(() => page.evaluate(() => document.activeElement?.nodeName)).toBe('H1');
  });

  test('who wants less motion gets none', async () => {
    const moving = await reader.page.evaluate(() =>
      [...document.querySelectorAll('*')]
        .filter((element) => {
          const { transitionDuration, animationDuration } = getComputedStyle(element);
          return [transitionDuration, animationDuration].some(
            (time) => Number.parseFloat(time) > 0.001,
          );
        })
        .map((element) => element.className),
    );
    expect(moving).toEqual([]);
  });

  test('what has the focus is never under the composer or the bar, on a phone', async () => {
    const phone = await site.open(ana, {
      viewport: { width: 390, height: 700 },
    });
    for (const path of [`/a/${article.slug}`, `/chat/${room.id}`]) {
      await phone.page.goto(path);
      await phone.page.locator('.response, .bubble').first().waitFor();
      const covered: string[] = [];
      for (let step = 0; step < 60; step += 1) {
        await phone.page.keyboard.press('Tab');
        const under = await phone.page.evaluate(() => {
          const on = document.activeElement as HTMLElement;
          const { left, top, width, height } = on.getBoundingClientRect();
          if (on === document.body || width * height === 0) return null;
          const points = [0.1, 0.5, 0.9].map((part) =>
            document.elementFromPoint(left + width / 2, top + height * part),
          );
          const seen = points.some((hit) => hit && (on.contains(hit) || hit.contains(on)));
          return seen ? null : on.outerHTML.slice(0, 120);
        });
        if (under) covered.push(under);
      }
      expect(covered, path).toEqual([]);
    }
    expect(phone.complaints).toEqual([]);
    await phone.context.close();
  });

  test('no page complained about anything', () => {
    expect(reader.complaints).toEqual([]);
  });
});
