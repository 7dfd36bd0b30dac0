import type { Person } from '../../src/accounts/contract.ts';
import type { AskOutput } from '../../src/contract.ts';
import type { Actor } from '../../src/platform/actor.ts';
import type { Bus } from '../../src/platform/bus.ts';
import { newId } from '../../src/platform/ids.ts';
import { createLive, type Live } from '../../src/platform/live.ts';
import type { Message, RoomEvent } from '../../src/rooms/contract.ts';
import { createRooms, type Rooms } from '../../src/rooms/service.ts';
import type { RoomsStore } from '../../src/rooms/store.ts';
import { type Device, device, openWorld, quiet, type World } from '../people/world.ts';
import type { StoreName } from '../support/backends.ts';
import { createWire, type Wire } from '../support/wire.ts';
import { openRoomsPlace } from './stores.ts';

/** One process of the site: its own way to the store, its own end of the bus, its connections. */
export type Process = {
  rooms: Rooms;
  store: RoomsStore;
  live: Live;
  /** A new connection, which hears of its person's rooms from outside. */
  connect(actor: Actor | null): Promise<Device>;
};

export type RoomsWorld = Omit<World, 'connect'> & {
  wire: Wire;
  /** One more process; without a bus of its own it is on the wire of the others. */
  process(bus?: Bus): Promise<Process>;
};

export const openRoomsWorld = async (name: StoreName): Promise<RoomsWorld> => {
  const world = await openWorld();
  const place = await openRoomsPlace(name);
  const wire = createWire();
  const opened: Rooms[] = [];
  return {
    ...world,
    wire,
    process: async (bus = wire.bus()) => {
      const store = await place.open();
      const live = createLive(bus);
      const { accounts, people, clock } = world;
      const rooms = createRooms({ store, accounts, people, live, bus, clock, log: quiet });
      opened.push(rooms);
      const connect = async (actor: Actor | null) => {
        const connected = device(actor);
        live.add(connected);
        await rooms.welcome(connected);
        return connected;
      };
      return { rooms, store, live, connect };
    },
    close: async () => {
      for (const rooms of opened) rooms.close();
      await place.close();
      await world.close();
    },
  };
};

/** One process with five people in it, and the rooms that tests begin with. */
export const openCast = async () => {
  const world = await openRoomsWorld('sqlite');
  const process = await world.process();
  const { rooms } = process;
  const ana = await world.join('ana');
  const [ben, cleo, eve] = [
    await world.join('ben'),
    await world.join('cleo'),
    await world.join('eve'),
  ];
  const admin: Actor = { ...(await world.join('admin')), roles: ['admin'] };
  const actors: [ana: Actor, ben: Actor, cleo: Actor, eve: Actor, admin: Actor] = [
    ...([ana, ben, cleo, eve, admin] as const),
  ];
  return {
    ...{ world, process, rooms, actors },
    /** Groups, public rooms and article rooms of Ana. */
    group: async (...members: string[]) =>
      (await rooms.create(ana, { kind: 'group', title: ' Talk ', members })).id,
    open: async () => (await rooms.create(ana, { kind: 'public', title: 'Open' })).id,
    article: async (isOpen = true) => {
      const about = { articleId: newId(), slug: 's', title: 'T', open: isOpen };
      return { ...about, roomId: await rooms.createForArticle({ ...about, ownerId: ana.userId }) };
    },
    send: async (actor: Actor, roomId: string, body = 'Hi', more = {}) =>
      (await rooms.send(actor, { roomId, ...say(body, more) })).message,
  };
};
export type Cast = Awaited<ReturnType<typeof openCast>>;

export const say = (body: string, more: { clientId?: string; replyTo?: string } = {}) => ({
  ...{ clientId: newId(), body },
  ...more,
});

/** Waits until something holds; says what was seen last when it never does. */
export const until = async (
  holds: () => boolean | Promise<boolean>,
  what: () => unknown = () => '',
  ms = 5_000,
): Promise<void> => {
  const end = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`never came true: ${JSON.stringify(what())}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
};

/** All events of a room that a connection was told, in the order they came. */
export const heard = (connected: Device, roomId: string): RoomEvent[] =>
  connected
    .of('room:events')
    .filter((told) => told.roomId === roomId)
    .flatMap(({ events }) => events);

export const seqsOf = (events: readonly RoomEvent[]): number[] => events.map(({ seq }) => seq);
export const bodiesOf = (messages: readonly Message[]): string[] =>
  messages.map(({ body }) => body);
export const upTo = (n: number, from = 1): number[] =>
  Array.from({ length: Math.max(0, n - from + 1) }, (_, index) => from + index);
export type Joined = AskOutput<'room:join'>;
export const namesOf = (people: readonly Person[] = []): string[] =>
  people.map(({ username }) => username).sort();
