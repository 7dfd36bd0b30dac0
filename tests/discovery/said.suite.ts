import { afterAll, beforeAll, expect, test } from 'vitest';
import { roomPlace, type SearchStore } from '../../src/discovery/store.ts';
import { docOf, kindOf } from '../../src/discovery/telling.ts';
import { wantedOf } from '../../src/discovery/words.ts';
import { newId } from '../../src/platform/ids.ts';
import type { RoomRecord } from '../../src/rooms/records.ts';
import type { RoomsStore } from '../../src/rooms/store.ts';
import { aMember, aMessage, ana, aRoom, ben, event, now, stored } from '../rooms/records.ts';
import type { OpenStore } from './stores.ts';

/** What every search store does with what is said in rooms. */
export const saidSuite = (open: () => Promise<OpenStore>) => {
  let opened: OpenStore;
  let search: SearchStore;
  let rooms: RoomsStore;
  beforeAll(async () => {
    opened = await open();
    ({ search, rooms } = opened.store);
  });
  afterAll(() => opened?.close());

  const roomOf = async (kind: RoomRecord['kind']): Promise<RoomRecord> => {
    const id = newId();
    const article = { id, slug: id, title: 'An article', open: true };
    const room = aRoom({ kind, article: kind === 'article' ? article : null });
    return rooms.createRoom(room, [aMember(ana, { role: 'owner' })]);
  };
  /** As the process that stored an event does it. */
  const takeUp = async (room: RoomRecord, messageId: string, seq: number) => {
    if (search.follow) {
      while (await search.follow());
      return;
    }
    const message = await rooms.message(messageId);
    if (!message || message.deletedAt) return search.remove(kindOf(room), messageId);
    return search.put([docOf(room, message, message.senderId, seq)]);
  };
  const say = async (room: RoomRecord, body: string, senderId: string = ana) => {
    const [sent] = await rooms.append(room.id, [aMessage(room.id, senderId, { body })]);
    const message = stored(sent, 'message');
    await takeUp(room, message.id, message.seq);
    return message;
  };
  const change = async (room: RoomRecord, messageId: string, body: string | null) => {
    const base = { roomId: room.id, senderId: ana, messageId } as const;
    const [changed] = await rooms.append(room.id, [
      body === null
        ? event({ kind: 'delete', ...base })
        : event({ kind: 'edit', ...base, body, html: null, mentions: [] }),
    ]);
    if (changed?.state !== 'stored') throw new Error('not changed');
    await takeUp(room, messageId, changed.event.seq);
  };
  const find = (query: string, places: string[], more: object = {}) =>
    search.said({ ...wantedOf(query), places, limit: 10, after: null, ...more });
  const idsOf = async (query: string, places = ['messages'], more: object = {}) =>
    (await find(query, places, more)).map(({ id }) => id);

  test('all words must be there, the last one as a beginning, newest first', async () => {
    const room = await roomOf('public');
    const one = await say(room, 'The lighthouse keeper counts ships.');
    const two = await say(room, 'SHIPS pass the lighthouse at night');
    expect(await idsOf('lighthouse ships')).toEqual([two.id, one.id]);
    expect(await idsOf('lighthouse kee')).toEqual([one.id]);
    expect(await idsOf('lighthouse kee ')).toEqual([]);
    expect(await idsOf('light')).toEqual([two.id, one.id]);
    const [hit] = await find('keeper', ['messages']);
    const key = expect.any(String);
    const { id, at } = one;
    expect(hit).toEqual({ kind: 'messages', id, authorId: ana, at, title: '', text: '', key });
  });

  test('a search goes on after a hit', async () => {
    const room = await roomOf('article');
    const ids: string[] = [];
    for (let n = 0; n < 7; n += 1) ids.push((await say(room, `pagination ${n}`)).id);
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 4; page += 1) {
      const hits: { id: string; key: string }[] = await find('pagination', ['responses'], {
        ...{ limit: 2, after },
      });
      seen.push(...hits.map(({ id }) => id));
      after = hits.at(-1)?.key ?? null;
    }
    expect(seen).toEqual(ids.reverse());
  });

  test('a private room is found only by who names it', async () => {
    const room = await roomOf('group');
    const { id } = await say(room, 'a secret recipe');
    const places = ['articles', 'responses', 'people', 'messages', roomPlace(newId())];
    expect(await idsOf('secret recipe', places)).toEqual([]);
    expect(await idsOf('secret recipe', [...places, roomPlace(room.id)])).toEqual([id]);
  });

  test('edited, it is found by its new words where it stood; deleted, not at all', async () => {
    const room = await roomOf('public');
    const first = await say(room, 'herons wade slowly');
    const second = await say(room, 'slowly flows the river');
    await change(room, first.id, 'storks nest slowly');
    expect(await idsOf('herons')).toEqual([]);
    expect(await idsOf('storks')).toEqual([first.id]);
    expect(await idsOf('slowly')).toEqual([second.id, first.id]);
    await change(room, first.id, 'gnäus');
    expect(await idsOf('gnaus')).toEqual([first.id]);
    await change(room, first.id, null);
    expect(await idsOf('gnaus')).toEqual([]);
    expect(await idsOf('slowly')).toEqual([second.id]);
  });

  test('words of every script are found, and no sign has a meaning', async () => {
    const room = await roomOf('public');
    const { id } = await say(
      room,
      'Das Café in Łódź, Ελλάδα, 日本語の検索, русский язык, 🙂 C++ * "quoted" OR',
    );
    for (const query of ['cafe', 'CAFÉ in', 'ελλαδα', '検索', 'русский', 'quoted or', '"c" or*'])
      expect([query, await idsOf(query)]).toEqual([query, [id]]);
    expect(await idsOf('кот')).toEqual([]);
  });

  test('a word of any length is found', async () => {
    const room = await roomOf('public');
    for (const letter of ['x', 'ж']) {
      const { id } = await say(room, `see ${letter.repeat(70)} there`);
      expect(await idsOf(`${letter.repeat(70)} `)).toEqual([id]);
      expect(await idsOf(letter.repeat(50))).toEqual([id]);
      expect(await idsOf(`${letter.repeat(30)} `)).toEqual([]);
    }
  });

  test('where everybody may read, what was said since then is counted by room', async () => {
    const [open, loud, hidden] = [
      await roomOf('public'),
      await roomOf('article'),
      await roomOf('group'),
    ];
    const since = now();
    await say(open, 'yes');
    const quiet = await say(open, 'yes');
    await say(loud, 'yes');
    const taken = await say(loud, 'yes', ben);
    const last = await say(loud, 'yes', ben);
    await say(hidden, 'yes');
    await change(loud, taken.id, null);
    const both = [
      { roomId: loud.id, count: 2, people: 2, at: last.at },
      { roomId: open.id, count: 2, people: 1, at: quiet.at },
    ];
    expect(await search.talk(since, 100)).toEqual(both);
    expect(await search.talk(since, 1)).toEqual([{ ...both[0], count: 1, people: 1 }]);
    expect(await search.talk(now(), 100)).toEqual([]);
  });

  test('who responded where somebody else did', async () => {
    const [me, other, third] = [newId(), newId(), newId()];
    const [shared, elsewhere, chat] = [
      await roomOf('article'),
      await roomOf('article'),
      await roomOf('public'),
    ];
    for (const who of [me, me, other, other]) await say(shared, 'yes', who);
    await say(elsewhere, 'yes', third);
    for (const who of [me, third]) await say(chat, 'yes', who);
    const found = await search.talkedWith(me, [other, third], 10);
    expect(found).toEqual([{ userId: other, roomId: shared.id }]);
    expect(await search.talkedWith(newId(), [other, third], 10)).toEqual([]);
  });
};
