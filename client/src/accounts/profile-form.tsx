import { useState } from 'preact/hooks';
import type { Me } from '../../../src/accounts/contract.ts';
import { Field } from '../ui/field.tsx';
import { ErrorNote } from '../ui/notes.tsx';
import { changeMe } from './settings-state.ts';
import { viewer } from './state.ts';

const BIO_MAX = 300;

/** How others see me. */
export const ProfileForm = () => (
  <section aria-labelledby="set-profile">
    <h2 id="set-profile">Profile</h2>
    {viewer.value && <Form me={viewer.value} />}
  </section>
);

const Form = ({ me }: { me: Me }) => {
  const [name, setName] = useState(me.name);
  const [bio, setBio] = useState(me.bio);
  const [note, setNote] = useState<{ error: string | null } | null>(null);
  const changed = name.trim() !== me.name || bio !== me.bio;
  const save = async () => setNote({ error: await changeMe({ name: name.trim(), bio }) });
  return (
    <form
      class="settings-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field
        label="Name"
        autocomplete="name"
        required
        maxLength={60}
        value={name}
        onValue={setName}
      />
      <Bio value={bio} onValue={setBio} />
      {note?.error && <ErrorNote>{note.error}</ErrorNote>}
      <p class="settings-save">
        <button type="submit" class="button" disabled={!changed || name.trim() === ''}>
          Save profile
        </button>
        <span role="status">{note && !note.error && !changed ? 'Saved.' : ''}</span>
      </p>
    </form>
  );
};

const Bio = ({ value, onValue }: { value: string; onValue: (value: string) => void }) => (
  <div class="field">
    <label for="bio">About you</label>
    <textarea
      id="bio"
      class="input"
      rows={3}
      maxLength={BIO_MAX}
      value={value}
      onInput={(event) => onValue(event.currentTarget.value)}
    />
    <span class="field-hint">{BIO_MAX - value.length} characters left</span>
  </div>
);
