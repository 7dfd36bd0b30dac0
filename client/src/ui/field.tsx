import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { ErrorNote } from './notes.tsx';

type Props = {
  label: string;
  hint?: ComponentChildren;
  error?: string | undefined;
  value: string;
  onValue: (value: string) => void;
  name?: string;
  type?: 'text' | 'email' | 'password';
  autocomplete?: 'username' | 'email' | 'new-password' | 'current-password' | 'name' | 'off';
  autocapitalize?: 'none' | 'sentences';
  spellcheck?: boolean;
  required?: boolean;
  pattern?: string;
  title?: string;
  placeholder?: string;
  maxLength?: number;
  autofocus?: boolean;
};

/** A labelled line of input; what is wrong with it stands right below. */
export const Field = ({ label, hint, error, onValue, type = 'text', ...input }: Props) => {
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
        {...(input as object)}
        type={type as 'text'}
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
