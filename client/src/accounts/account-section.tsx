import { useState } from 'preact/hooks';
import { ErrorNote } from '../ui/notes.tsx';
import { PasswordField } from './password-field.tsx';
import { changePassword, sendProofAgain } from './recovery-state.ts';
import { viewer } from './state.ts';

/** The address of the account, and its password. */
export const AccountSection = () => (
  <section aria-labelledby="set-account">
    <h2 id="set-account">Account</h2>
    <Email />
    <Password />
  </section>
);

const Email = () => {
  const me = viewer.value;
  const [note, setNote] = useState<{ sent: boolean; error: string | null } | null>(null);
  if (!me) return null;
  const send = async () => {
    const error = await sendProofAgain();
    setNote({ sent: error === null, error });
  };
  return (
    <div class="settings-email">
      <p>
        {me.email} {me.emailVerified ? 'is confirmed.' : 'is not confirmed yet.'}
      </p>
      {!me.emailVerified && (
        <button type="button" class="button outline small" onClick={() => void send()}>
          Mail the link again
        </button>
      )}
      <span role="status">{note?.sent && 'Sent. Look into your mail.'}</span>
      {note?.error && <ErrorNote>{note.error}</ErrorNote>}
    </div>
  );
};

const Password = () => {
  const me = viewer.value;
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [note, setNote] = useState<{ done: boolean; error: string | null } | null>(null);
  const change = async () => {
    const error = await changePassword(current, next);
    setNote({ done: error === null, error });
    if (error) return;
    setCurrent('');
    setNext('');
  };
  return (
    <details>
      <summary>Change password</summary>
      <form
        class="settings-form"
        onSubmit={(event) => {
          event.preventDefault();
          void change();
        }}
      >
        <PasswordField
          label="Present password"
          autocomplete="current-password"
          value={current}
          onValue={setCurrent}
        />
        <PasswordField
          label="New password"
          autocomplete="new-password"
          meter={[me?.username ?? '', me?.email.split('@')[0] ?? '']}
          error={note?.error ?? undefined}
          value={next}
          onValue={setNext}
        />
        <p class="settings-save">
          <button type="submit" class="button outline" disabled={!current || !next}>
            Change password
          </button>
          <span role="status">{note?.done && 'Changed. Other devices are logged out.'}</span>
        </p>
      </form>
    </details>
  );
};
