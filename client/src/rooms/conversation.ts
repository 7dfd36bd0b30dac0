import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Person } from '../../../src/accounts/contract.ts';
import type { Message, MessagesPage, Room, RoomEvent } from '../../../src/rooms/contract.ts';
import { viewer } from '../accounts/state.ts';
import { ApiError, get, query } from '../net/http.ts';
import { ask, on } from '../net/socket.ts';
import { type Joined, type LiveRoom, openLiveRoom } from './live.ts';
import type { RoomLog } from './log.ts';
import { fetchRoom, noteRead, roomOf } from './state.ts';

export type Conversation = {
  roomId: string;
  log: ReadonlySignal<RoomLog | null>;
  /** Everything about the room but its messages; null until it is known. */
  room: ReadonlySignal<Room | null>;
  members: ReadonlySignal<Person[]>;
  /** Why there is nothing to show, in words. */
  failure: ReadonlySignal<string | null>;
  /** The line of unread messages is drawn above this `n`; null: no line. */
  readLine: ReadonlySignal<number | null>;
  /** How far the others have read, as far as this page was told. */
  reads: ReadonlySignal<ReadonlyMap<string, number>>;
  older: ReadonlySignal<'more' | 'loading' | 'failed' | 'none'>;
  loadOlder: () => Promise<void>;
  /** Whether the newest message is before the reader's eyes; then it counts as read. */
  attend: (attentive: boolean) => void;
  /** My own message makes the line of unread ones pointless. */
  clearReadLine: () => void;
  close: () => void;
};

const PAGE = 50;
/** Logs of rooms visited last, to show them at once when they are opened again. */
const visited = new Map<string, RoomLog>();
const VISITED_MAX = 12;

/** Opens one room: joins it, keeps it complete and follows what is read, until closed. */
export const openConversation = (roomId: string): Conversation => {
  const fetched = signal<Room | null>(null);
  const failure = signal<string | null>(null);
  const joinedMembers = signal<Person[] | null>(null);
  const readLine = signal<number | null>(null);
  const reads = signal<ReadonlyMap<string, number>>(new Map());
  const older = signal<'more' | 'loading' | 'failed' | 'none'>('more');
  const reading = followReading(roomId);
  const room = computed(() => roomOf(roomId) ?? fetched.value);
  let entered = false;

  const onJoined = ({ lastRead, n, members }: Joined): void => {
    batch(() => {
      if (members) joinedMembers.value = members;
      if (!entered && n > lastRead) readLine.value = lastRead;
      entered = true;
    });
    noteRead(roomId, lastRead);
    reading.start(lastRead, n);
  };

  const onEvents = (events: RoomEvent[]): void => {
    for (const event of events) {
      if (event.kind === 'member') joinedMembers.value = afterMember(joinedMembers.value, event);
      if (event.kind !== 'message') continue;
      const { n, sender } = event.message;
      if (sender?.id !== viewer.value?.id && !reading.attentive()) {
        readLine.value = Math.max(readLine.value ?? 0, reading.lastRead());
      }
      reading.reach(n);
    }
  };

  const start = visited.get(roomId);
  const live: LiveRoom = openLiveRoom({
    roomId,
    start: start && { epoch: start.epoch, head: start.seq, messages: start.messages },
    join: (after) => ask('room:join', { roomId, after }),
    leave: () => ask('room:leave', { roomId }),
    onJoined,
    onEvents,
  });

  fetchRoom(roomId).then(
    (found) => {
      fetched.value = found;
    },
    (error: unknown) => {
      failure.value = error instanceof ApiError ? error.detail : null;
    },
  );

  const loadOlder = async (): Promise<void> => {
    const first = live.log.peek()?.messages[0];
    if (!first || older.peek() === 'loading' || older.peek() === 'none') return;
    older.value = 'loading';
    try {
      const path = `/api/rooms/${roomId}/messages${query({ before: first.n, limit: PAGE })}`;
      const { messages } = await get<MessagesPage>(path);
      batch(() => {
        live.addOlder(messages);
        older.value = isBeginning(messages) ? 'none' : 'more';
      });
    } catch {
      older.value = 'failed';
    }
  };

  const stopReads = on('room:read', (told) => {
    if (told.roomId !== roomId || told.userId === viewer.value?.id) return;
    const known = reads.value.get(told.userId) ?? 0;
    if (told.n > known) reads.value = new Map(reads.value).set(told.userId, told.n);
  });

  return {
    roomId,
    log: live.log,
    room,
    members: computed(() => joinedMembers.value ?? room.value?.members ?? []),
    failure: computed(() => live.failure.value ?? (live.log.value ? null : failure.value)),
    readLine,
    reads,
    older: computed(() => ((live.log.value?.messages[0]?.n ?? 2) <= 1 ? 'none' : older.value)),
    loadOlder,
    attend: (attentive) => reading.attend(attentive),
    clearReadLine: () => {
      readLine.value = null;
    },
    close: () => {
      remember(live.log.peek());
      stopReads();
      reading.stop();
      live.close();
    },
  };
};

const isBeginning = (messages: readonly Message[]): boolean =>
  messages.length === 0 || messages.some(({ n }) => n <= 1);

type MemberEvent = Extract<RoomEvent, { kind: 'member' }>;

const afterMember = (members: Person[] | null, event: MemberEvent): Person[] | null => {
  if (!members) return null;
  const others = members.filter(({ id }) => id !== event.userId);
  return event.change === 'joined' && event.person ? [...others, event.person] : others;
};

const remember = (log: RoomLog | null): void => {
  if (!log) return;
  visited.delete(log.roomId);
  visited.set(log.roomId, { ...log, messages: log.messages.slice(-PAGE * 2) });
  const oldest = visited.keys().next().value;
  if (visited.size > VISITED_MAX && oldest) visited.delete(oldest);
};

/** Sends how far I have read, once per step, while the newest message is before my eyes. */
const followReading = (roomId: string) => {
  let told = 0;
  let newest = 0;
  let eyes = false;
  let sending = false;
  let stopped = false;

  const tell = async (): Promise<void> => {
    if (!eyes || sending || stopped || newest <= told) return;
    sending = true;
    const n = newest;
    noteRead(roomId, n);
    try {
      told = Math.max(n, (await ask('room:read', { roomId, n })).lastRead);
    } catch {
      // Told again with the next message or connection.
    } finally {
      sending = false;
    }
    if (told >= n) await tell();
  };

  return {
    attentive: () => eyes,
    lastRead: () => told,
    start: (lastRead: number, n: number) => {
      told = Math.max(told, lastRead);
      newest = Math.max(newest, n);
      void tell();
    },
    reach: (n: number) => {
      newest = Math.max(newest, n);
      void tell();
    },
    attend: (attentive: boolean) => {
      eyes = attentive;
      void tell();
    },
    stop: () => {
      stopped = true;
    },
  };
};
