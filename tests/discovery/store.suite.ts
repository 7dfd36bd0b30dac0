import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Doc, roomPlace, type SearchStore } from '../../src/discovery/store.ts';
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
    store = opened.store;
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

  test('a private room is found only by who names it', async () => {
    const roomId = newId();
    const said = docOf('a secret recipe', { kind: 'messages', place: roomPlace(roomId), roomId });
    await store.put([said]);
    const places = ['articles', 'responses', 'people', 'messages', roomPlace(newId())];
    expect(await idsOf('secret recipe', { places })).toEqual([]);
    expect(await idsOf('secret recipe', { places: [...places, roomPlace(roomId)] })).toEqual([
      said.id,
    ]);
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

  test('where everybody may read, what was said since then is counted by room', async () => {
    const [open, loud, hidden, ana, ben] = [newId(), newId(), newId(), newId(), newId()];
    const since = docOf('a moment').at;
    const say = async (place: string, roomId: string, authorId: string) => {
      const kind = place === 'responses' ? 'responses' : 'messages';
      const doc = docOf('yes', { kind, place, roomId, authorId });
      await store.put([doc]);
      return doc;
    };
    await say('messages', open, ana);
    const quiet = await say('messages', open, ana);
    await say('responses', loud, ana);
    const taken = await say('responses', loud, ben);
    const last = await say('responses', loud, ben);
    await say(roomPlace(hidden), hidden, ana);
    await store.remove('responses', taken.id);
    const both = [
      { roomId: loud, count: 2, people: 2, at: last.at },
      { roomId: open, count: 2, people: 1, at: quiet.at },
    ];
    expect(await store.talk(since, 100)).toEqual(both);
    expect(await store.talk(since, 1)).toEqual([{ ...both[0], count: 1, people: 1 }]);
    expect(await store.talk(docOf('later').at, 100)).toEqual([]);
  });

  test('who responded where somebody else did', async () => {
    const [me, ana, ben] = [newId(), newId(), newId()];
    const [shared, other] = [newId(), newId()];
    const respond = (authorId: string, roomId: string) =>
      store.put([docOf('yes', { kind: 'responses', place: 'responses', authorId, roomId })]);
    await respond(me, shared);
    await respond(me, shared);
    await respond(ana, shared);
    await respond(ana, shared);
    await respond(ben, other);
    expect(await store.talkedWith(me, [ana, ben], 10)).toEqual([{ userId: ana, roomId: shared }]);
    expect(await store.talkedWith(newId(), [ana, ben], 10)).toEqual([]);
  });
};
