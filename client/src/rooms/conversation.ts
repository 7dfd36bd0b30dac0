import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Person } from '../../../src/accounts/contract.ts';
import type { Room, RoomEvent } from '../../../src/rooms/contract.ts';
import { viewer } from '../accounts/state.ts';
import { isPassing, toApiError } from '../net/failure.ts';
import { ask, on, onReady } from '../net/socket.ts';
import { type Joined, type LiveRoom, openLiveRoom } from './live.ts';
import { openPast, type Past } from './past.ts';
import { followReading, type Reading } from './reading.ts';
import { fetchRoom, noteRead, roomOf } from './state.ts';
import { forget, recall, remember } from './visited.ts';

export type Conversation = Omit<Past, 'rest'> & {
  roomId: string;
  log: LiveRoom['log'];
  /** Everything about the room but its messages; null until it is known. */
  room: ReadonlySignal<Room | null>;
  members: ReadonlySignal<Person[]>;
  /** Why there is nothing to show, in words, and never will be. */
  failure: ReadonlySignal<string | null>;
  /** There was no answer yet; it is asked again when the connection is back, and by `retry`. */
  stalled: ReadonlySignal<boolean>;
  retry: () => void;
  /** The line of unread messages is drawn above the first `n` beyond this; null: no line. */
  readLine: ReadonlySignal<number | null>;
  /** How far the others have read, as far as this page was told. */
  reads: ReadonlySignal<ReadonlyMap<string, number>>;
  /** Whether the newest message is before the reader's eyes; then it counts as read. */
  attend: (attentive: boolean) => void;
  /** My own message makes the line of unread ones pointless. */
  clearReadLine: () => void;
  close: () => void;
};

type State = {
  fetched: Signal<Room | null>;
  refusal: Signal<string | null>;
  /** Set when I am out of a room that is for its members alone. */
  gone: Signal<string | null>;
  members: Signal<Person[] | null>;
  readLine: Signal<number | null>;
  reads: Signal<ReadonlyMap<string, number>>;
  reading: Reading;
};

/** Opens one room: joins it, keeps it complete and follows what is read, until closed. */
export const openConversation = (roomId: string): Conversation => {
  const state: State = {
    fetched: signal(null),
    refusal: signal(null),
    gone: signal(null),
    members: signal(null),
    readLine: signal(null),
    reads: signal(new Map()),
    reading: followReading(roomId),
  };
  const face = keepAsking(roomId, state);
  const live = openLive(roomId, state, face.ask);
  const past = openPast(roomId, live);
  const stops = [face.stop, past.rest, followOthers(roomId, state), followRemoval(roomId, state)];
  const room = computed(() => roomOf(roomId) ?? state.fetched.value);
  return {
    roomId,
    log: live.log,
    room,
    members: computed(() => state.members.value ?? room.value?.members ?? []),
    failure: computed(
      () => state.gone.value ?? live.failure.value ?? (live.log.value ? null : state.refusal.value),
    ),
    stalled: live.stalled,
    retry: live.rejoin,
    readLine: state.readLine,
    reads: state.reads,
    ...past,
    attend: state.reading.attend,
    clearReadLine: () => {
      state.readLine.value = null;
    },
    close: () => {
      if (!state.gone.peek()) remember(live.log.peek());
      for (const stop of stops) stop();
      state.reading.stop();
      live.close();
    },
  };
};

/** Asks what the room is called and who I am in it, at each connection until it is known. */
function keepAsking(roomId: string, state: State): { ask: () => void; stop: () => void } {
  let asking = false;
  const ask = () => {
    if (asking || state.fetched.peek()) return;
    asking = true;
    void fetchInto(roomId, state).finally(() => {
      asking = false;
    });
  };
  ask();
  return { ask, stop: onReady(ask) };
}

function openLive(roomId: string, state: State, onAnswered: () => void): LiveRoom {
  const known = recall(roomId);
  let entered = false;
  const onJoined = ({ lastRead, n, members, reads }: Joined): void => {
    batch(() => {
      if (members) state.members.value = members;
      for (const read of reads ?? []) raise(state, read.userId, read.n);
      if (!entered && n > lastRead) state.readLine.value = lastRead;
      entered = true;
    });
    onAnswered();
    noteRead(roomId, lastRead);
    state.reading.start(lastRead, n);
  };
  return openLiveRoom({
    roomId,
    start: known && { epoch: known.epoch, head: known.seq, messages: known.messages },
    join: (after) => ask('room:join', { roomId, after }),
    leave: () => ask('room:leave', { roomId }),
    onJoined,
    onEvents: (events) => {
      for (const event of events) takeEvent(event, state);
    },
  });
}

function takeEvent(event: RoomEvent, { members, readLine, reading }: State): void {
  if (event.kind === 'member') members.value = afterMember(members.value, event);
  if (event.kind !== 'message') return;
  const { n, sender } = event.message;
  if (sender?.id !== viewer.value?.id && !reading.attentive()) {
    readLine.value = Math.max(readLine.value ?? 0, reading.lastRead());
  }
  reading.reach(n);
}

type MemberEvent = Extract<RoomEvent, { kind: 'member' }>;

const afterMember = (members: Person[] | null, event: MemberEvent): Person[] | null => {
  if (!members) return null;
  const others = members.filter(({ id }) => id !== event.userId);
  return event.change === 'joined' && event.person ? [...others, event.person] : others;
};

const followOthers = (roomId: string, state: State): (() => void) =>
  on('room:read', (told) => {
    if (told.roomId === roomId && told.userId !== viewer.value?.id) {
      raise(state, told.userId, told.n);
    }
  });

const GONE = {
  removed: 'You were removed from this room.',
  left: 'You have left this room.',
  deleted: 'This room was deleted.',
};

/** Out of a public room one may still read on; any other closes. */
const followRemoval = (roomId: string, state: State): (() => void) =>
  on('room:removed', (told) => {
    if (told.roomId !== roomId) return;
    if (state.fetched.value?.kind === 'public' && told.reason !== 'deleted') {
      void fetchInto(roomId, state);
    } else {
      state.gone.value = GONE[told.reason];
      forget(roomId);
    }
  });

function raise({ reads }: State, userId: string, n: number): void {
  if (n > (reads.value.get(userId) ?? 0)) reads.value = new Map(reads.value).set(userId, n);
}

async function fetchInto(roomId: string, { fetched, refusal }: State): Promise<void> {
  try {
    fetched.value = await fetchRoom(roomId);
  } catch (error) {
    const failure = toApiError(error);
    if (!isPassing(failure)) refusal.value = failure.detail;
  }
}
