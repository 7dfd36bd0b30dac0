import { useEffect } from 'preact/hooks';
import { viewer } from '../accounts/state.ts';
import { loadRooms, unreadRooms } from './state.ts';

/** How many conversations have something new, for the navigation. */
export const ChatCount = () => {
  useEffect(() => {
    // Without the list the count stands as it was told at the last connection.
    if (viewer.value) loadRooms().catch(() => undefined);
  }, [viewer.value?.id]);
  const count = unreadRooms.value;
  if (count === 0) return null;
  return (
    <span class="count">
      {count > 99 ? '99+' : count}
      <span class="visually-hidden"> with something new</span>
    </span>
  );
};
