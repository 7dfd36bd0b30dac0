import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import type { MessageRecord, NewEvent } from '../../src/rooms/records.ts';
import type { RoomsStore } from '../../src/rooms/store.ts';
import { aMember, aMessage, ana, aRoom, ben, cleo, event, stored } from './records.ts';
import type { RoomsPlace } from './stores.ts';

/** What every store does with the log of a room. */
export const logSuite = (open: () => Promise<RoomsPlace>): void => {
  let place: RoomsPlace;
  let store: RoomsStore;
  let other: RoomsStore;
  beforeAll(async () => {
    place = await open();
    store = await place.open();
    other = await place.open();
  });
  afterAll(async () => place?.close());

  /** A group of Ana (owner), Ben and Cleo. */
  const group = async (): Promise<string> => {
    const members = [aMember(ana, { role: 'owner' }), aMember(ben), aMember(cleo)];
    return (await store.createRoom(aRoom(), members)).id;
  };
  const send = async (roomId: string, senderId: string, over = {}): Promise<MessageRecord> => {
    const [sent] = await store.append(roomId, [aMessage(roomId, senderId, over)]);
    return stored(sent, 'message');
  };
  const log = async (roomId: string) =>
    (await store.events(roomId, { after: 0, limit: 500 })).events;

  test('numbers every event 1, 2, 3, … and every message of them', async () => {
    const roomId = await group();
    const first = await send(roomId, ana);
    const reaction = event({
      ...{ kind: 'reaction', roomId, senderId: ben, messageId: first.id, emoji: '👍', on: true },
    });
    const outcomes = await store.append(roomId, [
      aMessage(roomId, ben),
      reaction,
      aMessage(roomId, cleo),
    ]);
    expect(outcomes.map(({ state }) => state)).toEqual(['stored', 'stored', 'stored']);
    const events = await log(roomId);
    expect(events.map(({ seq, n, kind }) => [seq, n, kind])).toEqual([
      [1, 1, 'message'],
      [2, 2, 'message'],
      [3, 2, 'reaction'],
      [4, 3, 'message'],
    ]);
    expect(events[1]).toEqual(stored(outcomes[0], 'message'));
    const last = stored(outcomes[2], 'message');
    expect(await store.heads([roomId])).toEqual(new Map([[roomId, { seq: 4, n: 3, at: last.at }]]));
  });

  test('numbers without holes when two processes write at once', async () => {
    const roomId = await group();
    const sends = Array.from({ length: 20 }, (_, index) => [
      store.append(roomId, [aMessage(roomId, ana), aMessage(roomId, ana)]),
      other.append(roomId, [aMessage(roomId, ben, { body: `${index}` })]),
    ]).flat();
    const busy = (await Promise.all(sends)).flat().filter(({ state }) => state !== 'stored');
    const events = await log(roomId);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.map(({ n }) => n)).toEqual(events.map((_, index) => index + 1));
    expect(events.length + busy.length).toBe(60);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  });

  test('answers the message that has this clientId already, on any process', async () => {
    const roomId = await group();
    const clientId = newId();
    const first = await send(roomId, ana, { clientId });
    const again = [
      aMessage(roomId, ana),
      aMessage(roomId, ana, { clientId, body: 'Else' }),
      aMessage(roomId, ben, { clientId }),
      aMessage(roomId, ana, { clientId }),
    ];
    const outcomes = await other.append(roomId, again);
    expect(outcomes.map(({ state }) => state)).toEqual(['stored', 'known', 'stored', 'known']);
    expect(outcomes[1]).toEqual({ state: 'known', event: first });
    expect((await log(roomId)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    const twin = aMessage(roomId, cleo);
    const racing = await Promise.all([
      store.append(roomId, [{ ...twin, id: newId() }]),
      other.append(roomId, [{ ...twin, id: newId() }]),
    ]);
    const ids = racing.flat().map((each) => ('event' in each ? each.event.id : each.state));
    expect(ids[0]).toBe(ids[1]);
    expect(await log(roomId)).toHaveLength(4);
  });

  test('shows an edit in the message and in the log', async () => {
    const roomId = await group();
    const { id: messageId } = await send(roomId, ana);
    const words = { body: '*New*', html: '<p><em>New</em></p>', mentions: [ben] };
    const change = event({ kind: 'edit', roomId, senderId: ana, messageId, ...words });
    const edit = stored((await store.append(roomId, [change]))[0], 'edit');
    const message = await store.message(messageId);
    expect(message).toMatchObject({ seq: 1, n: 1, ...words, editedAt: edit.at });
    const [shown, logged] = await log(roomId);
    expect(shown).toEqual(message);
    expect(logged).toMatchObject({ kind: 'edit', seq: 2, n: 1, messageId, ...words });
    expect((await store.standings(ben, [roomId])).get(roomId)?.mentions).toBe(1);
  });

  test('leaves no word of a deleted message anywhere', async () => {
    const roomId = await group();
    const secret = 'Nobody shall read this';
    const { id: messageId } = await send(roomId, ana, { body: secret, mentions: [ben] });
    const words = { body: `${secret} again`, html: `<p>${secret}</p>`, mentions: [cleo] };
    const edit = event({ kind: 'edit', roomId, senderId: ana, messageId, ...words });
    const reaction = { kind: 'reaction', roomId, messageId, emoji: '👍', on: true } as const;
    const gone = event({ kind: 'delete', roomId, senderId: ana, messageId });
    await store.append(roomId, [edit]);
    await store.append(roomId, [event({ ...reaction, senderId: ben })]);
    const deletion = stored((await store.append(roomId, [gone]))[0], 'delete');
    const message = await store.message(messageId);
    expect(message).toMatchObject({ body: '', html: null, reactions: {}, mentions: [] });
    expect(message?.deletedAt).toBe(deletion.at);
    const pages = [
      await store.events(roomId, { after: 0, limit: 100 }),
      await store.events(roomId, { limit: 100 }),
      await store.messages(roomId, { limit: 100 }),
      await store.roots(roomId, { order: 'oldest', limit: 100 }),
      await store.lastMessages([roomId]),
    ];
    expect(JSON.stringify(pages)).not.toContain(secret);
    const late: NewEvent[] = [
      event({ kind: 'edit', roomId, senderId: ana, messageId, ...words }),
      event({ kind: 'delete', roomId, senderId: ana, messageId }),
      event({ ...reaction, senderId: cleo }),
    ];
    const states = (await store.append(roomId, late)).map(({ state }) => state);
    expect(states).toEqual(['refused', 'refused', 'refused']);
    expect((await store.standings(cleo, [roomId])).get(roomId)).toMatchObject({
      unread: 0,
      mentions: 0,
    });
    const resent = aMessage(roomId, ana, { clientId: message?.clientId ?? '' });
    expect((await store.append(roomId, [resent]))[0]).toMatchObject({
      state: 'known',
      event: { id: messageId, digest: null },
    });
  });

  test('keeps each reaction of a person once, and forgets what is taken back', async () => {
    const roomId = await group();
    const { id: messageId } = await send(roomId, ana);
    const react = async (senderId: string, emoji: string, on: boolean) => {
      const one = event({ kind: 'reaction', roomId, senderId, messageId, emoji, on });
      return (await store.append(roomId, [one]))[0]?.state;
    };
    expect(await react(ben, '👍🏽', true)).toBe('stored');
    expect(await react(ben, '👍🏽', true)).toBe('refused');
    expect(await react(cleo, '👍🏽', true)).toBe('stored');
    expect(await react(cleo, '❤️', true)).toBe('stored');
    expect((await store.message(messageId))?.reactions).toEqual({
      '👍🏽': [ben, cleo],
      '❤️': [cleo],
    });
    expect(await react(cleo, '❤️', false)).toBe('stored');
    expect(await react(ana, '👍🏽', false)).toBe('refused');
    expect(await react(ben, '👍🏽', false)).toBe('stored');
    expect((await store.message(messageId))?.reactions).toEqual({ '👍🏽': [cleo] });
  });

  test('changes nothing in another room', async () => {
    const [roomId, elsewhere] = [await group(), await group()];
    const { id: messageId } = await send(elsewhere, ana);
    const wrong: NewEvent[] = [
      event({
        kind: 'edit',
        roomId,
        senderId: ana,
        messageId,
        body: 'x',
        html: null,
        mentions: [],
      }),
      event({ kind: 'delete', roomId, senderId: ana, messageId }),
      event({ kind: 'reaction', roomId, senderId: ana, messageId, emoji: '👍', on: true }),
    ];
    const states = (await store.append(roomId, wrong)).map(({ state }) => state);
    expect(states).toEqual(['refused', 'refused', 'refused']);
    expect((await store.message(messageId))?.body).toBe('Hello');
    const nowhere = newId();
    expect((await store.append(nowhere, [aMessage(nowhere, ana)]))[0]?.state).toBe('refused');
  });

  test('reads the log forwards and backwards, and history as it stands', async () => {
    const roomId = await group();
    const events = Array.from({ length: 9 }, () => aMessage(roomId, ana));
    await store.append(roomId, events);
    const seqs = async (page: Parameters<RoomsStore['events']>[1]) =>
      (await store.events(roomId, page)).events.map(({ seq }) => seq);
    expect(await seqs({ after: 4, limit: 3 })).toEqual([5, 6, 7]);
    expect(await seqs({ after: 9, limit: 3 })).toEqual([]);
    expect(await seqs({ before: 4, limit: 2 })).toEqual([2, 3]);
    expect(await seqs({ limit: 2 })).toEqual([8, 9]);
    const page = await store.messages(roomId, { before: 4, limit: 2 });
    expect([page.head.seq, page.messages.map(({ n }) => n)]).toEqual([9, [2, 3]]);
    const last = await store.lastMessages([roomId, newId()]);
    expect([...last].map(([id, { n }]) => [id, n])).toEqual([[roomId, 9]]);
  });

  test('finds roots and branches of responses', async () => {
    const roomId = await group();
    const respond = (senderId: string, over = {}) =>
      send(roomId, senderId, { joins: true, ...over });
    const one = await respond(ana);
    const two = await respond(ben);
    const reply = await respond(ben, { replyTo: one.id, threadId: one.id });
    const deeper = await respond(cleo, { replyTo: reply.id, threadId: one.id });
    const ids = async (page: Parameters<RoomsStore['roots']>[1]) =>
      (await store.roots(roomId, page)).messages.map(({ id }) => id);
    expect(await ids({ order: 'oldest', limit: 5 })).toEqual([one.id, two.id]);
    expect(await ids({ order: 'oldest', after: one.n, limit: 5 })).toEqual([two.id]);
    expect(await ids({ order: 'newest', limit: 1 })).toEqual([two.id]);
    expect(await ids({ order: 'newest', after: two.n, limit: 5 })).toEqual([one.id]);
    const branch = await store.branches(roomId, [one.id, two.id], 10);
    expect(branch.map(({ id }) => id)).toEqual([reply.id, deeper.id]);
    const counts = await store.messageCounts([roomId, 'nowhere-nowhere']);
    expect([counts.get(roomId), counts.get('nowhere-nowhere')]).toEqual([4, 0]);
  });

  test('finds messages by their number, whatever else stands between them', async () => {
    const roomId = await group();
    const react = (messageId: string, emoji: string) =>
      event({ kind: 'reaction', roomId, senderId: ben, messageId, emoji, on: true });
    const sent: MessageRecord[] = [];
    // After message k come as many other events as k has bits.
    for (let k = 1; k <= 12; k += 1) {
      const message = await send(roomId, ana);
      sent.push(message);
      const others = [...'👍❤️😀'].slice(0, k.toString(2).replaceAll('0', '').length);
      await store.append(
        roomId,
        others.map((emoji) => react(message.id, emoji)),
      );
    }
    const [, second, , , fifth] = sent;
    for (const { id: messageId = '' } of [second, fifth] as MessageRecord[])
      await store.append(roomId, [event({ kind: 'delete', roomId, senderId: ana, messageId })]);
    for (let before = 1; before <= 14; before += 1) {
      const page = await store.messages(roomId, { before, limit: 4 });
      expect(page.messages.map(({ n, id }) => [n, id])).toEqual(
        sent
          .slice(0, before - 1)
          .slice(-4)
          .map(({ n, id }) => [n, id]),
      );
    }
    expect((await store.messages(roomId, { limit: 500 })).messages).toHaveLength(12);
    expect((await store.lastMessages([roomId])).get(roomId)?.n).toBe(12);
    expect(await store.messageCounts([roomId])).toEqual(new Map([[roomId, 10]]));
    for (const [lastRead, unread] of [
      [1, 9],
      [4, 7],
      [12, 0],
    ] as const) {
      await store.raiseRead(roomId, ben, lastRead);
      expect((await store.unread(roomId, [ben])).get(ben)?.unread).toBe(unread);
      expect((await store.standings(ben, [roomId])).get(roomId)?.unread).toBe(unread);
    }
  });
};
