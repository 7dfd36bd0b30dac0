import type { Logger } from '../log.ts';
import type { Bus } from '../platform/bus.ts';
import type { Connection } from '../platform/connections.ts';
import { encode } from '../platform/frame.ts';
import type { Live } from '../platform/live.ts';
import { type Access, mayRead } from './access.ts';
import type { Entries } from './entries.ts';
import type { Note } from './hints.ts';
import { createHub, type Hub } from './hub.ts';
import { emptyHead } from './records.ts';
import type { RoomsStore } from './store.ts';
import type { Wire } from './wire.ts';

export type Audience = {
  hub: Hub;
  /** Lets the connections of a new member, on every process, hear of the room. */
  admit(roomId: string, userId: string): void;
  close(): void;
};

type Options = {
  store: RoomsStore;
  access: Pick<Access, 'find'>;
  entries: Entries;
  wire: Wire;
  bus: Bus;
  live: Pick<Live, 'connectionsOf'>;
  log: Logger;
  heard: (roomId: string, note: Note) => void;
};

const ADMITTED = 'rooms:admitted';
/** A room that goes on whenever it is looked at is told as it was seen: the next telling comes soon. */
const LOOKS_MAX = 3;

/** Who hears what of rooms in this process. */
export const createAudience = (options: Options): Audience => {
  const { store, access, entries, wire, bus, live, log, heard } = options;
  const headOf = async (roomId: string) => (await store.heads([roomId])).get(roomId) ?? emptyHead;
  /** The room and who has what to read in it, as of one moment: looked at again when it went on. */
  const lookAt = async (roomId: string, userIds: readonly string[]) => {
    let head = await headOf(roomId);
    for (let looks = 1; ; looks += 1) {
      const [last, counts] = await Promise.all([
        store.lastMessages([roomId]),
        store.unread(roomId, userIds),
      ]);
      const now = await headOf(roomId);
      if (now.seq === head.seq || looks === LOOKS_MAX) return { head: now, last, counts };
      head = now;
    }
  };
  /** Everybody who watches gets their own counts, from one look at the room. */
  const tellWatchers = async (roomId: string) => {
    const watchers = hub.watchersOf(roomId);
    if (watchers.size === 0) return;
    const { head: at, last, counts } = await lookAt(roomId, [...watchers.keys()]);
    const { seq: head, n } = at;
    const [preview = null] = await wire.messages([...last.values()]);
    for (const [userId, connections] of watchers) {
      const count = counts.get(userId);
      const frame = count && encode('room:head', { roomId, head, n, ...count, preview });
      for (const connection of connections) {
        if (frame) connection.send(frame);
        else hub.leave(connection, roomId);
      }
    }
  };
  const refused = async (roomId: string, connections: readonly Connection[]) => {
    const room = await store.room(roomId);
    if (!room) return connections;
    const userIds = connections.flatMap(({ actor }) => actor?.userId ?? []);
    const members = await store.membersAmong(roomId, [...new Set(userIds)]);
    const byId = new Map(members.map((member) => [member.userId, member]));
    return connections.filter(({ actor }) => {
      const userId = actor?.userId ?? null;
      return !mayRead({ room, member: byId.get(userId ?? '') ?? null }, userId);
    });
  };
  const hub: Hub = createHub({
    ...{ bus, log, store, entries, tellWatchers, heard, refused },
    read: async (roomId, after, limit) =>
      wire.events((await store.events(roomId, { after, limit })).events),
  });

  /** A hint may be late: only the store knows whether they are in the room now. */
  const admitHere = async (roomId: string, userId: string) => {
    if (live.connectionsOf(userId).length === 0) return;
    const entry = await access.find({ userId }, roomId);
    if (!entry?.member) return;
    for (const connection of live.connectionsOf(userId)) await hub.watch(connection, [roomId]);
  };
  const admitSoon = (roomId: string, userId: string) => {
    admitHere(roomId, userId).catch((error: unknown) => {
      log.warn({ err: error, roomId }, 'a new member hears of the room with the next connection');
    });
  };
  const unsubscribe = bus.subscribe(ADMITTED, (message) => {
    const [roomId, userId] = message.split(' ');
    if (roomId && userId) admitSoon(roomId, userId);
  });
  return {
    hub,
    admit: (roomId, userId) => {
      admitSoon(roomId, userId);
      bus.publish(ADMITTED, `${roomId} ${userId}`);
    },
    close: () => {
      unsubscribe();
      hub.close();
    },
  };
};
