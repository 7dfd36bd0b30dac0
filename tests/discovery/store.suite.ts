import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Doc, SearchStore } from '../../src/discovery/store.ts';
import { wantedOf, wordsOf } from '../../src/discovery/words.ts';
import { newId } from '../../src/platform/ids.ts';
import type { OpenStore } from './stores.ts';

let minute = 0;
/** A document of these words, a minute later than the one before. */
const docOf = (text: string, more: Partial<Doc> = {}): Doc => ({
  kind: 'articles',
  id: newId(),
  place: 'articles',
  authorId: newId(),
  roomId: null,
  at: new Date(Date.UTC(2026, 0, 1, 0, (minute += 1))).toISOString(),
  rev: 1,
  title: more.title ?? '',
  text,
  titleWords: wordsOf(more.title ?? ''),
  words: wordsOf(`${more.title ?? ''} ${text}`),
  ...more,
});

/** What every search store must do. */
export const searchStoreSuite = (open: () => Promise<OpenStore>) => {
  let opened: OpenStore;
  let store: SearchStore;
  beforeAll(async () => {
    opened = await open();
    store = opened.store.search;
  });
  afterAll(() => opened?.close());

  const find = async (query: string, more: object = {}) => {
    const search = { places: ['articles'], inTitle: false, limit: 10, after: null, ...more };
    return store.search({ ...wantedOf(query), ...search });
  };
  const idsOf = async (query: string, more: object = {}) =>
    (await find(query, more)).map(({ id }) => id);

  test('all words must be there, the last one as a beginning, newest first', async () => {
    const one = docOf('The lighthouse keeper counts ships');
    const two = docOf('Ships pass the lighthouse at night');
    await store.put([one]);
    await store.put([two]);
    expect(await idsOf('lighthouse ships')).toEqual([two.id, one.id]);
    expect(await idsOf('lighthouse kee')).toEqual([one.id]);
    expect(await idsOf('lighthouse kee ')).toEqual([]);
    expect(await idsOf('ship lighthouse')).toEqual([]);
    expect(await idsOf('light')).toEqual([two.id, one.id]);
    expect(await idsOf('lighthouse', { limit: 1 })).toEqual([two.id]);
    const { kind, id, authorId, at, title, text } = one;
    const key = expect.any(String);
    expect(await find('keeper')).toEqual([{ kind, id, authorId, at, title, text, key }]);
  });

  test('a search goes on after a hit', async () => {
    const docs = Array.from({ length: 7 }, () => docOf('pagination everywhere'));
    for (const doc of docs) await store.put([doc]);
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 4; page += 1) {
      const hits: { id: string; key: string }[] = await find('pagination', { limit: 2, after });
      seen.push(...hits.map(({ id }) => id));
      after = hits.at(-1)?.key ?? null;
    }
    expect(seen).toEqual(docs.map(({ id }) => id).reverse());
  });

  test('a title can be asked for alone', async () => {
    const named = docOf('other words', { title: 'Zeppelins' });
    const mentioned = docOf('about zeppelins');
    await store.put([named]);
    await store.put([mentioned]);
    expect(await idsOf('zeppelins', { inTitle: true })).toEqual([named.id]);
    expect(await idsOf('zeppelins')).toEqual([mentioned.id, named.id]);
  });

  test('a later state takes the place of an earlier one, never the other way round', async () => {
    const first = docOf('herons wade');
    const second = { ...docOf('storks nest'), id: first.id, rev: 2 };
    await store.put([second]);
    await store.put([first]);
    expect(await idsOf('herons')).toEqual([]);
    expect(await idsOf('storks')).toEqual([first.id]);
    await store.put([{ ...docOf('cranes dance'), id: first.id, rev: 3 }]);
    expect(await idsOf('storks')).toEqual([]);
    expect(await idsOf('cranes')).toEqual([first.id]);
    await store.remove('articles', first.id);
    await store.remove('articles', first.id);
    expect(await idsOf('cranes')).toEqual([]);
  });

  test('words of every script are found, and no sign has a meaning', async () => {
    const many = docOf(
      'Das Café in Łódź, Ελλάδα, 日本語の検索, русский язык, 🙂 C++ * "quoted" OR',
    );
    await store.put([many]);
    for (const query of ['cafe', 'CAFÉ in', 'ελλαδα', '検索', 'русский', 'quoted or', '"c" or*'])
      expect([query, await idsOf(query)]).toEqual([query, [many.id]]);
  });
};
