import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import type { Committed } from '../../src/rooms/service.ts';
import { describeOn } from '../support/backends.ts';
import { type Cast, openCast, say, until } from './world.ts';

const refusal = (code: string) => expect.objectContaining({ code });

describeOn(['sqlite'], 'messages of rooms', () => {
  let cast: Cast;
  let rooms: Cast['rooms'];
  let process: Cast['process'];
  let [ana, ben, cleo, eve, admin]: Cast['actors'] = [] as never;
  beforeAll(async () => {
    cast = await openCast();
    ({ rooms, process } = cast);
    [ana, ben, cleo, eve, admin] = cast.actors;
  });
  afterAll(async () => cast?.world.close());

  test('one clientId is one message; with other words it is a conflict', async () => {
    const roomId = await cast.group('ben');
    const first = await cast.send(ana, roomId, 'First');
    const sending = { roomId, ...say('Once', { replyTo: first.id }) };
    const sent = await rooms.send(ana, sending);
    expect([sent.created, sent.message.replyTo]).toEqual([true, first.id]);
    await rooms.edit(ana, { roomId, messageId: sent.message.id, body: 'Changed' });
    const again = await rooms.send(ana, sending);
    expect([again.created, again.message.id, again.message.body]).toEqual([
      ...[false, sent.message.id, 'Changed'],
    ]);
    for (const other of [
      { ...sending, body: 'Else' },
      { ...sending, replyTo: undefined },
    ])
      await expect(rooms.send(ana, other)).rejects.toEqual(refusal('conflict'));
    const theirs = await rooms.send(ben, { ...sending, body: 'Mine' });
    expect(theirs.created).toBe(true);
  });

  test('who wrote a moment ago and was removed writes no more, on no process; once back, again', async () => {
    const elsewhere = await cast.world.process();
    const [here, there] = [await process.connect(ben), await elsewhere.connect(ben)];
    const roomId = await cast.group('ben');
    const sendOn = (where: Cast['rooms']) => where.send(ben, { roomId, ...say('Hi') });
    const both = [rooms, elsewhere.rooms];
    // Ana stays: the room is heard on both when Ben has gone.
    await rooms.join(await process.connect(ana), { roomId });
    await elsewhere.rooms.join(await elsewhere.connect(ana), { roomId });
    await rooms.join(here, { roomId });
    await elsewhere.rooms.join(there, { roomId });
    for (const where of both) for (let n = 0; n < 2; n += 1) await sendOn(where);
    await rooms.removeMember(ana, roomId, 'ben');
    await expect(sendOn(rooms)).rejects.toEqual(refusal('not_found'));
    await until(() => there.of('room:removed').length > 0);
    await expect(sendOn(elsewhere.rooms)).rejects.toEqual(refusal('not_found'));
    await rooms.addMember(ana, roomId, 'ben');
    for (const where of both) expect((await sendOn(where)).created).toBe(true);
  });

  test('a message is of its room, of bounded length, and answers what is there', async () => {
    const [roomId, elsewhere] = [await cast.group('ben'), await cast.group('ben')];
    const there = await cast.send(ana, elsewhere);
    for (const wrong of [
      say('Hi', { replyTo: there.id }),
      say('Hi', { replyTo: newId() }),
      say('x'.repeat(4_001)),
    ])
      await expect(rooms.send(ana, { roomId, ...wrong })).rejects.toEqual(refusal('bad_request'));
    const messageId = there.id;
    for (const ask of [
      rooms.edit(ana, { roomId, messageId, body: 'x' }),
      rooms.remove(ana, { roomId, messageId }),
      rooms.react(ana, { roomId, messageId, emoji: '👍', on: true }),
    ])
      await expect(ask).rejects.toEqual(refusal('not_found'));
    const long = rooms.edit(ana, { roomId: elsewhere, messageId, body: 'x'.repeat(4_001) });
    await expect(long).rejects.toEqual(refusal('bad_request'));
  });

  test('its sender edits it; its sender, moderators and administrators delete it', async () => {
    const { roomId } = await cast.article();
    const sent = [
      await cast.send(ben, roomId),
      await cast.send(ben, roomId),
      await cast.send(ben, roomId),
    ];
    const [one, two, three] = sent.map(({ id }) => ({ roomId, messageId: id }));
    if (!one || !two || !three) throw new Error('not sent');
    const body = 'Changed';
    await expect(rooms.edit(ana, { ...one, body })).rejects.toEqual(refusal('forbidden'));
    await expect(rooms.remove(cleo, one)).rejects.toEqual(refusal('forbidden'));
    expect(await rooms.edit(ben, { ...one, body })).toEqual({ seq: 4 });
    expect(await rooms.remove(ben, one)).toEqual({ seq: 5 });
    expect(await rooms.remove(ben, one)).toEqual({ seq: 5 });
    await expect(rooms.edit(ben, { ...one, body })).rejects.toEqual(refusal('not_found'));
    const like = { ...one, emoji: '👍', on: true };
    await expect(rooms.react(cleo, like)).rejects.toEqual(refusal('not_found'));
    await rooms.remove(ana, two);
    await rooms.remove(admin, three);
    const { messages } = await rooms.messages(null, roomId, { limit: 10 });
    expect(messages.map(({ deleted, body: left }) => [deleted, left])).toEqual([
      ...[0, 1, 2].map(() => [true, '']),
    ]);
  });

  test('a message carries at most twenty different reactions', async () => {
    const roomId = await cast.group('ben');
    const { id: messageId } = await cast.send(ana, roomId);
    for (let index = 0; index < 20; index += 1) {
      const emoji = String.fromCodePoint(0x1f600 + index);
      await rooms.react(ben, { roomId, messageId, emoji, on: true });
    }
    const more = { roomId, messageId, emoji: '👍', on: true };
    await expect(rooms.react(ben, more)).rejects.toEqual(refusal('conflict'));
    const again = { ...more, emoji: '\u{1f600}' };
    expect((await rooms.react(ana, again)).seq).toBe(22);
    expect((await rooms.react(ana, again)).seq).toBe(22);
  });

  test('read positions go forward only, on all my devices, and are shown to the others', async () => {
    const roomId = await cast.group('ben');
    const [desk, phone, anas] = [
      await process.connect(ben),
      await process.connect(ben),
      await process.connect(ana),
    ];
    for (const body of ['One @ben', 'Two', 'Three']) await cast.send(ana, roomId, body);
    expect(await rooms.get(ben, roomId)).toMatchObject({ unread: 3, mentions: 1, lastRead: 0 });
    await rooms.join(anas, { roomId });
    // What is told in the room reaches her when her answer is on its way.
    await new Promise((resolve) => setTimeout(resolve, 5));
    await until(() => anas.of('room:read').length === 3);
    const told = anas.of('room:read').length;
    expect(await rooms.read(ben, { roomId, n: 2 })).toEqual({ lastRead: 2 });
    expect(await rooms.read(ben, { roomId, n: 1 })).toEqual({ lastRead: 2 });
    expect(await rooms.read(ben, { roomId, n: 99 })).toEqual({ lastRead: 3 });
    await until(() => phone.of('room:read').length === 2);
    const wanted = [2, 3].map((n) => ({ roomId, userId: ben.userId, n }));
    expect([desk.of('room:read'), phone.of('room:read')]).toEqual([wanted, wanted]);
    await until(() => anas.of('room:read').length === told + 2);
    const { reads } = await rooms.join(anas, { roomId });
    expect(reads).toEqual([{ userId: ben.userId, n: 3 }]);
    // One who writes has read what stands above.
    await cast.send(ana, roomId, 'Four');
    await cast.send(ben, roomId, 'Five');
    expect(await rooms.get(ben, roomId)).toMatchObject({ unread: 0, lastRead: 5 });
  });

  test('typing is told to those in the room, once per two seconds, until it ends', async () => {
    const roomId = await cast.group('ben', 'cleo');
    const anas = await process.connect(ana);
    await rooms.join(anas, { roomId });
    // The seat hears as soon as its own answer is on its way.
    await new Promise((resolve) => setImmediate(resolve));
    await rooms.typing.start(ben, roomId);
    await rooms.typing.start(ben, roomId);
    cast.world.clock.move(2_100);
    await rooms.typing.start(ben, roomId);
    await rooms.typing.start(cleo, roomId);
    await rooms.typing.stop(cleo, roomId);
    await cast.send(ben, roomId, 'Done');
    await until(() => anas.of('typing').at(-1)?.userIds.length === 0);
    const told = anas.of('typing').map(({ userIds }) => userIds.length);
    expect(told).toEqual([1, 1, 2, 1, 0]);
  });

  test('mentions are of people who can see them', async () => {
    const committed: Committed[] = [];
    rooms.committed.on((told) => void committed.push(told));
    const roomId = await cast.group('ben');
    const sent = await cast.send(ana, roomId, 'Hello @ben, @eve, @ana and @nobody');
    expect(sent.html).toContain('href="/@ben"');
    expect(sent.html).not.toContain('href="/@eve"');
    await until(() => committed.some(({ room }) => room.id === roomId));
    expect(committed.at(-1)).toMatchObject({
      room: { id: roomId, kind: 'group' },
      events: [{ kind: 'message', message: { id: sent.id } }],
      mentions: new Map([[sent.id, [ben.userId]]]),
    });
    const { roomId: articleRoom } = await cast.article();
    await cast.send(ben, articleRoom, 'Look, @eve');
    expect(await rooms.hearers(roomId, [ben.userId, eve.userId])).toEqual([ben.userId]);
    await rooms.mute(ben, roomId, true);
    expect((await rooms.get(ben, roomId)).muted).toBe(true);
    expect(await rooms.hearers(roomId, [ben.userId, eve.userId])).toEqual([]);
    await expect(rooms.mute(eve, await cast.open(), true)).rejects.toEqual(refusal('forbidden'));
  });
});
