import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import { NotFound } from '../pages/errors.tsx';
import { Page } from '../shell/page.tsx';
import { ErrorNote, RestoredNote } from '../ui/notes.tsx';
import { Conflict } from './conflict.tsx';
import { Drafts } from './drafts.tsx';
import { createPreview } from './preview.ts';
import { Prose } from './prose.tsx';
import { WriteBar } from './write-bar.tsx';
import { WriteFields } from './write-fields.tsx';
import { createWriting, type Writing } from './writing.ts';
import './write.css';

export const WritePage = () => {
  const { params } = useRoute();
  const writing = useWriting(params['id'] ?? null);
  if (writing.phase.value === 'absent') return <NotFound />;
  return <Desk key={writing.key} writing={writing} />;
};

/** A new text keeps its desk when its first save gives it an address. */
function useWriting(id: string | null): Writing {
  const desk = useRef<{ id: string | null; writing: Writing } | undefined>(undefined);
  const now = desk.current;
  // The first save gave the text its address, and now the page has it too.
  if (now && id !== null && id === now.writing.stored.peek()?.id) now.id = id;
  if (now?.id !== id) desk.current = { id, writing: createWriting(id) };
  const { writing } = desk.current as { writing: Writing };
  useEffect(() => {
    void writing.load();
    const stay = (event: BeforeUnloadEvent) => writing.unkept.peek() && event.preventDefault();
    addEventListener('pagehide', writing.flush);
    addEventListener('beforeunload', stay);
    return () => {
      removeEventListener('pagehide', writing.flush);
      removeEventListener('beforeunload', stay);
      writing.close();
    };
  }, [writing]);
  return writing;
}

const Desk = ({ writing }: { writing: Writing }) => {
  const { route } = useLocation();
  const stored = writing.stored.value;
  useEffect(() => {
    if (stored && location.pathname === '/write') route(`/write/${stored.id}`, true);
  }, [stored?.id]);
  const title = stored ? `Edit: ${stored.title}` : 'Write';
  if (writing.phase.value === 'loading') {
    return (
      <Page title="" width="wide" class="write-page">
        {writing.failure.value && <ErrorNote>{writing.failure.value}</ErrorNote>}
      </Page>
    );
  }
  return (
    <Page title={title} width="wide" class="write-page">
      <h1 class="visually-hidden">{title}</h1>
      <WriteBar writing={writing} />
      <Notes writing={writing} />
      {writing.conflict.value ? <Conflict writing={writing} /> : <Sides writing={writing} />}
      {!stored && <Drafts onBegin={focusTitle} />}
    </Page>
  );
};

const focusTitle = (): void => document.querySelector<HTMLElement>('.write-title')?.focus();

const SIDES = [
  ['text', 'Text'],
  ['preview', 'Preview'],
] as const;

/** Side by side where there is room, one at a time where there is not. */
const Sides = ({ writing }: { writing: Writing }) => {
  const [side, setSide] = useState<'text' | 'preview'>('text');
  return (
    <>
      <div class="tabs write-tabs" role="tablist" aria-label="Sides of the desk">
        {SIDES.map(([name, word]) => (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={side === name}
            onClick={() => setSide(name)}
          >
            {word}
          </button>
        ))}
      </div>
      <div class={`write-sides ${side}`}>
        <WriteFields writing={writing} />
        <PreviewSide writing={writing} />
      </div>
    </>
  );
};

const Notes = ({ writing }: { writing: Writing }) => (
  <>
    {writing.failure.value && <ErrorNote>{writing.failure.value}</ErrorNote>}
    {writing.restored.value && !writing.conflict.value && (
      <RestoredNote onDiscard={() => void writing.discard()} />
    )}
  </>
);

const PreviewSide = ({ writing }: { writing: Writing }) => {
  const { preview, failure, show } = useMemo(createPreview, []);
  const { title, body } = writing.draft.value;
  useEffect(() => show(body), [body]);
  return (
    <section class="write-preview" aria-label="Preview">
      {title && <p class="write-preview-title">{title}</p>}
      {preview.value ? (
        <>
          <p class="article-facts">{preview.value.minutes} min read</p>
          <Prose html={preview.value.html} />
        </>
      ) : (
        !body.trim() && <p class="field-hint">Your text appears here as readers will see it.</p>
      )}
      {failure.value && <ErrorNote>No preview: {failure.value}</ErrorNote>}
    </section>
  );
};
