import { useEffect } from 'preact/hooks';
import { viewer } from '../accounts/state.ts';
import { incomingCount, loadRelations } from './state.ts';

/** How many ask to be friends, for the navigation. */
export const PeopleCount = () => {
  useEffect(() => {
    if (viewer.value) loadRelations().catch(() => undefined);
  }, [viewer.value?.id]);
  const count = incomingCount.value;
  if (count === 0) return null;
  return (
    <span class="count">
      {count}
      <span class="visually-hidden"> friend requests</span>
    </span>
  );
};
