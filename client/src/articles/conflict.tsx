import { Time } from '../ui/time.tsx';
import type { Writing } from './writing.ts';

/** Both versions side by side; neither is lost until the author decides. */
export const Conflict = ({ writing }: { writing: Writing }) => {
  const theirs = writing.conflict.value;
  const mine = writing.draft.value;
  if (!theirs) return null;
  return (
    <section class="conflict" aria-labelledby="conflict-title">
      <h2 id="conflict-title">This text was changed elsewhere</h2>
      <p>
        While you wrote, another version was saved <Time at={theirs.updatedAt} format="ago" />. Go
        on with yours (saving it replaces the other; the history keeps both) or take the saved one.
      </p>
      <div class="conflict-sides">
        <div>
          <h3>Yours</h3>
          <p class="conflict-heading">{mine.title}</p>
          <textarea class="input" readOnly rows={16} aria-label="Your text" value={mine.body} />
          <button type="button" class="button" onClick={writing.keepMine}>
            Go on with mine
          </button>
        </div>
        <div>
          <h3>Saved</h3>
          <p class="conflict-heading">{theirs.title}</p>
          <textarea
            class="input"
            readOnly
            rows={16}
            aria-label="The saved text"
            value={theirs.body ?? ''}
          />
          <button type="button" class="button outline" onClick={() => void writing.takeTheirs()}>
            Take the saved one
          </button>
        </div>
      </div>
    </section>
  );
};
