import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { type Mongo, openMongo } from '../../src/platform/mongo.ts';
import { createMongoInsert } from '../../src/rooms/append.mongo.ts';
import { collectionsOf, docOf } from '../../src/rooms/docs.mongo.ts';
import type { NewEvent } from '../../src/rooms/records.ts';
import { createRoomsMongoStore } from '../../src/rooms/store.mongo.ts';
import type { RoomsStore } from '../../src/rooms/store.ts';
import { describeOn } from '../support/backends.ts';
import { freshMongo } from '../support/place.ts';
import { aMember, aMessage, aRoom, now } from './records.ts';

const [ana, ben] = ['ana-ana-ana', 'ben-ben-ben'] as const;

describeOn(['mongodb'], 'what a process leaves half done', () => {
  let database: Awaited<ReturnType<typeof freshMongo>>;
  let mongo: Mongo;
  let store: RoomsStore;
  /** Writes events and goes no further: as a process that is killed right after the insert. */
  let dieAfterInsert: ReturnType<typeof createMongoInsert>['insert'];
  beforeAll(async () => {
    database = await freshMongo();
    mongo = await openMongo(database.url);
    store = createRoomsMongoStore(mongo);
    await mongo.prepare();
    ({ insert: dieAfterInsert } = createMongoInsert(collectionsOf(mongo.connection)));
  });
  afterAll(async () => {
    await mongo?.close();
    await database?.close();
  });

  const room = async (): Promise<string> =>
    (await store.createRoom(aRoom(), [aMember(ana, { role: 'owner' }), aMember(ben)])).id;
  const send = async (roomId: string): Promise<string> => {
    const message = aMessage(roomId, ana, { body: 'As it was', mentions: [ben] });
    await store.append(roomId, [message]);
    return message.id;
  };
  const base = (roomId: string) => ({ id: newId(), roomId, at: now(), senderId: ana });
  const editOf = (roomId: string, messageId: string, body: string): NewEvent => ({
    ...base(roomId),
    ...{ kind: 'edit', messageId, body, html: null, mentions: [] },
  });
  const deletionOf = (roomId: string, messageId: string): NewEvent => ({
    ...base(roomId),
    ...{ kind: 'delete', messageId },
  });
  const removalOf = (roomId: string): NewEvent => ({
    ...base(roomId),
    ...{ kind: 'member', userId: ben, change: 'removed' },
  });

  test('an edit and a deletion are complete for every way of reading', async () => {
    const reads: ((roomId: string) => Promise<unknown>)[] = [
      (roomId) => store.messages(roomId, { limit: 10 }),
      (roomId) => store.events(roomId, { after: 0, limit: 10 }),
      (roomId) => store.roots(roomId, { order: 'newest', limit: 10 }),
      (roomId) => store.lastMessages([roomId]).then((found) => [...found]),
    ];
    for (const read of reads) {
      const roomId = await room();
      const messageId = await send(roomId);
      await dieAfterInsert(roomId, [editOf(roomId, messageId, 'As it is')]);
      expect(JSON.stringify(await read(roomId))).toContain('As it is');
      await dieAfterInsert(roomId, [deletionOf(roomId, messageId)]);
      expect(JSON.stringify(await read(roomId))).not.toContain('As it');
    }
  });

  test('what comes later is applied after what was left', async () => {
    const roomId = await room();
    const messageId = await send(roomId);
    await dieAfterInsert(roomId, [editOf(roomId, messageId, 'First')]);
    await store.append(roomId, [editOf(roomId, messageId, 'Second')]);
    expect((await store.message(messageId))?.body).toBe('Second');
    await dieAfterInsert(roomId, [
      deletionOf(roomId, messageId),
      editOf(roomId, messageId, 'Too late'),
    ]);
    const { events } = await store.events(roomId, { after: 0, limit: 10 });
    expect(events.map(({ kind }) => kind)).toEqual(['message', 'edit', 'edit', 'delete', 'edit']);
    expect(JSON.stringify(events)).not.toMatch(/As it was|First|Second|Too late/);
    expect((await store.message(messageId))?.editedAt).toBe(events.at(-1)?.at);
  });

  test('a repetition by a process that was slow changes nothing', async () => {
    const roomId = await room();
    const messageId = await send(roomId);
    const late = editOf(roomId, messageId, 'Late');
    const collections = collectionsOf(mongo.connection);
    const repeat = (ids: string[]) =>
      collections.events.updateMany({ _id: { $in: ids } }, { $set: { pending: true } });
    await store.append(roomId, [late, editOf(roomId, messageId, 'Newest')]);
    await store.append(roomId, [removalOf(roomId)]);
    await repeat([late.id]);
    expect(await store.settle(roomId)).toBe(true);
    expect(await store.settle(roomId)).toBe(false);
    expect((await store.message(messageId))?.body).toBe('Newest');
    const joined: NewEvent = {
      ...base(roomId),
      ...{ kind: 'member', userId: ben, change: 'joined' },
    };
    await store.append(roomId, [joined]);
    await store.raiseRead(roomId, ben, 1);
    await store.setMember(roomId, ben, { muted: true });
    await repeat([joined.id]);
    await store.settle(roomId);
    expect(await store.member(roomId, ben)).toMatchObject({ muted: true, lastRead: 1 });
    const { events } = await store.events(roomId, { after: 0, limit: 10 });
    const removal = events.find((each) => each.kind === 'member' && each.change === 'removed');
    await repeat([removal?.id ?? '']);
    expect(await store.settle(roomId)).toBe(true);
    expect(await store.member(roomId, ben)).not.toBeNull();
  });

  test('who was removed is out, before the next read', async () => {
    const roomId = await room();
    await dieAfterInsert(roomId, [removalOf(roomId)]);
    expect(await store.settle(roomId)).toBe(true);
    expect(await store.member(roomId, ben)).toBeNull();
    const article = { id: newId(), slug: 'a', title: 'A', open: true };
    const open = await store.createRoom(aRoom({ kind: 'article', article }), [aMember(ana)]);
    const closing = { ...article, open: false };
    await dieAfterInsert(open.id, [{ ...base(open.id), kind: 'room', article: closing }]);
    await store.settle(open.id);
    expect((await store.room(open.id))?.article?.open).toBe(false);
  });

  test('a number that another process took costs one look at where the log ends', async () => {
    const roomId = await room();
    await send(roomId);
    const { events } = collectionsOf(mongo.connection);
    const foreign = docOf(aMessage(roomId, ben), 2, 2);
    await events.insertOne(foreign);
    const outcomes = await store.append(roomId, [aMessage(roomId, ana), aMessage(roomId, ana)]);
    const seqs = outcomes.map((each) => (each.state === 'stored' ? each.event.seq : each.state));
    expect(seqs).toEqual([3, 4]);
  });
});
