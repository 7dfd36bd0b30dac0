import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import type { MessageRecord, RoomRecord } from '../../src/rooms/records.ts';
import type { RoomsStore } from '../../src/rooms/store.ts';
import { aMember, aMessage, ana, aRoom, ben, cleo, event, now, stored } from './records.ts';
import type { RoomsPlace } from './stores.ts';

/** What every store does with rooms and the people in them. */
export const membersSuite = (open: () => Promise<RoomsPlace>): void => {
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

  test('counts what is unread from the log', async () => {
    const roomId = await group();
    await store.append(roomId, [
      aMessage(roomId, ana, { mentions: [ben, cleo] }),
      aMessage(roomId, ana),
      aMessage(roomId, cleo, { mentions: [ben] }),
    ]);
    const standing = async (userId: string) =>
      (await store.standings(userId, [roomId])).get(roomId);
    expect(await standing(ben)).toEqual({
      ...{ role: 'member', muted: false, lastRead: 0, unread: 3, mentions: 2 },
    });
    expect(await standing(cleo)).toMatchObject({ lastRead: 3, unread: 0, mentions: 0 });
    expect(await store.raiseRead(roomId, ben, 1)).toBe(1);
    expect(await standing(ben)).toMatchObject({ lastRead: 1, unread: 2, mentions: 1 });
    expect(await store.raiseRead(roomId, ben, 0)).toBe(1);
    const [, second] = (await store.messages(roomId, { limit: 10 })).messages;
    const messageId = second?.id ?? '';
    await store.append(roomId, [event({ kind: 'delete', roomId, senderId: ana, messageId })]);
    expect(await standing(ben)).toMatchObject({ unread: 1, mentions: 1 });
    expect(await store.unread(roomId, [ben, cleo, 'nobody-nobody'])).toEqual(
      new Map([
        [ben, { unread: 1, mentions: 1 }],
        [cleo, { unread: 0, mentions: 0 }],
      ]),
    );
    expect(await store.raiseRead(roomId, ben, 99)).toBe(3);
    expect(await standing(ben)).toMatchObject({ unread: 0, mentions: 0 });
    expect(await store.raiseRead(roomId, 'nobody-nobody', 2)).toBeNull();
    expect(await store.standings('nobody-nobody', [roomId])).toEqual(new Map());
  });

  test('lets people join, leave and be removed, each once', async () => {
    const roomId = (await store.createRoom(aRoom(), [aMember(ana, { role: 'owner' })])).id;
    const change = async (userId: string, to: 'joined' | 'left' | 'removed') => {
      const one = event({ kind: 'member', roomId, senderId: userId, userId, change: to });
      return (await store.append(roomId, [one]))[0]?.state;
    };
    await send(roomId, ana);
    expect(await change(ben, 'joined')).toBe('stored');
    expect(await change(ben, 'joined')).toBe('refused');
    expect(await change(cleo, 'left')).toBe('refused');
    expect(await store.member(roomId, ben)).toMatchObject({ role: 'member', lastRead: 1 });
    expect((await store.members(roomId, 10)).map(({ userId }) => userId)).toEqual([ana, ben]);
    expect((await store.memberCounts([roomId])).get(roomId)).toBe(2);
    expect((await store.memberships(ben)).map((each) => each.roomId)).toContain(roomId);
    await store.setMember(roomId, ben, { muted: true });
    expect((await store.member(roomId, ben))?.muted).toBe(true);
    expect(await change(ben, 'removed')).toBe('stored');
    expect(await store.member(roomId, ben)).toBeNull();
    expect(await store.membersAmong(roomId, [ana, ben])).toHaveLength(1);
    expect(await change(ben, 'joined')).toBe('stored');
    expect(await store.member(roomId, ben)).toMatchObject({ muted: false, role: 'member' });
    expect(await change(ana, 'left')).toBe('stored');
    expect((await store.member(roomId, ben))?.role).toBe('owner');
  });

  test('makes one room for two people, and one for an article', async () => {
    const directKey = `${newId()}:${newId()}`;
    const members = [aMember(ana), aMember(ben, { hidden: true })];
    const make = (each: RoomsStore) =>
      each.createRoom(aRoom({ kind: 'direct', title: '', directKey }), members);
    const rooms = await Promise.all([make(store), make(other), make(store)]);
    expect(new Set(rooms.map(({ id }) => id)).size).toBe(1);
    const roomId = rooms[0].id;
    expect(await store.directRoom(directKey)).toEqual(await store.room(roomId));
    expect(await store.memberCounts([roomId])).toEqual(new Map([[roomId, 2]]));
    expect((await store.member(roomId, ben))?.hidden).toBe(true);
    await store.setMember(roomId, ben, { hidden: false });
    expect((await store.member(roomId, ben))?.hidden).toBe(false);
    const article = { id: newId(), slug: 'a-story', title: 'A story', open: true };
    const wanted = () => aRoom({ kind: 'article', article });
    const first = await store.createRoom(wanted(), [aMember(ana, { role: 'owner' })]);
    const second = await other.createRoom(wanted(), [aMember(ana, { role: 'owner' })]);
    expect(second).toEqual(first);
    expect(await store.articleRoom(article.id)).toEqual(first);
    const changed = { ...article, slug: 'the-story', open: false };
    const change = event({
      ...{ kind: 'room', roomId: first.id, senderId: ana, title: 'The story', article: changed },
    });
    await store.append(first.id, [change]);
    expect(await store.room(first.id)).toEqual({ ...first, title: 'The story', article: changed });
    expect((await log(first.id))[0]).toMatchObject({ kind: 'room', title: 'The story' });
    const [silent] = await store.append(first.id, [aMessage(first.id, cleo, { joins: true })]);
    expect(silent?.state).toBe('stored');
    expect(await store.member(first.id, cleo)).toMatchObject({ role: 'member', lastRead: 1 });
  });

  test('takes a room away with all its words', async () => {
    const room = await store.createRoom(aRoom(), [aMember(ana, { role: 'owner' })]);
    const { id: roomId } = room;
    await send(roomId, ana, { body: 'Gone soon', mentions: [ben] });
    expect((await other.append(roomId, [aMessage(roomId, ana)]))[0]?.state).toBe('stored');
    const last = await store.removeRoom(roomId, now(), newId());
    expect(last).toMatchObject({ kind: 'room', seq: 3 });
    expect(await store.room(roomId)).toBeNull();
    expect(await store.members(roomId, 10)).toEqual([]);
    // The other process has heard nothing of it, and has written here just now.
    for (const each of [store, other]) {
      expect((await each.append(roomId, [aMessage(roomId, ana)]))[0]?.state).toBe('refused');
      const change = event({ kind: 'room', roomId, senderId: ana, title: 'Anew' });
      expect((await each.append(roomId, [change]))[0]?.state).toBe('refused');
    }
    expect(await log(roomId)).toMatchObject([{ kind: 'room', seq: 3 }]);
    expect(await store.removeRoom(roomId, now(), newId())).toBeNull();
    expect(await store.rooms([roomId])).toEqual(new Map());
    const again = store.createRoom(room, [aMember(ana, { role: 'owner' })]);
    await expect(again).rejects.toMatchObject({ code: 'conflict' });
  });

  test('tells which rooms have gone on', async () => {
    const [still, moved] = [await group(), await group()];
    const first = await send(moved, ana);
    const known = new Map([
      [still, 0],
      [moved, 0],
    ]);
    const start = await store.newer(known, null);
    expect(start.heads).toEqual(new Map([[moved, 1]]));
    known.set(moved, first.seq);
    const quiet = await store.newer(known, start.mark);
    expect(quiet.heads).toEqual(new Map());
    await other.append(moved, [aMessage(moved, ben), aMessage(moved, ben)]);
    expect((await store.newer(known, quiet.mark)).heads).toEqual(new Map([[moved, 3]]));
  });

  test('lists public rooms, the newest first', async () => {
    const rooms: RoomRecord[] = [];
    for (const title of ['One', 'Two', 'Three']) {
      const wanted = aRoom({ kind: 'public', title });
      rooms.unshift(await store.createRoom(wanted, [aMember(ana, { role: 'owner' })]));
    }
    const first = await store.publicRooms({ limit: 2 });
    expect(first).toEqual(rooms.slice(0, 2));
    const [, after] = first;
    if (!after) throw new Error('no second room');
    expect((await store.publicRooms({ after, limit: 1 }))[0]).toEqual(rooms[2]);
  });

  test('finds a room that two people share', async () => {
    const [eve, fay] = [newId(), newId()];
    const room = aRoom({ title: 'Shared' });
    await store.createRoom(room, [aMember(eve), aMember(fay)]);
    await store.createRoom(aRoom({ kind: 'direct', directKey: `${eve}:${fay}` }), [
      aMember(eve),
      aMember(fay),
    ]);
    expect(await store.sharedRooms(eve, [fay, ana])).toEqual(
      new Map([[fay, { id: room.id, title: 'Shared', kind: 'group' }]]),
    );
  });
};
