import { batch, computed, signal } from '@preact/signals';
import type { Person } from '../../../src/accounts/contract.ts';
import type { NewRoom, Room } from '../../../src/rooms/contract.ts';
import type { List } from '../../../src/wire/contract.ts';
import { onViewerChange, viewer } from '../accounts/state.ts';
import { makeClientId } from '../net/client-id.ts';
import { createFresh } from '../net/fresh.ts';
import { del, get, patch, post, put, query } from '../net/http.ts';
import { on, onReady, ready } from '../net/socket.ts';
import { afterEvent, afterRead, isNewer, needsRecount } from './summary.ts';

/** My rooms, the one with the latest message first; null: not asked yet. */
export const rooms = signal<Room[] | null>(null);
/** Rooms with something new, for the badge of the navigation. */
export const unreadRooms = computed(() => {
  const known = rooms.value ?? ready.value?.rooms ?? [];
  return known.filter((room) => room.unread > 0 && !('muted' in room && room.muted)).length;
});

/** The list is read a page at a time, up to this many pages of 100. */
const PAGES_MAX = 5;
const RECOUNT_MS = 300;

export const roomOf = (roomId: string): Room | undefined =>
  rooms.value?.find(({ id }) => id === roomId);

/** A direct chat is named after the other person. */
export const otherOf = (room: Room): Person | undefined =>
  room.kind === 'direct' ? room.members?.find(({ id }) => id !== viewer.value?.id) : undefined;
export const titleOf = (room: Room): string =>
  otherOf(room)?.name ?? room.article?.title ?? room.title;

const fresh = createFresh();
let loading: Promise<void> | null = null;

export const loadRooms = (): Promise<void> => {
  loading ??= readRooms().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
};

async function readRooms(): Promise<void> {
  const found = await fresh.load(readPages);
  // A row that was told something newer while the list was on its way stays.
  const newest = (room: Room): Room => {
    const known = roomOf(room.id);
    return known?.epoch === room.epoch && isNewer(known, room) ? known : room;
  };
  rooms.value = found.map(newest);
}

async function readPages(): Promise<Room[]> {
  const found: Room[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const list: List<Room> = await get(`/api/rooms${query({ limit: 100, cursor })}`);
    found.push(...list.items);
    cursor = list.next;
    if (!cursor) break;
  }
  return found;
}

/** Asks for one room, mine or one that I may join, and updates its row when it is in my list. */
export const fetchRoom = async (roomId: string): Promise<Room> => {
  const room = await get<Room>(`/api/rooms/${roomId}`);
  change(roomId, () => room);
  return room;
};

export const publicRooms = (cursor: string | null): Promise<List<Room>> =>
  get(`/api/rooms/public${query({ limit: 50, cursor })}`);

/** The one direct chat with this person. */
export const openDirect = async (username: string): Promise<Room> =>
  added(await put<Room>(`/api/rooms/direct/${username}`));

/** Makes one room, however often it is asked: an answer that was lost may be asked for again. */
export const roomMaker = () => {
  const clientId = makeClientId();
  return async (input: NewRoom): Promise<Room> =>
    added(await post<Room>('/api/rooms', { ...input, clientId }));
};

export const joinRoom = async (roomId: string): Promise<Room> => {
  await put(`/api/rooms/${roomId}/members/${myName()}`);
  return added(await get<Room>(`/api/rooms/${roomId}`));
};

export const leaveRoom = async (roomId: string): Promise<void> => {
  await del(`/api/rooms/${roomId}/members/${myName()}`);
  removed(roomId);
};

export const invite = async (roomId: string, username: string): Promise<void> => {
  await put(`/api/rooms/${roomId}/members/${username}`);
};

export const removeMember = async (roomId: string, username: string): Promise<void> => {
  await del(`/api/rooms/${roomId}/members/${username}`);
};

export const renameRoom = async (roomId: string, title: string): Promise<void> => {
  const room = await patch<Room>(`/api/rooms/${roomId}`, { title });
  change(roomId, () => room);
};

/** A muted room counts nowhere but in its own row. */
export const muteRoom = async (roomId: string, muted: boolean): Promise<void> => {
  const room = await put<Room>(`/api/rooms/${roomId}/muted`, { muted });
  change(roomId, () => room);
};

/** My read position moved, here or on another device. */
export const noteRead = (roomId: string, n: number): void => {
  change(roomId, (room) => afterRead(room, n));
  const room = roomOf(roomId);
  if (room && room.unread > 0) recountSoon(roomId);
};

const myName = (): string => viewer.value?.username ?? '';

function added(room: Room): Room {
  fresh.note();
  const others = (rooms.value ?? []).filter(({ id }) => id !== room.id);
  if (rooms.value) rooms.value = [room, ...others];
  return room;
}

function removed(roomId: string): void {
  fresh.note();
  if (rooms.value) rooms.value = rooms.value.filter(({ id }) => id !== roomId);
}

function change(roomId: string, to: (room: Room) => Room): void {
  if (!rooms.value) return;
  const index = rooms.value.findIndex(({ id }) => id === roomId);
  const room = rooms.value[index];
  if (room) rooms.value = rooms.value.with(index, to(room));
}

function toTop(roomId: string): void {
  const room = roomOf(roomId);
  if (room) added(room);
}

const recounts = new Map<string, ReturnType<typeof setTimeout>>();

function recountSoon(roomId: string): void {
  if (recounts.has(roomId)) return;
  const ask = () => {
    recounts.delete(roomId);
    // Without an answer the next connection brings the counts.
    fetchRoom(roomId).catch(() => undefined);
  };
  recounts.set(roomId, setTimeout(ask, RECOUNT_MS));
}

/** A direct chat enters the list of the other with its first message. */
async function learn(roomId: string): Promise<void> {
  const room = await get<Room>(`/api/rooms/${roomId}`);
  if (room.role && !roomOf(roomId)) added(room);
}

on('room:head', ({ roomId, head, n, unread, mentions, preview }) => {
  // Without an answer the next connection brings the whole list.
  if (rooms.value && !roomOf(roomId)) return void learn(roomId).catch(() => undefined);
  batch(() => {
    const newer = n > (roomOf(roomId)?.n ?? n);
    change(roomId, (room) =>
      head < room.head
        ? room
        : { ...room, head, n, unread, mentions, lastMessage: preview ?? room.lastMessage },
    );
    if (newer) toTop(roomId);
  });
});

on('room:events', ({ roomId, epoch, events }) => {
  const reader = viewer.value;
  const room = roomOf(roomId);
  if (!reader || !room) return;
  if (room.epoch !== epoch) return recountSoon(roomId);
  batch(() => {
    for (const event of events) {
      if (needsRecount(room, event)) recountSoon(roomId);
      change(roomId, (row) => afterEvent(row, event, reader));
    }
    if (events.some(({ kind, seq }) => kind === 'message' && seq > room.head)) toTop(roomId);
  });
});

on('room:read', ({ roomId, userId, n }) => {
  if (userId === viewer.value?.id) noteRead(roomId, n);
});
on('room:added', ({ room }) => void added(room));
on('room:removed', ({ roomId }) => removed(roomId));
onReady(() => {
  if (!loading) return;
  loading = null;
  loadRooms().catch(() => undefined);
});
onViewerChange(() => {
  loading = null;
  rooms.value = null;
});
