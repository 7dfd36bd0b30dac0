import { useEffect, useMemo } from 'preact/hooks';
import { EmptyNote, ErrorNote } from '../ui/notes.tsx';
import { Time } from '../ui/time.tsx';
import { isHidden } from '../undo/state.ts';
import { createDrafts } from './drafts-state.ts';

/** Below a new text: the drafts one may want to go on with. */
export const Drafts = ({ onBegin }: { onBegin: () => void }) => {
  const { drafts, failure, load } = useMemo(createDrafts, []);
  useEffect(() => void load(), []);
  const shown = drafts.value?.filter(({ id }) => !isHidden(id));
  return (
    <section class="drafts">
      <h2>Your drafts</h2>
      {failure.value && <ErrorNote>{failure.value}</ErrorNote>}
      {shown?.length === 0 && (
        <EmptyNote
          quiet
          title="No drafts."
          action={
            <button type="button" class="button outline small" onClick={onBegin}>
              Begin one
            </button>
          }
        >
          What you save above without publishing waits here.
        </EmptyNote>
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
