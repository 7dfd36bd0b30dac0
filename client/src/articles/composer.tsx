import { useEffect, useRef, useState } from 'preact/hooks';
import type { Person } from '../../../src/accounts/contract.ts';
import { ensureSignedIn } from '../accounts/ask-sign-in.ts';
import { viewer } from '../accounts/state.ts';
import { CompletionList } from '../rooms/completion-list.tsx';
import { keepDraft, readDraft } from '../rooms/drafts.ts';
import { completionProps, useCompletion } from '../rooms/use-completion.ts';
import { Avatar } from '../ui/avatar.tsx';

/** The contract's limit for a response. */
const RESPONSE_MAX = 25_000;
/** Near the limit the rest is counted. */
const COUNT_FROM = 24_000;

type Props = {
  /** What the draft is kept under, over reloads. */
  draftKey: string;
  label: string;
  placeholder: string;
  /** Whom one may mention. */
  people: () => readonly Person[];
  /** Opened by the reader: it takes the focus, and can be closed. */
  onClose?: () => void;
  send: (body: string) => Promise<void>;
};

/** Where a response is written. Visitors may write too; sending asks them to log in, in place. */
export const Composer = ({ draftKey, label, placeholder, people, onClose, send }: Props) => {
  const { body, setBody, area } = useDraft(draftKey);
  const completion = useCompletion(people, area, setBody);
  const [focused, setFocused] = useState(false);
  const open = focused || body !== '' || onClose !== undefined;
  useOpened(area, onClose !== undefined);

  const submit = async () => {
    const text = body.trim();
    if (!text || text.length > RESPONSE_MAX || !(await ensureSignedIn('send your response')))
      return;
    setBody('');
    onClose?.();
    await send(text);
  };
  const press = (event: KeyboardEvent) => {
    // While an input method composes, its keys are its own.
    if (event.isComposing) return;
    const sends = event.metaKey || event.ctrlKey;
    if (!sends && completion.key(event)) return event.preventDefault();
    if (event.key === 'Enter' && sends) void submit();
    if (event.key === 'Escape' && body === '') onClose?.();
  };
  return (
    <form
      class={`composer ${open ? 'open' : ''}`}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {!onClose && viewer.value && <Avatar person={viewer.value} />}
      <div class="composer-box">
        <CompletionList completion={completion} />
        <textarea
          {...completionProps(completion)}
          ref={area}
          data-key={onClose ? undefined : 'reply'}
          aria-label={label}
          placeholder={placeholder}
          rows={open ? 3 : 1}
          value={body}
          onFocus={() => setFocused(true)}
          onBlur={() => {
            setFocused(false);
            completion.close();
          }}
          onInput={(event) => {
            setBody(event.currentTarget.value);
            completion.look();
          }}
          onKeyDown={press}
        />
        <Foot body={body} onClose={onClose} />
      </div>
    </form>
  );
};

const Foot = ({ body, onClose }: { body: string; onClose: Props['onClose'] }) => (
  <div class="composer-foot">
    <span class="field-hint">
      {body.length > COUNT_FROM
        ? `${RESPONSE_MAX - body.length} left`
        : '**bold**, `code` and links work'}
    </span>
    {onClose && (
      <button type="button" class="button quiet small" onClick={onClose}>
        Cancel
      </button>
    )}
    <button
      type="submit"
      class="button small"
      disabled={body.trim() === '' || body.length > RESPONSE_MAX}
    >
      Respond
    </button>
  </div>
);

type Area = { current: HTMLTextAreaElement | null };

/** A box that the reader asked for is in sight and ready to type in. */
function useOpened(area: Area, asked: boolean): void {
  useEffect(() => {
    if (!asked) return;
    area.current?.focus();
    area.current?.form?.scrollIntoView({ block: 'nearest' });
  }, []);
}

/** What was typed survives a reload; the box is as high as its text. */
function useDraft(key: string) {
  const [body, show] = useState('');
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => show(readDraft(key).body), [key]);
  useEffect(() => {
    const box = area.current;
    if (!box) return;
    box.style.setProperty('height', 'auto');
    if (body) box.style.setProperty('height', `${box.scrollHeight}px`);
  }, [body]);
  const setBody = (text: string) => {
    show(text);
    keepDraft(key, { body: text, replyTo: null });
  };
  return { body, setBody, area };
}
