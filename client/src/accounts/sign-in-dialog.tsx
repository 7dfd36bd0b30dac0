import { useState } from 'preact/hooks';
import { Dialog } from '../ui/dialog.tsx';
import { asking } from './ask-sign-in.ts';
import { LogInForm, SignUpForm } from './sign-in.tsx';

/** Logging in where one stands: what was typed stays, and is sent right after. */
export const SignInDialog = () => {
  const [joining, setJoining] = useState(false);
  const ask = asking.value;
  if (!ask) return null;
  const done = () => ask.answer(true);
  return (
    <Dialog
      title={`${joining ? 'Join' : 'Log in'} to ${ask.reason}`}
      onClose={() => ask.answer(false)}
    >
      {joining ? <SignUpForm done={done} /> : <LogInForm done={done} />}
      <p class="sign-in-other">
        {joining ? 'Already a member? ' : 'New here? '}
        <button type="button" class="text-button" onClick={() => setJoining(!joining)}>
          {joining ? 'Log in' : 'Join Lyceum'}
        </button>
      </p>
    </Dialog>
  );
};
