import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Article, ArticleCard } from '../../src/articles/contract.ts';
import type { CourseCard } from '../../src/courses/contract.ts';
import type { Room } from '../../src/rooms/contract.ts';
import type { List } from '../../src/wire/contract.ts';
import { describeOn } from '../support/backends.ts';
import { axeFindings, shoot, type Visitor } from '../support/browser.ts';
import { type BrowserSite, openBrowserSite } from '../support/browser-site.ts';
import { logIn, type TestPerson } from '../support/client.ts';
import { startCluster } from '../support/cluster.ts';
import { inEveryLook } from '../support/looks.ts';
import { seed } from '../support/seed.ts';

describeOn(['sqlite', 'chromium'], 'every page, in both themes, wide and on a phone,', () => {
  let site: BrowserSite;
  let mira: TestPerson;
  let member: Visitor;
  let visitor: Visitor;
  let article: Article;
  let course: CourseCard;
  let lobby: Room;

  beforeAll(async () => {
    let password = '';
    site = await openBrowserSite({
      env: { DEV_PAGES: 'true' },
      prepare: async (place) => {
        password = await seed(place);
      },
    });
    mira = await logIn(site.url, 'mira', password);
    const cards = (await mira.get<List<ArticleCard>>('/api/articles?limit=100')).body.items;
    const card = cards.toSorted((a, b) => b.responses - a.responses)[0];
    article = (await mira.get<Article>(`/api/articles/${card?.slug}`)).body;
    course = (await mira.get<List<CourseCard>>('/api/courses')).body.items[0] as CourseCard;
    const rooms = (await mira.get<List<Room>>('/api/rooms')).body.items;
    lobby = rooms.find(({ title }) => title === 'The lobby') as Room;
    [member, visitor] = await Promise.all([site.open(mira), site.open()]);
  });
  afterAll(() => site?.close());

  const forMembers = (): [name: string, path: string][] => [
    ['home', '/'],
    ['home-following', '/?feed=following'],
    ['article', `/a/${article.slug}`],
    ['article-versions', `/a/${article.slug}/history`],
    ['tag', '/t/python'],
    ['course', `/c/${course.slug}`],
    ['profile-mine', '/@mira'],
    ['profile', '/@tomas'],
    ['chat', '/chat'],
    ['chat-room', `/chat/${lobby.id}`],
    ['people', '/people'],
    ['notifications', '/notifications'],
    ['write', '/write'],
    ['write-again', `/write/${article.id}`],
    ['write-course', '/write/course'],
    ['settings', '/settings'],
    ['search', '/search?q=python'],
    ['gallery', '/dev/gallery'],
  ];
  const forVisitors = (): [name: string, path: string][] => [
    ['visitor-home', '/'],
    ['visitor-article', `/a/${article.slug}`],
    ['visitor-profile', '/@mira'],
    ['visitor-chat', '/chat'],
    ['visitor-people', '/people'],
    ['join', '/join'],
    ['login', '/login'],
    ['forgot', '/forgot'],
    ['reset', '/reset'],
    ['verify', '/verify'],
    ['not-found', '/there/is/nothing'],
  ];

  test('axe finds nothing and nothing is cut off: pages of members', async () => {
    const wrong: string[] = [];
    for (const [name, path] of forMembers()) {
      await member.page.goto(path);
      wrong.push(...(await inEveryLook(member.page, name)));
    }
    expect(wrong).toEqual([]);
  }, 180_000);

  test('axe finds nothing and nothing is cut off: pages of visitors', async () => {
    const wrong: string[] = [];
    for (const [name, path] of forVisitors()) {
      await visitor.page.goto(path);
      wrong.push(...(await inEveryLook(visitor.page, name)));
    }
    expect(wrong).toEqual([]);
  }, 180_000);

  test('axe finds nothing in what opens over a page', async () => {
    const { page } = member;
    const wrong: string[] = [];
    await visitor.page.goto(`/a/${article.slug}`);
    await visitor.page.getByRole('textbox', { name: 'Your response' }).fill('May I?');
    await visitor.page.getByRole('button', { name: 'Respond', exact: true }).click();
    await visitor.page.getByRole('dialog').waitFor();
    wrong.push(...(await inEveryLook(visitor.page, 'dialog-sign-in')));

    await page.goto('/');
    // The bell is there when the page listens to keys.
    await page.getByRole('button', { name: /^Notifications/ }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('py');
    wrong.push(...(await inEveryLook(page, 'dialog-palette')));
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    wrong.push(...(await inEveryLook(page, 'dialog-keys')));

    await page.goto('/chat');
    await page.getByRole('button', { name: 'Start a conversation' }).click();
    await page.locator('.menu').getByRole('button').first().click();
    await page.locator('dialog').waitFor();
    wrong.push(...(await inEveryLook(page, 'dialog-new-chat')));

    // A card stands beside its name.
    await page.goto(`/a/${article.slug}`);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.mouse.move(0, 0);
      await page.locator('.response .person-link').first().hover();
      await page.locator('.person-card-panel').getByRole('button').first().waitFor();
      await shoot(page, `card-${colorScheme}`);
      wrong.push(...(await axeFindings(page)));
      await page.keyboard.press('Escape');
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  test('the gallery is not there on a site that does not ask for it', async () => {
    const other = await startCluster(site.place, 1);
    const answer = await fetch(`${other.nodes[0].url}/dev/gallery`);
    await other.close();
    expect(answer.status).toBe(404);
  });

  test('no page complained about anything', () => {
    expect([...member.complaints, ...visitor.complaints]).toEqual([]);
  });
});
