import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Room } from '../../src/rooms/contract.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { describeOn } from '../support/backends.ts';
import { signInAs, startBrowser, type Visitor, visit } from '../support/browser.ts';
import { newClientId, signUp, type TestPerson } from '../support/client.ts';
import type { TestSocket } from '../support/socket.ts';

const MESSAGES = 10_000;
/** A connection may ask this much at once. */
const AT_ONCE = 10;
/** Lines drawn at most: what is shown, and one that is held beside it. */
const LINES_MAX = 301;

const print = (line: string) => process.stdout.write(`${line}\n`);

/** Runs in the page: goes to one end by steps; how far what was read moved, and lines at most. */
const travel = async (direction: string): Promise<{ moved: number; lines: number }> => {
  const box = document.querySelector('.log') as HTMLElement;
  const frame = () => new Promise(requestAnimationFrame);
  const edge = () => box.getBoundingClientRect().top;
  const isOver = () =>
    direction === 'up'
      ? box.scrollTop < 1 && box.textContent?.includes('This is where it began.')
      : !document.querySelector('.jump-button');
  let moved = 0;
  let lines = 0;
  for (let step = 0; step < 5_000 && !isOver(); step += 1) {
    box.scrollTop += direction === 'up' ? -1_500 : 1_500;
    const all = [...box.querySelectorAll('.line')];
    const read = all.find((line) => line.getBoundingClientRect().bottom > edge());
    const before = read?.getBoundingClientRect().top ?? 0;
    await frame();
    await frame();
    lines = Math.max(lines, box.querySelectorAll('.line').length);
    const isAtEnd = direction === 'down' && isOver();
    if (!isAtEnd)
      moved = Math.max(moved, Math.abs((read?.getBoundingClientRect().top ?? 0) - before));
  }
  return { moved, lines };
};

describeOn(['sqlite', 'chromium'], 'a long history, in a browser,', () => {
  let app: TestApp;
  let browser: Browser;
  let ana: TestPerson;
  let ben: TestPerson;
  let bensSocket: TestSocket;
  let room: Room;
  let me: Visitor;
  /** Message ids by `n`. */
  const ids: string[] = [];

  const say = async (socket: TestSocket, body: string, replyTo?: string) => {
    const sending = { roomId: room.id, clientId: newClientId(), body, ...(replyTo && { replyTo }) };
    const { message } = await socket.ask('message:send', sending);
    ids[message.n] = message.id;
    return message;
  };
  const sayAll = async (by: TestSocket[], count: number, body: (index: number) => string) => {
    for (let at = 0; at < count; at += AT_ONCE * by.length)
      await Promise.all(
        Array.from({ length: Math.min(AT_ONCE * by.length, count - at) }, (_, i) =>
          say(by[(i % 5) % by.length] as TestSocket, body(at + i)),
        ),
      );
  };
  const lineOf = (n: number) => me.page.locator(`[data-message="${ids[n]}"]`);
  const open = async (path: string, ready: string) => {
    await me.page.goto('/people');
    await me.page.goto(path);
    await me.page.locator(ready).first().waitFor();
  };
  const linesDrawn = () => me.page.locator('.line').count();
  /** Work of the page for one message of another, in ms. */
  const costOfOne = async (page: Page): Promise<number> => {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const work = async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
    };
    const before = await work();
    for (let i = 1; i <= 30; i += 1) {
      const { id } = await say(bensSocket, `Measured ${i}.`);
      await page.locator(`[data-message="${id}"]`).waitFor();
    }
    const cost = ((await work()) - before) / 30;
    await session.detach();
    return cost * 1_000;
  };
  const inSight = (n: number) =>
    lineOf(n).evaluate((line) => {
      const box = line.closest('.log')?.getBoundingClientRect();
      const { top, bottom } = line.getBoundingClientRect();
      return box !== undefined && top >= box.top && bottom <= box.bottom;
    });

  beforeAll(async () => {
    app = await startApp();
    ana = await signUp(app.url, 'ana');
    ben = await signUp(app.url, 'ben');
    const created = { kind: 'group', title: 'Long talks', members: ['ben'] };
    room = (await ana.post<Room>('/api/rooms', created)).body;
    bensSocket = await ben.socket();
    const anasSocket = await ana.socket();
    const long = ' It goes on for a while, as talks do when they are long.';
    await sayAll([anasSocket, bensSocket], MESSAGES, (i) => `Line ${i}.${i % 7 === 0 ? long : ''}`);
    await say(bensSocket, 'The needle is a persimmon.');
    await sayAll([bensSocket], 400, (i) => `Hay ${i}.`);
    await say(bensSocket, 'As I said at first.', ids[20]);
    await anasSocket.ask('room:read', { roomId: room.id, n: ids.length - 1 });
    anasSocket.close();
    browser = await startBrowser();
    me = await visit(browser, app.url, { viewport: { width: 1360, height: 900 } });
    await signInAs(me.context, ana);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    bensSocket?.close();
    await app?.close();
  });

  test('all of it is read up to its beginning: what is read stays, and few lines are drawn', async () => {
    const { page } = me;
    await open(`/chat/${room.id}`, '.line');
    const few = await costOfOne(page);
    const started = performance.now();
    const { moved, lines } = await page.evaluate(travel, 'up');
    const took = performance.now() - started;
    expect(await lineOf(1).isVisible()).toBe(true);
    expect(moved).toBeLessThan(1);
    expect(lines).toBeLessThanOrEqual(LINES_MAX);
    await page.getByRole('button', { name: /Jump to latest/ }).click();
    await lineOf(ids.length - 1).waitFor();
    const many = await costOfOne(page);
    print(
      `chat: ${ids.length - 1} messages read upwards in ${(took / 1_000).toFixed(1)} s, ${lines} lines at most; ` +
        `a message costs ${few.toFixed(1)} ms with 50 loaded, ${many.toFixed(1)} ms with all (x${(many / few).toFixed(2)})`,
    );
    expect(await linesDrawn()).toBeLessThanOrEqual(LINES_MAX);
    expect(await inSight(ids.length - 1)).toBe(true);
  }, 120_000);

  test('a quoted message of long ago is gone to; from there one reads on, and back to the latest', async () => {
    const { page } = me;
    await open(`/chat/${room.id}`, '.line');
    await say(bensSocket, 'As I said, and say again.', ids[20]);
    await page.locator('.quote').last().click();
    await page.locator('.line.marked').getByText('Line').waitFor();
    expect(await inSight(20)).toBe(true);
    expect(await linesDrawn()).toBeLessThanOrEqual(LINES_MAX);
    const newest = await say(bensSocket, 'While you were away.');
    await page.getByRole('button', { name: 'Jump to latest (1)' }).waitFor();
    expect(await lineOf(newest.n).count()).toBe(0);
    await page.locator('.log').evaluate((box) => box.scrollTo(0, box.scrollHeight));
    await lineOf(90).waitFor();
    await page.getByRole('button', { name: /Jump to latest/ }).click();
    await lineOf(newest.n).waitFor();
    await expect.poll(() => inSight(newest.n)).toBe(true);
    const next = await say(bensSocket, 'And now.');
    await expect.poll(() => inSight(next.n)).toBe(true);
  });

  test('a message that was searched for opens where it stands, marked, and the way down ends at the newest', async () => {
    const { page } = me;
    const found = `/search?q=persimmon&kind=messages`;
    await expect
      .poll(async () => (await ana.get<{ items: unknown[] }>(`/api${found}`)).body.items.length)
      .toBe(1);
    await page.goto(found);
    await page.getByRole('link', { name: 'Long talks' }).first().click();
    const line = page.locator('.line.marked');
    await line.getByText('The needle is a persimmon.').waitFor();
    expect(await line.evaluate((on) => on === document.activeElement)).toBe(true);
    const { moved, lines } = await page.evaluate(travel, 'down');
    expect(moved).toBeLessThan(1);
    expect(lines).toBeLessThanOrEqual(LINES_MAX);
    await expect.poll(() => inSight(ids.length - 1)).toBe(true);
    const next = await say(bensSocket, 'Followed again.');
    await expect.poll(() => inSight(next.n)).toBe(true);
  });

  test('a link to a message is copied; one to a message that is not here says so', async () => {
    const { page } = me;
    await me.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const n = ids.length - 1;
    await lineOf(n).hover();
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByRole('button', { name: 'Link copied' }).waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toBe(`${app.url}/chat/${room.id}?at=${ids[n]}`);
    await open(`/chat/${room.id}?at=${ids[5_000]}`, '.line.marked');
    expect(await inSight(5_000)).toBe(true);
    await open(`/chat/${room.id}?at=no-such-message`, '.lost-note');
    await page.getByText('That message is not in this room.').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.locator('.lost-note').waitFor({ state: 'detached' });
  });

  test('what I change is not let go of, however far I read', async () => {
    const { page } = me;
    await open(`/chat/${room.id}`, '.line');
    const composer = page.getByRole('textbox', { name: 'Message', exact: true });
    await composer.fill('Mine to change.');
    await composer.press('Enter');
    await page.locator('.line.stored').getByText('Mine to change.').waitFor();
    await composer.press('ArrowUp');
    const field = page.getByRole('textbox', { name: 'Edit message' });
    await field.fill('Half a thought');
    await page.locator('.log').evaluate(async (box) => {
      for (let step = 0; step < 40; step += 1) {
        box.scrollTop -= 1_500;
        await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
      }
    });
    expect(await page.locator('.line').count()).toBeLessThanOrEqual(LINES_MAX);
    expect(await field.evaluate((on) => on === document.activeElement)).toBe(true);
    await field.pressSequentially(' more');
    await field.press('Enter');
    await page.getByRole('button', { name: /Jump to latest/ }).click();
    await page.locator('.bubble').getByText('Half a thought more').waitFor();
  });

  test('arrow keys go on through what is drawn only when it is come to', async () => {
    const { page } = me;
    await open(`/chat/${room.id}?at=${ids[3_000]}`, '.line.marked');
    for (let step = 0; step < 130; step += 1) await page.keyboard.press('ArrowUp');
    await page.locator(`[data-message="${ids[2_870]}"]:focus`).waitFor();
    expect(await inSight(2_870)).toBe(true);
    expect(await linesDrawn()).toBeLessThanOrEqual(LINES_MAX);
  });

  test('with hundreds unread it opens at the first of them, and reads none until the end is seen', async () => {
    const { page } = me;
    await page.goto('/people');
    const last = (await ana.get<Room>(`/api/rooms/${room.id}`)).body.n;
    const anasSocket = await ana.socket();
    await anasSocket.ask('room:read', { roomId: room.id, n: last });
    anasSocket.close();
    await sayAll([bensSocket], 300, (i) => `Unread ${i}.`);
    await page.goto(`/chat/${room.id}`);
    await page.locator('.unread-line').waitFor();
    await expect.poll(() => inSight(last + 1)).toBe(true);
    expect((await ana.get<Room>(`/api/rooms/${room.id}`)).body.unread).toBe(300);
    await page.getByRole('button', { name: /Jump to latest/ }).click();
    await expect
      .poll(async () => (await ana.get<Room>(`/api/rooms/${room.id}`)).body.unread)
      .toBe(0);
  });

  test('no page complained about anything', () => {
    expect(me.complaints).toEqual([]);
  });
});
