import { afterAll, beforeAll, expect, test } from 'vitest';
import { createListing } from '../../src/rooms/listing.ts';
import type { RoomRecord } from '../../src/rooms/records.ts';
import type { RoomsStore } from '../../src/rooms/store.ts';
import { createWire } from '../../src/rooms/wire.ts';
import { describeOnStores } from '../support/backends.ts';
import { aMember, aMessage, ana, aRoom, ben } from './records.ts';
import { openRoomsPlace, type RoomsPlace } from './stores.ts';

describeOnStores('a list of rooms', (name) => {
  let place: RoomsPlace;
  let store: RoomsStore;
  let room: RoomRecord;
  /** What happens once, as soon as something has been read. */
  let meanwhile: (() => Promise<unknown>) | null = null;
  const send = () => store.append(room.id, [aMessage(room.id, ana)]);
  const disturbed = async (read: Promise<unknown>) => {
    const found = await read;
    const act = meanwhile;
    meanwhile = null;
    await act?.();
    return found;
  };
  beforeAll(async () => {
    place = await openRoomsPlace(name);
    store = await place.open();
    room = await store.createRoom(aRoom(), [aMember(ana), aMember(ben)]);
    await send();
  });
  afterAll(async () => place?.close());

  /** Something may happen after each of these reads. */
  const listingWith = (read: 'lastMessages' | 'heads') => {
    const accounts = { people: async () => new Map() };
    return createListing({
      ...{ access: {} as never, accounts, wire: createWire(accounts) },
      store: { ...store, [read]: (ids: readonly string[]) => disturbed(store[read](ids)) },
    });
  };

  test('has counts, last message and head of one moment, whatever is sent while it is read', async () => {
    meanwhile = send;
    const [row] = await listingWith('lastMessages').describe(ben, [room]);
    expect(row).toMatchObject({ head: 2, n: 2, unread: 2, lastMessage: { n: 2 } });
  });

  test('has the same on connecting', async () => {
    meanwhile = send;
    expect(await listingWith('heads').summaries(ben)).toEqual([
      { id: room.id, head: 3, n: 3, lastRead: 0, unread: 3 },
    ]);
  });

  test('comes to an end in a room in which somebody writes all the time', async () => {
    const again = async () => {
      meanwhile = again;
      await send();
    };
    meanwhile = again;
    const [row] = await listingWith('lastMessages').describe(ben, [room]);
    meanwhile = null;
    expect(row?.unread).toBeGreaterThanOrEqual(3);
  });
});
