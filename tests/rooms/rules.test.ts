import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Invitation } from '../../src/rooms/service.ts';
import { describeOn } from '../support/backends.ts';
import { type Cast, heard, namesOf, openCast, say, until } from './world.ts';

const refusal = (code: string) => expect.objectContaining({ code });

describeOn(['sqlite'], 'the rules of rooms', () => {
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

  test('a direct room is the same one for both, and private', async () => {
    const mine = await rooms.openDirect(ana, 'ben');
    expect(mine).toMatchObject({ kind: 'direct', memberCount: 2, role: 'member', unread: 0 });
    expect(namesOf(mine.members)).toEqual(['ana', 'ben']);
    // Opening tells nobody: it is seen with the first message.
    expect((await rooms.mine(ben, { limit: 20 })).items).toEqual([]);
    const bens = await process.connect(ben);
    await cast.send(ana, mine.id, 'Hello');
    await until(() => bens.of('room:added').length === 1);
    expect(bens.of('room:added')[0]?.room).toMatchObject({ id: mine.id, unread: 1 });
    expect((await rooms.mine(ben, { limit: 20 })).items.map(({ id }) => id)).toEqual([mine.id]);
    expect((await rooms.openDirect(ben, 'ana')).id).toBe(mine.id);
    for (const ask of [
      rooms.get(eve, mine.id),
      rooms.events(null, mine.id, { limit: 10 }),
      rooms.messages(eve, mine.id, { limit: 10 }),
      rooms.threads(eve, mine.id, { order: 'oldest', limit: 10 }),
      rooms.sync(eve, { roomId: mine.id, after: 0 }),
      rooms.send(eve, { roomId: mine.id, ...say('Me too') }),
      rooms.read(eve, { roomId: mine.id, n: 1 }),
      rooms.typing.start(eve, mine.id),
      rooms.addMember(eve, mine.id, 'eve'),
      rooms.get(admin, mine.id),
    ])
      await expect(ask).rejects.toEqual(refusal('not_found'));
    await expect(rooms.addMember(ana, mine.id, 'eve')).rejects.toEqual(refusal('bad_request'));
    await expect(rooms.removeMember(ana, mine.id, 'ben')).rejects.toEqual(refusal('bad_request'));
    await expect(rooms.openDirect(ana, 'ana')).rejects.toEqual(refusal('bad_request'));
    await expect(rooms.openDirect(ana, 'nobody')).rejects.toEqual(refusal('not_found'));
  });

  test('a block ends talking, and a choice of settings keeps strangers out, in the same words', async () => {
    const [dora, finn] = [await cast.world.join('dora'), await cast.world.join('finn')];
    const { id } = await rooms.openDirect(dora, 'finn');
    await cast.world.people.block(finn, 'dora');
    await expect(rooms.openDirect(dora, 'finn')).rejects.toEqual(refusal('not_found'));
    const refused = rooms.send(dora, { roomId: id, ...say('Hello?') });
    await expect(refused).rejects.toThrow('This person is not accepting messages.');
    await expect(
      rooms.create(dora, { kind: 'group', title: 'G', members: ['finn'] }),
    ).rejects.toThrow('This person is not accepting messages.');
    await cast.world.accounts.changeMe(ben, { settings: { messagesFrom: 'nobody' } });
    await expect(rooms.openDirect(eve, 'ben')).rejects.toThrow(
      'This person is not accepting messages.',
    );
    // Who talks already goes on.
    expect((await rooms.openDirect(ana, 'ben')).kind).toBe('direct');
    await cast.world.accounts.changeMe(ben, { settings: { messagesFrom: 'friends' } });
    await expect(rooms.openDirect(eve, 'ben')).rejects.toEqual(refusal('forbidden'));
    await cast.world.people.request(eve, { to: 'ben' });
    await cast.world.people.request(ben, { to: 'eve' });
    expect((await rooms.openDirect(eve, 'ben')).kind).toBe('direct');
    await cast.world.accounts.changeMe(ben, { settings: { messagesFrom: 'everyone' } });
  });

  test('a group is made, joined by invitation, renamed, left and handed on', async () => {
    const invited: Invitation[] = [];
    rooms.invited.on((invitation) => void invited.push(invitation));
    const bens = await process.connect(ben);
    const roomId = await cast.group('ben');
    await until(() => bens.of('room:added').length === 1);
    expect(bens.of('room:added')[0]?.room).toMatchObject({
      id: roomId,
      title: 'Talk',
      role: 'member',
    });
    await expect(rooms.get(cleo, roomId)).rejects.toEqual(refusal('not_found'));
    await expect(rooms.addMember(ben, roomId, 'nobody')).rejects.toEqual(refusal('not_found'));
    await rooms.addMember(ben, roomId, 'cleo');
    const room = await rooms.addMember(ben, roomId, 'cleo');
    expect([room.memberCount, namesOf(room.members)]).toEqual([3, ['ana', 'ben', 'cleo']]);
    expect(invited.map(({ userId, by }) => [userId, by])).toEqual([
      [ben.userId, ana.userId],
      [cleo.userId, ben.userId],
    ]);
    await expect(rooms.rename(ben, roomId, 'Mine')).rejects.toEqual(refusal('forbidden'));
    expect((await rooms.rename(ana, roomId, 'Ours')).title).toBe('Ours');
    await expect(rooms.removeMember(ben, roomId, 'cleo')).rejects.toEqual(refusal('forbidden'));
    await expect(rooms.removeMember(admin, roomId, 'cleo')).rejects.toEqual(refusal('not_found'));
    await rooms.removeMember(ana, roomId, 'cleo');
    await rooms.removeMember(ana, roomId, 'ana');
    expect((await rooms.get(ben, roomId)).role).toBe('owner');
    expect((await rooms.events(ben, roomId, { after: 0, limit: 10 })).events).toMatchObject([
      { kind: 'member', change: 'joined', by: ben.userId, person: { username: 'cleo' } },
      { kind: 'room', title: 'Ours' },
      { kind: 'member', change: 'removed', by: ana.userId, userId: cleo.userId },
      { kind: 'member', change: 'left', userId: ana.userId },
    ]);
    await expect(rooms.addMember(ana, roomId, 'ana')).rejects.toEqual(refusal('not_found'));
    const unknown = { kind: 'group', title: 'X', members: ['nobody'] } as const;
    await expect(rooms.create(ana, { ...unknown, members: ['nobody'] })).rejects.toEqual(
      refusal('bad_request'),
    );
    const [elsewhere] = [await cast.group('ben')];
    await rooms.removeMember(ana, elsewhere, 'ben');
    await until(() => bens.of('room:removed').length === 1);
    await expect(rooms.removeMember(ben, elsewhere, 'ana')).rejects.toEqual(refusal('not_found'));
  });

  test('everybody reads a public room, members write in it', async () => {
    const roomId = await cast.open();
    await cast.send(ana, roomId, 'Welcome');
    const guest = await process.connect(null);
    const joined = await rooms.join(guest, { roomId });
    expect([joined.lastRead, joined.messages?.[0]?.body]).toEqual([1, 'Welcome']);
    await expect(rooms.send(ben, { roomId, ...say('Hi') })).rejects.toEqual(refusal('forbidden'));
    const seen = await rooms.get(ben, roomId);
    expect([seen.role, seen.unread, seen.lastRead]).toEqual([null, 0, 1]);
    expect(await rooms.read(ben, { roomId, n: 5 })).toEqual({ lastRead: 1 });
    const mine = await rooms.addMember(ben, roomId, 'ben');
    expect([mine.role, mine.unread, mine.lastRead]).toEqual(['member', 0, 1]);
    await cast.send(ben, roomId, 'Here I am');
    await until(() => heard(guest, roomId).length === 2);
    const listed = (await rooms.publicRooms(null, { limit: 1 })).items;
    expect(listed.map(({ id, memberCount, role }) => [id, memberCount, role])).toEqual([
      [roomId, 2, null],
    ]);
    await rooms.removeMember(ben, roomId, 'ben');
    await expect(rooms.send(ben, { roomId, ...say('Hi') })).rejects.toEqual(refusal('forbidden'));
  });

  test('who is taken out of a room while marking it read is told so, not that nothing was read', async () => {
    const leaving = async (roomId: string) => {
      await cast.send(ana, roomId, 'One');
      const { raiseRead } = process.store;
      const spy = vi.spyOn(process.store, 'raiseRead').mockImplementation(async (...position) => {
        await rooms.removeMember(ana, roomId, 'ben');
        return raiseRead(...position);
      });
      return rooms.read(ben, { roomId, n: 1 }).finally(() => spy.mockRestore());
    };
    await expect(leaving(await cast.group('ben'))).rejects.toEqual(refusal('not_found'));
    const open = await cast.open();
    await cast.send(ana, open, 'Zero');
    await rooms.addMember(ben, open, 'ben');
    expect(await leaving(open)).toEqual({ lastRead: 1 });
  });

  test('everybody may respond under an open article, and only its author sees a draft', async () => {
    const { roomId, ...about } = await cast.article(false);
    for (const actor of [null, ben])
      await expect(rooms.get(actor, roomId)).rejects.toEqual(refusal('not_found'));
    expect((await rooms.get(ana, roomId)).role).toBe('owner');
    await rooms.updateArticle({ ...about, open: true, title: 'New title' });
    cast.world.clock.move(10);
    const sent = await cast.send(ben, roomId, 'x'.repeat(25_000));
    expect((await rooms.mine(ben, { limit: 5 })).items[0]).toMatchObject({
      ...{ id: roomId, unread: 0, role: 'member', title: 'New title' },
      article: { id: about.articleId, slug: 's', title: 'New title' },
    });
    expect((await rooms.events(null, roomId, { after: 0, limit: 9 })).events).toMatchObject([
      { kind: 'room', title: 'New title' },
      { kind: 'message' },
    ]);
    const reply = await cast.send(cleo, roomId, 'Well', { replyTo: sent.id });
    const deeper = await cast.send(ben, roomId, 'Well, well', { replyTo: reply.id });
    expect([reply.threadId, deeper.threadId]).toEqual([sent.id, sent.id]);
    const second = await cast.send(cleo, roomId, 'Another');
    await rooms.remove(cleo, { roomId, messageId: reply.id });
    const page = await rooms.threads(null, roomId, { order: 'oldest', limit: 1 });
    expect(page.items).toMatchObject([
      {
        message: { id: sent.id },
        replyCount: 1,
        replies: [{ message: { deleted: true }, replies: [{ message: { id: deeper.id } }] }],
      },
    ]);
    const next = { order: 'oldest', limit: 5, cursor: page.next ?? '' } as const;
    const rest = await rooms.threads(null, roomId, next);
    expect(rest.items.map(({ message }) => message.id)).toEqual([second.id]);
    const newest = await rooms.threads(null, roomId, { order: 'newest', limit: 5 });
    expect(newest.items.map(({ message }) => message.id)).toEqual([second.id, sent.id]);
    expect((await rooms.responseCounts([roomId])).get(roomId)).toBe(3);
    await rooms.updateArticle({ ...about, open: false, title: 'New title' });
    await expect(rooms.read(ben, { roomId, n: 1 })).rejects.toEqual(refusal('not_found'));
    expect((await rooms.mine(ben, { limit: 50 })).items.map(({ id }) => id)).not.toContain(roomId);
    expect(await rooms.message(sent.id, ben)).toBeNull();
    expect((await rooms.message(sent.id, ana))?.room.article?.slug).toBe('s');
    expect((await rooms.message(sent.id))?.message.id).toBe(sent.id);
  });

  test('my rooms are listed by their latest event, a page at a time', async () => {
    const gus = await cast.world.join('gus');
    const ids: string[] = [];
    for (const title of ['One', 'Two', 'Three']) {
      cast.world.clock.move(10);
      ids.push((await rooms.create(gus, { kind: 'group', title })).id);
    }
    cast.world.clock.move(10);
    await cast.send(gus, ids[0] ?? '', 'I am the latest');
    const first = await rooms.mine(gus, { limit: 2 });
    expect(first.items.map(({ title }) => title)).toEqual(['One', 'Three']);
    expect(first.items[0]?.lastMessage?.body).toBe('I am the latest');
    const rest = await rooms.mine(gus, { limit: 2, cursor: first.next ?? '' });
    expect([rest.items.map(({ title }) => title), rest.next]).toEqual([['Two'], null]);
    expect((await rooms.summaries(gus.userId)).map(({ id }) => id)).toEqual([
      ...[ids[0], ids[2], ids[1]],
    ]);
    await rooms.addMember(gus, ids[1] ?? '', 'ben');
    expect(await rooms.sharedRooms(gus.userId, [ben.userId, eve.userId])).toEqual(
      new Map([[ben.userId, { id: ids[1], title: 'Two', kind: 'group' }]]),
    );
  });

  test('one connection sits in a hundred rooms at most', async () => {
    const connected = await process.connect(ana);
    const roomIds: string[] = [];
    for (let index = 0; index < 101; index += 1) roomIds.push(await cast.open());
    for (const roomId of roomIds.slice(0, 100)) await rooms.join(connected, { roomId });
    const [last] = roomIds.slice(-1);
    const over = rooms.join(connected, { roomId: last ?? '' });
    await expect(over).rejects.toEqual(refusal('rate_limited'));
    await rooms.leave(connected, roomIds[0] ?? '');
    expect((await rooms.join(connected, { roomId: last ?? '' })).head).toBe(0);
  });
});
