import type { Browser, Page, WebSocketRoute } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Message, Room } from '../../src/rooms/contract.ts';
import { startApp, type TestApp } from '../support/app.ts';
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
import { setBack } from '../support/clock.ts';
import { inChapters } from '../support/story.ts';

/** The way to the server, which breaks as soon as the page asks to join a room. */
const breakAtJoin = async (page: Page) => {
  let broken = true;
  const take = (socket: WebSocketRoute): void => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      if (broken && String(message).includes('"room:join"')) void socket.close();
      else server.send(message);
    });
  };
  await page.routeWebSocket(/socket\.io/, take);
  await page.route(/\/api\/rooms\//, (route) => (broken ? route.abort() : route.continue()));
  return { mend: () => (broken = false) };
};

describeOn(['sqlite', 'chromium'], 'two people chat, each in a browser,', () => {
  let app: TestApp;
  let browser: Browser;
  let ana: TestPerson;
  let ben: TestPerson;
  let cleo: TestPerson;
  let room: Room;
  let anas: Visitor;
  let bens: Visitor;
  let gardenId: string;
  const clock = setBack();

  inChapters();

  const post = async (by: TestPerson, body: string, replyTo?: string, roomId = room.id) => {
    const sending = { clientId: newClientId(), body, ...(replyTo && { replyTo }) };
    return (await by.post<Message>(`/api/rooms/${roomId}/messages`, sending)).body;
  };
  const field = (page: Page) => page.getByRole('textbox', { name: 'Message', exact: true });
  const write = async (page: Page, words: string) => {
    await field(page).fill(words);
    await field(page).press('Enter');
  };
  const lineOf = (page: Page, words: string) =>
    page.locator('.line').filter({ has: page.locator('.bubble', { hasText: words }) });
  const seen = (page: Page, words: string) =>
    lineOf(page, words).evaluate((line) => {
      const box = line.closest('.log')?.getBoundingClientRect();
      const { top, bottom } = line.getBoundingClientRect();
      return box !== undefined && bottom > box.top && top < box.bottom;
    });
  const rows = (page: Page) => page.locator('.room-row-title').allInnerTexts();
  const enter = async (person: TestPerson) => {
    const visitor = await visit(browser, app.url, { viewport: { width: 1360, height: 900 } });
    await signInAs(visitor.context, person);
    return visitor;
  };

  beforeAll(async () => {
    clock.by(4);
    app = await startApp({ overrides: { clock } });
    [ana, ben, cleo] = [
      await signUp(app.url, 'ana'),
      await signUp(app.url, 'ben'),
      await signUp(app.url, 'cleo'),
    ];
    room = (await ana.put<Room>('/api/rooms/direct/ben')).body;
    clock.by(3);
    await post(ben, 'Have you read it?');
    await post(ben, 'The one on onions.');
    clock.by(1);
    await post(ana, 'Not yet.');
    await post(ben, 'Take your time.');
    clock.by(0);
    const garden = { kind: 'group', title: 'Garden', members: ['ana'] };
    gardenId = (await cleo.post<Room>('/api/rooms', garden)).body.id;
    await post(cleo, 'The tomatoes are ripe.', undefined, gardenId);
    await post(cleo, 'Come and eat, @ana.', undefined, gardenId);
    const first = await post(ben, 'Are you there?');
    expect(first.n).toBe(5);
    browser = await startBrowser();
    anas = await enter(ana);
    bens = await enter(ben);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  test('the list says what is new, and finds a room by its name', async () => {
    const { page } = anas;
    await page.goto('/chat');
    await page.locator('.room-row').nth(1).waitFor();
    expect(await rows(page)).toEqual(['ben', 'Garden']);
    const garden = page.locator('.room-row', { hasText: 'Garden' });
    await garden.getByText('mentions you', { exact: false }).waitFor({ state: 'attached' });
    expect(await garden.innerText()).toContain('Come and eat');
    await page.getByRole('searchbox', { name: 'Filter rooms' }).fill('gard');
    expect(await rows(page)).toEqual(['Garden']);
    await page.getByRole('searchbox', { name: 'Filter rooms' }).fill('nothing');
    await page.getByText('No room of yours is called that.').waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    expect(await rows(page)).toEqual(['ben', 'Garden']);
  });

  test('the first visit tells of the shortcuts, and no other does', async () => {
    const { page } = anas;
    const hint = page.getByText('for all shortcuts', { exact: false });
    await hint.waitFor();
    await page.getByRole('button', { name: 'Dismiss the hint' }).click();
    await hint.waitFor({ state: 'detached' });
    await page.reload();
    await page.locator('.room-row').nth(1).waitFor();
    expect(await hint.count()).toBe(0);
  });

  test('a room shows its days, what was said in one go together, and where the new begins', async () => {
    const { page } = anas;
    await page.locator('.room-row', { hasText: 'ben' }).click();
    await lineOf(page, 'Are you there?').waitFor();
    expect(await page.locator('.day-line').allInnerTexts()).toEqual([
      expect.stringMatching(/^[A-Z][a-z]+day,? (\d+ [A-Z]|[A-Z][a-z]+ \d+)/),
      'Yesterday',
      'Today',
    ]);
    const groups = page.locator('.group');
    expect(await groups.count()).toBe(4);
    expect(await groups.first().locator('.line').count()).toBe(2);
    await page.locator('.unread-line').waitFor();
    await expect
      .poll(() => page.locator('.room-row', { hasText: 'ben' }).locator('.count').count())
      .toBe(0);
    expect(await axeFindings(page)).toEqual([]);
    await shoot(page, 'chat-days');
  });

  test('one sees the other type, then the message, and the other sees that it was read', async () => {
    await bens.page.goto(`/chat/${room.id}`);
    await lineOf(bens.page, 'Are you there?').waitFor();
    await field(bens.page).pressSequentially('I am');
    await anas.page.locator('.typing-line').getByText('ben is typing').waitFor();
    await write(bens.page, 'I am here.');
    await lineOf(anas.page, 'I am here.').waitFor();
    await expect.poll(() => anas.page.locator('.typing-line').innerText()).toBe('');
    await lineOf(bens.page, 'I am here.').getByText('Seen').waitFor();
  });

  test('a reply quotes what it answers, and the quotation leads there', async () => {
    const { page } = bens;
    await lineOf(page, 'Not yet.').hover();
    await page.getByRole('button', { name: 'Reply' }).click();
    await page.locator('.composer-reply').getByText('Not yet.').waitFor();
    await write(page, 'And now?');
    const quote = lineOf(anas.page, 'And now?').locator('.quote');
    await quote.getByText('Not yet.').waitFor();
    await quote.click();
    await anas.page.locator('.line.marked').getByText('Not yet.').waitFor();
  });

  test('a reaction is counted at both, and taken back by pressing it again', async () => {
    const { page } = anas;
    await lineOf(page, 'And now?').hover();
    await page.getByRole('button', { name: 'React' }).click();
    await page.getByRole('button', { name: 'party' }).click();
    const at = (other: Page) => lineOf(other, 'And now?').locator('.reaction-chip');
    await at(bens.page).getByText('1').waitFor();
    await at(bens.page).click();
    await at(page).getByText('2').waitFor();
    await at(page).click();
    await at(bens.page).getByText('1').waitFor();
    expect(await at(bens.page).getAttribute('aria-pressed')).toBe('true');
    expect(await at(page).getAttribute('aria-pressed')).toBe('false');
  });

  test('my last message opens to change with the arrow up, and is changed at the other', async () => {
    const { page } = anas;
    await write(page, 'Half of it');
    await lineOf(bens.page, 'Half of it').waitFor();
    await field(page).press('ArrowUp');
    const edit = page.getByRole('textbox', { name: 'Edit message' });
    await edit.fill('Half of it, and the rest tonight.');
    await edit.press('Enter');
    await lineOf(bens.page, 'and the rest tonight.').getByText('edited').waitFor();
    await edit.waitFor({ state: 'detached' });
  });

  test('a deletion is taken back; one that is not is gone at the other', async () => {
    const { page } = anas;
    const remove = async (words: string) => {
      await lineOf(page, words).hover();
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
    };
    await write(page, 'Best forgotten.');
    await lineOf(bens.page, 'Best forgotten.').waitFor();
    await remove('Best forgotten.');
    await page.locator('.undo-toast').getByRole('button', { name: 'Undo' }).click();
    await lineOf(page, 'Best forgotten.').waitFor();
    await remove('Best forgotten.');
    // Whoever leaves the page does not wait for the time to undo.
    await page.goto('/people');
    await bens.page.locator('.bubble.stub').getByText('Message deleted').waitFor();
    expect(await lineOf(bens.page, 'Best forgotten.').count()).toBe(0);
    await page.goto(`/chat/${room.id}`);
    await page.locator('.bubble.stub').waitFor();
  });

  test('a message that is refused stays with its reason, and goes out when it is tried again', async () => {
    const { page } = anas;
    await ben.put('/api/blocks/ana');
    await write(page, 'Are you cross?');
    const line = lineOf(page, 'Are you cross?');
    await line.getByRole('alert').getByText('Not sent').waitFor();
    await ben.del('/api/blocks/ana');
    await line.getByRole('button', { name: 'Retry' }).click();
    await lineOf(bens.page, 'Are you cross?').waitFor();
    await line.getByRole('alert').waitFor({ state: 'detached' });
  });

  test('whoever reads above is not moved, is told how many are new, and comes back to the latest', async () => {
    const { page } = anas;
    for (let n = 1; n <= 120; n += 1) await post(n % 3 ? ben : ana, `Story, part ${n}.`);
    await lineOf(page, 'Story, part 120.').waitFor();
    await expect.poll(() => seen(page, 'Story, part 120.')).toBe(true);
    await page.locator('.log').hover();
    await page.mouse.wheel(0, -900);
    await page.getByRole('button', { name: 'Jump to latest' }).waitFor();
    await write(bens.page, 'And the end.');
    await page.getByRole('button', { name: 'Jump to latest (1)' }).click();
    await expect.poll(() => seen(page, 'And the end.')).toBe(true);
    await page.getByRole('button', { name: /Jump to latest/ }).waitFor({ state: 'detached' });
  });

  test('a break in the middle of joining shows that it waits, keeps the composer, and mends itself', async () => {
    const late = await enter(ana);
    const { page } = late;
    const line = await breakAtJoin(page);
    await page.goto(`/chat/${room.id}`);
    await page.getByText('The messages did not load.').waitFor();
    await field(page).fill('Written meanwhile.');
    await page.getByRole('button', { name: 'Retry now' }).waitFor();
    expect(await page.getByText('is not open to you').count()).toBe(0);
    line.mend();
    await lineOf(page, 'And the end.').waitFor();
    await page.getByRole('heading', { level: 1, name: 'ben' }).waitFor();
    await field(page).press('Enter');
    await lineOf(bens.page, 'Written meanwhile.').waitFor();
    await late.context.close();
  });

  test('a room that is not mine says so for good', async () => {
    const { page } = anas;
    const theirs = (await ben.put<Room>('/api/rooms/direct/cleo')).body;
    await page.goto(`/chat/${theirs.id}`);
    await page.getByText('This conversation is not open to you.').waitFor();
    await page.getByRole('link', { name: 'Back to my rooms' }).click();
    await page.locator('.room-row').first().waitFor();
  });

  test('on a phone the list and the room take turns', async () => {
    const phone = await visit(browser, app.url, { viewport: { width: 390, height: 780 } });
    await signInAs(phone.context, ana);
    await phone.page.goto('/chat');
    await phone.page.locator('.room-row', { hasText: 'ben' }).click();
    await expect.poll(() => seen(phone.page, 'Written meanwhile.')).toBe(true);
    expect(await phone.page.locator('.room-list').isVisible()).toBe(false);
    await shoot(phone.page, 'chat-phone');
    // The bar at the lower edge is put away; what it has to tell is not.
    await post(cleo, 'Bring a basket, @ana.', undefined, gardenId);
    const toast = phone.page.locator('.notification-toast', { hasText: 'Garden' });
    await toast.waitFor();
    await toast.getByRole('button', { name: 'Dismiss' }).click();
    await phone.page.getByRole('link', { name: 'All rooms' }).click();
    await phone.page.locator('.room-row').first().waitFor();
    expect(phone.complaints).toEqual([]);
    await phone.context.close();
  });

  test('no page complained about anything', () => {
    expect([...anas.complaints, ...bens.complaints]).toEqual([]);
  });
});
