import { onViewerChange } from '../accounts/state.ts';
import type { RoomLog } from './log.ts';

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
