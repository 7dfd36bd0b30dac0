import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import type { Access } from './access.ts';
import type { Note } from './hints.ts';
import type { RoomsStore } from './store.ts';

/** One person's typing is passed on at most this often. */
const EVERY_MS = 2_000;
const EXPIRES_MS = 6_000;
/** In a room with more members nobody is told who types. */
const MEMBERS_MAX = 100;
const COUNT_FRESH_MS = 30_000;

export type Typing = {
  start(actor: Actor, roomId: string): Promise<void>;
  stop(actor: Actor, roomId: string): Promise<void>;
  /** Somebody of any process types, or no longer. */
  heard(roomId: string, note: Extract<Note, { kind: 'typing' }>): void;
  /** What they typed has arrived. */
  sent(roomId: string, userId: string): void;
  close(): void;
};

type Options = {
  access: Pick<Access, 'requireWritable'>;
  store: Pick<RoomsStore, 'memberCounts'>;
  clock: Clock;
  note: (roomId: string, note: Note) => void;
  /** Everybody who types in the room now. */
  tell: (roomId: string, userIds: string[]) => void;
};

type Typist = { since: number; timer: NodeJS.Timeout };

/** Who types where. It is told, never stored, and ends by itself. */
export const createTyping = ({ access, store, clock, note, tell }: Options): Typing => {
  const rooms = new Map<string, Map<string, Typist>>();
  const counts = new Map<string, { count: number; until: number }>();

  const isSmall = async (roomId: string): Promise<boolean> => {
    const known = counts.get(roomId);
    if (known && known.until > clock.now()) return known.count <= MEMBERS_MAX;
    const count = (await store.memberCounts([roomId])).get(roomId) ?? 0;
    if (counts.size > 1_000) counts.clear();
    counts.set(roomId, { count, until: clock.now() + COUNT_FRESH_MS });
    return count <= MEMBERS_MAX;
  };
  const forget = (roomId: string, userId: string): boolean => {
    const typists = rooms.get(roomId);
    const typist = typists?.get(userId);
    if (!typists || !typist) return false;
    clearTimeout(typist.timer);
    typists.delete(userId);
    if (typists.size === 0) rooms.delete(roomId);
    return true;
  };
  const tellAll = (roomId: string) => tell(roomId, [...(rooms.get(roomId)?.keys() ?? [])]);
  const expire = (roomId: string, userId: string) => {
    if (forget(roomId, userId)) tellAll(roomId);
  };

  return {
    start: async (actor, roomId) => {
      const since = rooms.get(roomId)?.get(actor.userId)?.since ?? Number.NEGATIVE_INFINITY;
      if (clock.now() - since < EVERY_MS) return;
      await access.requireWritable(actor, roomId);
      if (await isSmall(roomId)) note(roomId, { kind: 'typing', userId: actor.userId, on: true });
    },
    stop: async ({ userId }, roomId) => {
      if (rooms.get(roomId)?.has(userId)) note(roomId, { kind: 'typing', userId, on: false });
    },
    heard: (roomId, { userId, on }) => {
      const known = forget(roomId, userId);
      if (on) {
        const typists = rooms.get(roomId) ?? new Map<string, Typist>();
        const timer = setTimeout(() => expire(roomId, userId), EXPIRES_MS).unref();
        rooms.set(roomId, typists.set(userId, { since: clock.now(), timer }));
      }
      if (on || known) tellAll(roomId);
    },
    sent: (roomId, userId) => {
      if (rooms.get(roomId)?.has(userId)) note(roomId, { kind: 'typing', userId, on: false });
    },
    close: () => {
      for (const typists of rooms.values())
        for (const { timer } of typists.values()) clearTimeout(timer);
      rooms.clear();
    },
  };
};
