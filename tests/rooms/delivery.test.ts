import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../src/platform/actor.ts';
import { createMemoryBus } from '../../src/platform/bus.ts';
import { newId } from '../../src/platform/ids.ts';
import type { Device } from '../people/world.ts';
import { describeOnStores } from '../support/backends.ts';
import { aMessage } from './records.ts';
import {
  heard,
  openRoomsWorld,
  type Process,
  type RoomsWorld,
  say,
  seqsOf,
  until,
  upTo,
} from './world.ts';

describeOnStores('delivery in rooms', (name) => {
  let world: RoomsWorld;
  let here: Process;
  let there: Process;
  let ana: Actor;
  let ben: Actor;
  let cleo: Actor;
  beforeAll(async () => {
    world = await openRoomsWorld(name);
    [here, there] = await Promise.all([world.process(), world.process()]);
    ana = await world.join('ana');
    ben = await world.join('ben');
    cleo = await world.join('cleo');
  });
  afterAll(async () => world?.close());

  const group = async (): Promise<string> => {
    const input = { kind: 'group', title: 'Talk', members: ['ben', 'cleo'] } as const;
    return (await here.rooms.create(ana, { ...input, members: [...input.members] })).id;
  };
  const send = (process: Process, actor: Actor, roomId: string, body = 'Hi') =>
    process.rooms.send(actor, { roomId, ...say(body) });
  const settled = (connected: Device, roomId: string, head: number) =>
    until(
      () => heard(connected, roomId).at(-1)?.seq === head,
      () => seqsOf(heard(connected, roomId)),
    );

  test('two processes write one room: every member sees each message once, in one order', async () => {
    const roomId = await group();
    const devices = await Promise.all([here.connect(ana), there.connect(ben), there.connect(cleo)]);
    await here.rooms.join(devices[0], { roomId });
    await there.rooms.join(devices[1], { roomId });
    await there.rooms.join(devices[2], { roomId });
    const each = 20;
    const talk = async (actor: Actor, first: Process, second: Process) => {
      const acked: { id: string; seq: number }[] = [];
      for (const index of upTo(each)) {
        const message = { roomId, ...say(`${actor.username} ${index}`) };
        const [sent, again] = await Promise.all([
          first.rooms.send(actor, message),
          index % 5 === 0 ? second.rooms.send(actor, message) : null,
        ]);
        expect(again === null || again.message.id === sent.message.id).toBe(true);
        expect(again === null || again.created !== sent.created).toBe(true);
        acked.push(sent.message);
      }
      return acked;
    };
    const acked = await Promise.all([
      talk(ana, here, there),
      talk(ben, there, here),
      talk(cleo, there, here),
    ]);
    const head = each * 3;
    for (const connected of devices) {
      await settled(connected, roomId, head);
      expect(seqsOf(heard(connected, roomId))).toEqual(upTo(head));
    }
    const [first, ...others] = devices.map((connected) => heard(connected, roomId));
    for (const other of others) expect(other).toEqual(first);
    const order = new Map(
      first?.map((event) => [event.kind === 'message' ? event.message.id : '', event.seq]),
    );
    for (const mine of acked) {
      expect(mine.map(({ id, seq }) => order.get(id) === seq)).not.toContain(false);
      expect(mine.map(({ seq }) => seq)).toEqual(
        mine.map(({ seq }) => seq).toSorted((a, b) => a - b),
      );
    }
  });

  test('messages that one person sends without waiting keep their order', async () => {
    const roomId = await group();
    // Some take longer to prepare than those that come after them.
    const bodies = upTo(20).map((index) => `${index} ${index % 3 === 0 ? '@ben @cleo' : ''}`);
    const sent = await Promise.all(bodies.map((body) => send(here, ana, roomId, body)));
    expect(sent.map(({ message }) => message.seq)).toEqual(upTo(20));
  });

  test('who joins while others talk misses nothing and hears nothing twice', async () => {
    const roomId = await group();
    let talking = true;
    const talk = async (process: Process, actor: Actor) => {
      for (let index = 0; talking; index += 1) await send(process, actor, roomId, `${index}`);
    };
    const talks = Promise.all([talk(here, ana), talk(there, ben)]);
    const { epoch } = await here.rooms.sync(ana, { roomId, after: 0 });
    await until(async () => (await here.rooms.get(ana, roomId)).head > 10);
    const joins: { connected: Device; known: number }[] = [];
    for (const index of upTo(12)) {
      const process = index % 2 === 0 ? here : there;
      const connected = await process.connect(cleo);
      const seq = index % 3 === 0 ? undefined : Math.max(0, index - 4);
      const after = seq === undefined ? undefined : { epoch, seq };
      const joined = await process.rooms.join(connected, { roomId, after });
      if (after) expect(seqsOf(joined.events ?? [])).toEqual(upTo(joined.head, after.seq + 1));
      else expect(joined.messages?.at(-1)?.n ?? 0).toBe(joined.n);
      joins.push({ connected, known: joined.head });
    }
    talking = false;
    await talks;
    const { message } = await send(here, ana, roomId, 'The last one');
    for (const { connected, known } of joins) {
      await settled(connected, roomId, message.seq);
      expect(seqsOf(heard(connected, roomId))).toEqual(upTo(message.seq, known + 1));
      connected.leave();
    }
  });

  test('who is further behind than 500, or knows another store, begins anew', async () => {
    const roomId = await group();
    await here.store.append(
      roomId,
      upTo(501).map(() => aMessage(roomId, ana.userId)),
    );
    const connected = await here.connect(ben);
    const { epoch } = await here.rooms.join(connected, { roomId });
    const from = async (seq: number, of = epoch) =>
      here.rooms.join(connected, { roomId, after: { epoch: of, seq } });
    const complete = await from(1);
    expect([complete.reset, seqsOf(complete.events ?? [])]).toEqual([undefined, upTo(501, 2)]);
    for (const anew of [await from(0), await from(500, 'another store'), await from(502)]) {
      expect([anew.reset, anew.events, anew.head, anew.n]).toEqual([true, undefined, 501, 501]);
      expect(anew.messages?.map(({ n }) => n)).toEqual(upTo(501, 452));
    }
    const synced = await here.rooms.sync(ben, { roomId, after: 499 });
    expect([synced.head, seqsOf(synced.events ?? [])]).toEqual([501, [500, 501]]);
    expect((await here.rooms.sync(ben, { roomId, after: 0 })).reset).toBe(true);
  });

  test('long texts begin anew instead of filling the line, and never leave an empty page', async () => {
    const articleId = newId();
    const about = { articleId, slug: 'long', title: 'Long', ownerId: ana.userId, open: true };
    const roomId = await here.rooms.createForArticle(about);
    for (const _ of upTo(40)) await send(here, ana, roomId, 'x'.repeat(25_000));
    const connected = await here.connect(ben);
    const { epoch, messages } = await here.rooms.join(connected, { roomId });
    expect(messages?.length).toBeGreaterThan(5);
    expect(messages?.length).toBeLessThan(25);
    expect(messages?.at(-1)?.n).toBe(40);
    const anew = await here.rooms.join(connected, { roomId, after: { epoch, seq: 0 } });
    expect([anew.reset, anew.messages?.at(-1)?.n]).toEqual([true, 40]);
  });

  test('without any bus, the other process hears by comparing', async () => {
    const alone = await world.process(createMemoryBus());
    const roomId = await group();
    const connected = await alone.connect(ben);
    await alone.rooms.join(connected, { roomId });
    const { message } = await send(here, ana, roomId, 'Found by comparing');
    await settled(connected, roomId, message.seq);
    expect(seqsOf(heard(connected, roomId)).at(-1)).toBe(message.seq);
  });

  test('with the bus cut, the other process still hears', async () => {
    const roomId = await group();
    const connected = await there.connect(ben);
    const { head } = await there.rooms.join(connected, { roomId });
    world.wire.cut = true;
    try {
      const { message } = await send(here, ana, roomId, 'Through the store');
      await settled(connected, roomId, message.seq);
      expect(seqsOf(heard(connected, roomId))).toEqual([head + 1]);
    } finally {
      world.wire.cut = false;
    }
    const { message } = await send(here, ana, roomId, 'As before');
    await settled(connected, roomId, message.seq);
    expect(seqsOf(heard(connected, roomId))).toEqual([head + 1, head + 2]);
  });

  test('a lost hint is made up for by the next one, and by a gap that the bus tells of', async () => {
    const roomId = await group();
    const connected = await there.connect(ben);
    await there.rooms.join(connected, { roomId });
    world.wire.cut = true;
    await send(here, ana, roomId, 'Lost');
    world.wire.cut = false;
    const second = await send(here, ana, roomId, 'Told');
    await settled(connected, roomId, second.message.seq);
    expect(seqsOf(heard(connected, roomId))).toEqual([1, 2]);
    world.wire.cut = true;
    await send(here, ana, roomId, 'Lost too');
    world.wire.cut = false;
    world.wire.gap();
    await settled(connected, roomId, 3);
    expect(seqsOf(heard(connected, roomId))).toEqual([1, 2, 3]);
  });

  test('who is removed hears nothing more, with and without the bus', async () => {
    for (const cut of [false, true]) {
      const roomId = await group();
      const [seated, watching] = await Promise.all([there.connect(ben), there.connect(ben)]);
      await there.rooms.join(seated, { roomId });
      const other = await there.connect(cleo);
      await there.rooms.join(other, { roomId });
      world.wire.cut = cut;
      await here.rooms.removeMember(ana, roomId, 'ben');
      await settled(other, roomId, 1);
      await send(here, ana, roomId, 'Among us');
      await settled(other, roomId, 2);
      world.wire.cut = false;
      expect(heard(seated, roomId)).toEqual([]);
      const heads = watching.of('room:head').filter((told) => told.roomId === roomId);
      expect(heads).toEqual([]);
      if (!cut) expect(seated.of('room:removed')).toEqual([{ roomId, reason: 'removed' }]);
      await expect(there.rooms.join(seated, { roomId })).rejects.toThrow('No such room');
      await expect(there.rooms.messages(ben, roomId, { limit: 10 })).rejects.toThrow();
      await expect(send(there, ben, roomId)).rejects.toThrow('No such room');
    }
  });

  test('members who look elsewhere get heads with their own counts, at most every 500 ms', async () => {
    const roomId = await group();
    const watching = await there.connect(ben);
    const other = await here.connect(cleo);
    for (const index of upTo(10)) await send(here, ana, roomId, `${index} @ben`);
    const last = (connected: Device) =>
      connected.of('room:head').findLast((told) => told.roomId === roomId);
    await until(() => last(watching)?.unread === 10 && last(other)?.unread === 10);
    expect(last(watching)).toMatchObject({ head: 10, n: 10, unread: 10, mentions: 10 });
    expect(last(watching)?.preview).toMatchObject({ body: '10 @ben', n: 10 });
    expect(last(other)).toMatchObject({ unread: 10, mentions: 0 });
    expect(watching.of('room:head').filter((told) => told.roomId === roomId).length).toBeLessThan(
      5,
    );
    expect(heard(watching, roomId)).toEqual([]);
    await there.rooms.join(watching, { roomId });
    const { message } = await send(here, ana, roomId, 'In full');
    await settled(watching, roomId, message.seq);
    await there.rooms.leave(watching, roomId);
    await send(here, ana, roomId, 'From outside');
    await until(() => last(watching)?.unread === 12);
    expect(seqsOf(heard(watching, roomId))).toEqual([11]);
  });

  test('an article that becomes a draft is closed to all but its author, and open again later', async () => {
    const articleId = newId();
    const article = { articleId, slug: 'open', title: 'Open', open: true };
    const roomId = await here.rooms.createForArticle({ ...article, ownerId: ana.userId });
    const [author, reader, guest] = [
      await here.connect(ana),
      await there.connect(ben),
      await there.connect(null),
    ];
    await here.rooms.join(author, { roomId });
    await there.rooms.join(reader, { roomId });
    await there.rooms.join(guest, { roomId });
    await here.rooms.updateArticle({ ...article, open: false });
    await until(() => guest.of('room:removed').length === 1);
    const closed = await send(here, ana, roomId, 'To myself');
    await settled(author, roomId, closed.message.seq);
    expect(seqsOf(heard(reader, roomId))).not.toContain(closed.message.seq);
    expect(seqsOf(heard(guest, roomId))).not.toContain(closed.message.seq);
    await expect(there.rooms.join(guest, { roomId })).rejects.toThrow('No such room');
    await expect(send(there, ben, roomId)).rejects.toThrow('No such room');
    await here.rooms.updateArticle({ ...article, open: true });
    const joined = await there.rooms.join(guest, { roomId });
    expect(joined.messages?.map(({ body }) => body)).toEqual(['To myself']);
    await here.rooms.removeForArticle(articleId);
    await until(() => guest.of('room:removed').length === 2);
    await expect(there.rooms.join(guest, { roomId })).rejects.toThrow('No such room');
  });

  test('nothing is held for connections that have gone', async () => {
    const roomId = await group();
    const connected = await here.connect(ben);
    await here.rooms.join(connected, { roomId });
    connected.leave();
    await send(here, ana, roomId);
    expect(connected.of('room:events')).toEqual([]);
    await expect(here.rooms.join(connected, { roomId: newId() })).rejects.toThrow('No such room');
  });
});
