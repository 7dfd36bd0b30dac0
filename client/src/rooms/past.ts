import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { MessagesPage } from '../../../src/rooms/contract.ts';
import { onViewerChange } from '../accounts/state.ts';
import { get, query } from '../net/http.ts';
import type { LiveRoom } from './live.ts';
import type { RoomLog } from './log.ts';

export type Older = 'more' | 'loading' | 'failed' | 'none';
export type Past = {
  /** Whether there is something before the first message known. */
  older: ReadonlySignal<Older>;
  /** Fetches one page more, unless one is on its way or there is none. */
  loadOlder: () => Promise<void>;
};

const PAGE = 50;

/** The way back in a room's history, a page at a time. */
export const openPast = (roomId: string, { log, addOlder }: LiveRoom): Past => {
  const state = signal<Older>('more');
  const older = computed(
    (): Older => ((log.value?.messages[0]?.n ?? 2) <= 1 ? 'none' : state.value),
  );
  const loadOlder = async (): Promise<void> => {
    const first = log.peek()?.messages[0];
    if (!first || older.peek() === 'loading' || older.peek() === 'none') return;
    state.value = 'loading';
    try {
      const path = `/api/rooms/${roomId}/messages${query({ before: first.n, limit: PAGE })}`;
      const { messages } = await get<MessagesPage>(path);
      batch(() => {
        addOlder(messages);
        state.value = messages.length === 0 ? 'none' : 'more';
      });
    } catch {
      state.value = 'failed';
    }
  };
  return { older, loadOlder };
};

/** Logs of rooms visited last, to show them at once when they are opened again. */
const visited = new Map<string, RoomLog>();
const VISITED_MAX = 12;
const KEPT_MESSAGES = 100;

export const recall = (roomId: string): RoomLog | undefined => visited.get(roomId);

export const remember = (log: RoomLog | null): void => {
  if (!log) return;
  visited.delete(log.roomId);
  visited.set(log.roomId, { ...log, messages: log.messages.slice(-KEPT_MESSAGES) });
  const oldest = visited.keys().next().value;
  if (visited.size > VISITED_MAX && oldest) visited.delete(oldest);
};

/** What I may not see any more. */
export const forget = (roomId: string): void => void visited.delete(roomId);

// Another person of this browser must not see what the one before them read.
onViewerChange(() => visited.clear());
