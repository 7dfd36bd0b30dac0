import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Field } from '../ui/field.tsx';
import { ErrorNote } from '../ui/notes.tsx';
import { PasswordField } from './password-field.tsx';
import { type FormErrors, logInForm, signUpForm } from './sign-in-form.ts';
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
  const box = useRef<HTMLFormElement>(null);
  useFirstWrong(box, errors);
  return (
    <form
      ref={box}
      class="sign-in"
      // What is wrong stands below its field, in our words.
      noValidate
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

/** After a try that failed, one goes on in the first field that has to change. */
function useFirstWrong(form: { current: HTMLFormElement | null }, errors: FormErrors): void {
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);
}

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
    hint="3 to 24 letters, digits or _. It is your address here."
    {...props}
  />
);
