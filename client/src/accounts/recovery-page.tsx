import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { Page } from '../shell/page.tsx';
import { Field } from '../ui/field.tsx';
import { ErrorNote } from '../ui/notes.tsx';
import { PasswordField } from './password-field.tsx';
import { askForReset, setNewPassword, verifyEmail } from './recovery-state.ts';
import './sign-in.css';

/** One thing is asked, and afterwards one sentence says what follows from it. */
function useOneAct(): {
  state: 'asking' | 'busy' | 'done';
  error: string | null;
  run: (act: () => Promise<string | null>) => void;
} {
  const [state, setState] = useState<'asking' | 'busy' | 'done'>('asking');
  const [error, setError] = useState<string | null>(null);
  const run = (act: () => Promise<string | null>) => {
    setState('busy');
    void act().then((failed) => {
      setError(failed);
      setState(failed ? 'asking' : 'done');
    });
  };
  return { state, error, run };
}

export const ForgotPage = () => {
  const [email, setEmail] = useState('');
  const { state, error, run } = useOneAct();
  return (
    <Page title="Forgot password" width="bare" class="sign-in-page">
      <h1 class="page-title">Set a new password</h1>
      {state === 'done' ? (
        <p role="status">
          If there is an account with {email}, a link is on its way to it. It works for one hour.
        </p>
      ) : (
        <form
          class="sign-in"
          onSubmit={(event) => {
            event.preventDefault();
            run(() => askForReset(email));
          }}
        >
          {error && <ErrorNote>{error}</ErrorNote>}
          <Field
            label="Email of your account"
            name="email"
            type="email"
            autocomplete="email"
            required
            value={email}
            onValue={setEmail}
          />
          <button type="submit" class="button" disabled={state === 'busy'}>
            Mail me a link
          </button>
        </form>
      )}
      <p class="sign-in-other">
        <a href="/login">Back to log in</a>
      </p>
    </Page>
  );
};

export const ResetPage = () => {
  const { query } = useLocation();
  const [password, setPassword] = useState('');
  const { state, error, run } = useOneAct();
  return (
    <Page title="New password" width="bare" class="sign-in-page">
      <h1 class="page-title">Choose a new password</h1>
      {state === 'done' ? (
        <p role="status">
          Your new password is set, and every device is logged out.{' '}
          <a href="/login">Log in with it</a>
        </p>
      ) : (
        <form
          class="sign-in"
          onSubmit={(event) => {
            event.preventDefault();
            run(() => setNewPassword(query['token'] ?? '', password));
          }}
        >
          {error && (
            <ErrorNote>
              {error} <a href="/forgot">Ask for a new link</a>
            </ErrorNote>
          )}
          <PasswordField
            label="New password"
            autocomplete="new-password"
            meter={[]}
            value={password}
            onValue={setPassword}
          />
          <button type="submit" class="button" disabled={state === 'busy'}>
            Set password
          </button>
        </form>
      )}
    </Page>
  );
};

export const VerifyPage = () => {
  const { query } = useLocation();
  const { state, error, run } = useOneAct();
  useEffect(() => run(() => verifyEmail(query['token'] ?? '')), []);
  return (
    <Page title="Confirm your email" width="bare" class="sign-in-page">
      <h1 class="page-title">Confirm your email</h1>
      <div role="status">
        {state === 'busy' && <p>One moment…</p>}
        {state === 'done' && (
          <p>
            Your address is confirmed. <a href="/">Go on to the articles</a>
          </p>
        )}
        {error && (
          <ErrorNote>
            {error} You can send a new link from your <a href="/settings">settings</a>.
          </ErrorNote>
        )}
      </div>
    </Page>
  );
};
