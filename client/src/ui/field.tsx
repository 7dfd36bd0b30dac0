import type { ComponentChildren, InputHTMLAttributes } from 'preact';
import { useId } from 'preact/hooks';
import { ErrorNote } from './notes.tsx';

type Props = {
  label: string;
  hint?: ComponentChildren;
  error?: string | undefined;
  onValue: (value: string) => void;
} & InputHTMLAttributes;

/** A labelled line of input; what is wrong with it stands right below. */
export const Field = ({ label, hint, error, onValue, ...input }: Props) => {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="input"
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={described || undefined}
        onInput={(event) => onValue(event.currentTarget.value)}
        {...input}
      />
      {error && <ErrorNote id={`${id}-error`}>{error}</ErrorNote>}
      {hint && (
        <div class="field-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
    </div>
  );
};
