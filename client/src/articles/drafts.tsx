import { useEffect, useMemo } from 'preact/hooks';
import { ErrorNote } from '../ui/notes.tsx';
import { Time } from '../ui/time.tsx';
import { isHidden } from '../undo/state.ts';
import { createDrafts } from './drafts-state.ts';

/** Below a new text: the drafts one may want to go on with. */
export const Drafts = () => {
  const { drafts, failure, load } = useMemo(createDrafts, []);
  useEffect(() => void load(), []);
  const shown = drafts.value?.filter(({ id }) => !isHidden(id));
  return (
    <section class="drafts">
      <h2>Your drafts</h2>
      {failure.value && <ErrorNote>{failure.value}</ErrorNote>}
      {shown?.length === 0 && (
        <p class="field-hint">No drafts. What you save above without publishing waits here.</p>
      )}
      <ul>
        {shown?.map((card) => (
          <li key={card.id}>
            <a href={`/write/${card.id}`}>{card.title}</a>
            <span>
              changed <Time at={card.updatedAt} format="ago" />
            </span>
          </li>
        ))}
      </ul>
      <p>
        Several articles that belong together make a course. <a href="/write/course">New course</a>
      </p>
    </section>
  );
};
