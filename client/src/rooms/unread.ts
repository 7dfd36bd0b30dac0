import type { Room } from '../../../src/rooms/contract.ts';
import { viewer } from '../accounts/state.ts';
import { loadRooms, rooms } from './state.ts';

/** The nearest room with something new, below (1) or above (-1) one in the list; then around. */
export const nextUnread = (
  list: readonly Pick<Room, 'id' | 'unread' | 'muted'>[],
  from: string | null,
  step: 1 | -1,
): string | null => {
  const start = list.findIndex(({ id }) => id === from);
  const at = start < 0 && step < 0 ? list.length : start;
  for (let away = 1; away <= list.length; away += 1) {
    const room = list[(at + step * away + list.length * 2) % list.length];
    if (room && room.id !== from && room.unread > 0 && !room.muted) return room.id;
  }
  return null;
};

/** null: nothing is new elsewhere, or nobody is logged in. */
export async function unreadBeside(from: string | null, step: 1 | -1): Promise<string | null> {
  if (!viewer.peek()) return null;
  if (!rooms.peek()) await loadRooms().catch(() => undefined);
  return nextUnread(rooms.peek() ?? [], from, step);
}
