import { Ellipsis } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { IconButton } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Popover } from '../ui/popover.tsx';
import type { Writing } from './writing.ts';

/** What state the text is in, and what can be done with it. */
export const WriteBar = ({ writing }: { writing: Writing }) => {
  const [asking, setAsking] = useState(false);
  const { route } = useLocation();
  const stored = writing.stored.value;
  const { title, body } = writing.draft.value;
  const blocked =
    writing.phase.value === 'saving' ||
    writing.conflict.value !== null ||
    title.trim() === '' ||
    body.trim() === '';
  const live = stored?.state === 'published';
  const publish = async () => {
    if (!(await writing.publish())) return;
    const slug = writing.stored.peek()?.slug;
    if (slug && !writing.conflict.peek()) route(`/a/${slug}`);
  };
  const save = () => void writing.save();
  useSaveKey(() => !blocked && save());
  const remove = async () => {
    setAsking(false);
    if (await writing.remove()) route('/');
  };
  return (
    <header class="write-bar">
      <p role="status">{wordsFor(writing)}</p>
      {stored && (
        <Popover
          label="More"
          class="menu"
          trigger={(props) => <IconButton icon={Ellipsis} label="More" {...props} />}
        >
          {(close) => (
            <>
              <a class="menu-item" href={`/a/${stored.slug}`}>
                View the page
              </a>
              {live && (
                <button
                  type="button"
                  class="menu-item"
                  onClick={() => {
                    close();
                    void writing.unpublish();
                  }}
                >
                  Back to draft
                </button>
              )}
              <button
                type="button"
                class="menu-item danger"
                onClick={() => {
                  close();
                  setAsking(true);
                }}
              >
                Delete…
              </button>
            </>
          )}
        </Popover>
      )}
      {!live && (
        <button
          type="button"
          class="button outline"
          disabled={blocked || !writing.changed.value}
          onClick={save}
        >
          Save draft
        </button>
      )}
      <button
        type="button"
        class="button"
        disabled={blocked || (live && !writing.changed.value)}
        onClick={() => void publish()}
      >
        {live ? 'Update' : 'Publish'}
      </button>
      {asking && (
        <Dialog title="Delete this article?" onClose={() => setAsking(false)}>
          <p>“{stored?.title}” and the responses under it are gone for good.</p>
          <p class="dialog-foot">
            <button type="button" class="button outline" onClick={() => setAsking(false)}>
              Keep it
            </button>
            <button type="button" class="button danger" onClick={() => void remove()}>
              Delete
            </button>
          </p>
        </Dialog>
      )}
    </header>
  );
};

function wordsFor(writing: Writing): string {
  const stored = writing.stored.value;
  if (writing.phase.value === 'saving') return 'Saving…';
  if (writing.conflict.value) return 'Two versions';
  if (writing.changed.value) {
    return stored ? 'Changes kept in this browser' : 'New text, kept in this browser';
  }
  if (!stored) return 'New article';
  return stored.state === 'published' ? 'Published' : 'Draft saved';
}

/** Ctrl/Cmd+S saves, as hands expect. */
function useSaveKey(save: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 's' || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      save();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
}
