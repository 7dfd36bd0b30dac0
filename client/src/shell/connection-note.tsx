import { keptAt, takenOver } from '../pages/state.ts';
import { Time } from '../ui/time.tsx';
import { offlineNote, online } from './state.ts';

/** Says that the server is away: what becomes of what one writes, and how old the page is. */
export const ConnectionNote = () => {
  const copy = online.value ? null : keptAt.value;
  if (!takenOver.value || !(offlineNote.value || copy)) return null;
  return (
    <p class="connection-note" role="status">
      {copy ? (
        <>
          Offline. This copy was kept <Time at={copy} format="ago" />. What you send goes out when
          the connection is back.
        </>
      ) : (
        'Offline. What you send goes out when the connection is back.'
      )}
    </p>
  );
};
