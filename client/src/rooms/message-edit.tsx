import { useEffect, useRef, useState } from 'preact/hooks';
import type { Message } from '../../../src/rooms/contract.ts';
import { useAct } from '../people/actions.tsx';
import { ErrorNote } from '../ui/notes.tsx';
import { edit } from './acts.ts';
import { BODY_MAX, isTouch, useAutoGrow } from './text-field.ts';

type Props = { message: Message; onDone: () => void };

/** My message where it stands, open to change: Enter saves, Escape leaves it as it was. */
export const MessageEdit = ({ message, onDone }: Props) => {
  const [body, setBody] = useState(message.body);
  const { act, busy, error } = useAct();
  const done = () => {
    onDone();
    document.querySelector<HTMLElement>('.composer-field')?.focus();
  };
  const save = () => {
    const wanted = body.trim();
    if (wanted === '' || wanted === message.body) return done();
    act(async () => {
      await edit(message, wanted);
      done();
    });
  };
  return (
    <form
      class="message-edit"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <EditField body={body} onBody={setBody} onSave={save} onCancel={done} />
      {error && <ErrorNote>{error}</ErrorNote>}
      <p class="message-edit-acts">
        <button type="submit" class="button small" disabled={busy || body.trim() === ''}>
          {busy ? 'Saving' : 'Save'}
        </button>
        <button type="button" class="button quiet small" onClick={done}>
          Cancel
        </button>
      </p>
    </form>
  );
};

type FieldProps = {
  body: string;
  onBody: (body: string) => void;
  onSave: () => void;
  onCancel: () => void;
};

const EditField = ({ body, onBody, onSave, onCancel }: FieldProps) => {
  const field = useRef<HTMLTextAreaElement>(null);
  useAutoGrow(field, body);
  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(body.length, body.length);
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      onCancel();
    }
    if (event.key !== 'Enter' || event.shiftKey || isTouch()) return;
    event.preventDefault();
    onSave();
  };
  return (
    <textarea
      ref={field}
      rows={1}
      maxLength={BODY_MAX}
      class="input"
      aria-label="Edit message"
      value={body}
      onInput={(event) => onBody(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  );
};
