import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Room } from '../../src/rooms/contract.ts';
import { beDevice, type Line, until } from '../client-rooms/device.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { describeOn } from '../support/backends.ts';
import { signUp, type TestPerson } from '../support/client.ts';

/** The client's modules, once the device is there that they look at when they are loaded. */
const loadClient = async () => ({
  ...(await import('../../client/src/search/state.ts')),
  ...(await import('../../client/src/palette/state.ts')),
  ...(await import('../../client/src/rooms/state.ts')),
  ...(await import('../../client/src/rooms/starting.ts')),
  ...(await import('../../client/src/shell/state.ts')),
});

describeOn(['sqlite'], 'search and the palette in the client', () => {
  let app: TestApp;
  let line: Line;
  let ana: TestPerson;
  let ben: TestPerson;
  let client: Awaited<ReturnType<typeof loadClient>>;

  const publish = (title: string, body: string) =>
    ben.post('/api/articles', { title, body, tags: [], publish: true });

  beforeAll(async () => {
    app = await startApp({ env: { RATE_SCALE: '1000' } });
    ana = await signUp(app.url, 'ana');
    ben = await signUp(app.url, 'benedikt');
    for (let n = 0; n < 25; n += 1) await publish(`Onions ${n}`, 'A layer, and another *layer*.');
    await publish('Compost', 'What burns slowly.');
    await ana.post<Room>('/api/rooms', { kind: 'group', title: 'Kitchen table', members: [] });
    line = await beDevice(ana);
    client = await loadClient();
  });
  afterAll(async () => {
    await line?.close();
    await app?.close();
  });

  test('finds, page after page, each hit once', async () => {
    const search = client.createSearch();
    await search.look({ q: 'onions', kind: 'articles' });
    expect(search.hits.value?.length).toBe(20);
    await search.more();
    expect(search.hits.value?.length).toBe(25);
    expect(new Set(search.hits.value?.map(({ id }) => id)).size).toBe(25);
    expect(search.next.value).toBe(null);
  });

  test('only the newest question is answered, however fast they are asked', async () => {
    const search = client.createSearch();
    const first = search.look({ q: 'onions', kind: null });
    const second = search.look({ q: 'compost', kind: null });
    await Promise.all([first, second]);
    expect(search.hits.value?.map(({ title }) => title)).toEqual(['Compost']);
    expect(search.loading.value).toBe(false);
    expect(search.failure.value).toBe(null);
  });

  test('without words there is nothing, and nothing is asked', async () => {
    const search = client.createSearch();
    await search.look({ q: 'compost', kind: null });
    await search.look({ q: '  ', kind: null });
    expect(search.hits.value).toBe(null);
    expect(search.loading.value).toBe(false);
  });

  test('a snippet falls into pieces at its marks', () => {
    const pieces = client.piecesOf({ snippet: 'a layer here', marks: [[2, 5]] });
    expect(pieces).toEqual([
      { text: 'a ', found: false },
      { text: 'layer', found: true },
      { text: ' here', found: false },
    ]);
  });

  test('the address keeps the words and the kind, and refuses an unknown kind', () => {
    expect(client.addressOf({ q: ' a & b ', kind: 'people' })).toBe(
      '/search?q=a+%26+b&kind=people',
    );
    expect(client.addressOf({ q: '', kind: null })).toBe('/search');
    expect(client.wantedOf({ q: 'x', kind: 'secrets' })).toEqual({ q: 'x', kind: null });
  });

  test('the palette begins with my rooms, and the first line is the one Enter takes', async () => {
    const palette = client.createPalette();
    await until(() => client.rooms.value !== null, 'my rooms');
    expect(palette.entries.value[0]?.label).toBe('Kitchen table');
    expect(palette.active.value?.to).toMatch(/^\/chat\//);
    palette.step(-1);
    expect(palette.active.value?.id).toBe('search');
    palette.step(1);
    expect(palette.active.value?.label).toBe('Kitchen table');
  });

  test('the palette finds people and articles at the server, and deeds by other words', async () => {
    const palette = client.createPalette();
    palette.type('bened');
    palette.type('benedi');
    await until(() => palette.entries.value.some(({ group }) => group === 'People'), 'Ben');
    expect(palette.active.value?.to).toBe('/@benedikt');
    palette.type('compost');
    expect(palette.entries.value.some(({ group }) => group === 'People')).toBe(false);
    await until(() => palette.active.value?.group === 'Articles', 'the article');
    palette.type('night');
    expect(palette.active.value?.label).toBe('Theme: dark');
    palette.close();
  });

  test('a choice leads to its place, or does its deed', async () => {
    const palette = client.createPalette();
    const gone: string[] = [];
    const ways = { go: (to: string) => gone.push(to), help: () => gone.push('help') };
    const take = async (words: string) => {
      palette.type(words);
      const { active } = palette;
      if (active.value) expect(await client.choose(active.value, ways)).toBe(null);
    };
    await take('settings');
    await take('message somebody');
    expect(client.starting.value).toBe('direct');
    await take('shortcuts');
    await take('theme dark');
    await until(() => client.theme.value === 'dark', 'the theme');
    await take('no such thing');
    expect(gone).toEqual(['/settings', '/chat', 'help', '/search?q=no+such+thing']);
    palette.close();
  });
});
