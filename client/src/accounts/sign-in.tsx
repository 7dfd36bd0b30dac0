import { useMemo, useState } from 'preact/hooks';
import { Field } from '../ui/field.tsx';
import { ErrorNote } from '../ui/notes.tsx';
import { PasswordField } from './password-field.tsx';
import { logInForm, signUpForm } from './sign-in-form.ts';
import './sign-in.css';

type Props = { done: () => void };

export const LogInForm = ({ done }: Props) => {
  const form = useMemo(logInForm, []);
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const errors = form.errors.value;
  return (
    <form
      class="sign-in"
      onSubmit={(event) => {
        event.preventDefault();
        void form.submit({ login, password }).then((signedIn) => signedIn && done());
      }}
    >
      {errors[''] && <ErrorNote>{errors['']}</ErrorNote>}
      <Field
        label="Username or email"
        name="username"
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
        required
        value={login}
        onValue={setLogin}
      />
      <PasswordField autocomplete="current-password" value={password} onValue={setPassword} />
      <button type="submit" class="button" disabled={form.busy.value}>
        Log in
      </button>
    </form>
  );
};

export const SignUpForm = ({ done }: Props) => {
  const form = useMemo(signUpForm, []);
  const [username, setUsername] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const errors = form.errors.value;
  return (
    <form
      class="sign-in"
      onSubmit={(event) => {
        event.preventDefault();
        void form.submit({ username, email, password }).then((signedIn) => signedIn && done());
      }}
    >
      {errors[''] && <ErrorNote>{errors['']}</ErrorNote>}
      <UsernameField error={errors['username']} value={username} onValue={setUsername} />
      <Field
        label="Email"
        name="email"
        type="email"
        autocomplete="email"
        required
        hint="Nobody else sees it."
        error={errors['email']}
        value={email}
        onValue={setEmail}
      />
      <PasswordField
        autocomplete="new-password"
        error={errors['password']}
        meter={[username, email.split('@')[0] ?? '']}
        value={password}
        onValue={setPassword}
      />
      <button type="submit" class="button" disabled={form.busy.value}>
        Join Lyceum
      </button>
    </form>
  );
};

type UsernameProps = {
  value: string;
  onValue: (value: string) => void;
  error: string | undefined;
};
const UsernameField = (props: UsernameProps) => (
  <Field
    label="Username"
    name="username"
    autocomplete="username"
    autocapitalize="none"
    spellcheck={false}
    required
    pattern="[A-Za-z0-9_]{3,24}"
    title="3 to 24 letters, digits or _"
    hint="3 to 24 letters, digits or _. It is your address here."
    {...props}
  />
);
