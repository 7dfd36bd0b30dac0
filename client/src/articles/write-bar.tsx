import { Ellipsis } from 'lucide';
import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { IconButton } from '../ui/button.tsx';
import { Popover } from '../ui/popover.tsx';
import { historyPath } from './history-path.ts';
import type { Stored } from './journal.ts';
import type { Writing } from './writing.ts';

type Props = { writing: Writing };

/** What state the text is in, and what can be done with it. */
export const WriteBar = ({ writing }: Props) => (
  <header class="write-bar">
    <p role="status">{wordsFor(writing)}</p>
    {writing.stored.value && <More writing={writing} stored={writing.stored.value} />}
    <StoreButtons writing={writing} />
  </header>
);

function wordsFor(writing: Writing): string {
  const stored = writing.stored.value;
  if (writing.phase.value === 'saving') return 'Saving…';
  if (writing.conflict.value) return 'Two versions';
  if (writing.unkept.value) return 'This browser keeps nothing: save before you leave';
  if (writing.changed.value) {
    return stored ? 'Changes kept in this browser' : 'New text, kept in this browser';
  }
  if (!stored) return 'New article';
  return stored.state === 'published' ? 'Published' : 'Draft saved';
}

const mayStore = ({ phase, conflict, draft }: Writing): boolean =>
  phase.value === 'ready' &&
  conflict.value === null &&
  draft.value.title.trim() !== '' &&
  draft.value.body.trim() !== '';

const StoreButtons = ({ writing }: Props) => {
  const { route } = useLocation();
  const live = writing.stored.value?.state === 'published';
  const allowed = mayStore(writing);
  const changed = writing.changed.value;
  const publish = async () => {
    if (!(await writing.publish())) return;
    const slug = writing.stored.peek()?.slug;
    if (slug) route(`/a/${slug}`);
  };
  const save = () => void writing.save();
  useSaveKey(() => allowed && save());
  return (
    <>
      {!live && (
        <button type="button" class="button outline" disabled={!allowed || !changed} onClick={save}>
          Save draft
        </button>
      )}
      <button
        type="button"
        class="button"
        disabled={!allowed || (live && !changed)}
        onClick={() => void publish()}
      >
        {live ? 'Update' : 'Publish'}
      </button>
    </>
  );
};

const More = ({ writing, stored }: Props & { stored: Stored }) => {
  const { route } = useLocation();
  return (
    <>
      <Popover
        label="More"
        class="menu"
        trigger={(props) => <IconButton icon={Ellipsis} label="More" {...props} />}
      >
        {(close) => (
          <MoreItems
            stored={stored}
            unpublish={() => {
              close();
              void writing.unpublish();
            }}
            remove={() => {
              close();
              writing.remove();
              route('/');
            }}
          />
        )}
      </Popover>
    </>
  );
};

type ItemsProps = { stored: Stored; unpublish: () => void; remove: () => void };
const MoreItems = ({ stored, unpublish, remove }: ItemsProps) => (
  <>
    <a class="menu-item" href={`/a/${stored.slug}`}>
      View the page
    </a>
    <a class="menu-item" href={historyPath(stored.slug)}>
      History
    </a>
    {stored.state === 'published' && (
      <button type="button" class="menu-item" onClick={unpublish}>
        Back to draft
      </button>
    )}
    <button type="button" class="menu-item danger" onClick={remove}>
      Delete
    </button>
  </>
);

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
