import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { Page } from '../shell/page.tsx';
import { LogInForm, SignUpForm } from './sign-in.tsx';
import { viewer } from './state.ts';

/** Only a place of this site is gone back to; anything else could lead a reader astray. */
const safePlace = (to: string | undefined): string => {
  if (!to || typeof location === 'undefined') return '/';
  const url = new URL(to, location.origin);
  return url.origin === location.origin ? url.pathname + url.search + url.hash : '/';
};

/** Where to go after signing in; those who are signed in already go there at once. */
function useReturn(): () => void {
  const { query, route } = useLocation();
  const back = () => route(safePlace(query['next']), true);
  useEffect(() => {
    if (viewer.peek()) back();
  }, []);
  return back;
}

const withNext = (path: string, next: string | undefined): string =>
  next ? `${path}?next=${encodeURIComponent(next)}` : path;

export const LogInPage = () => {
  const back = useReturn();
  const { query } = useLocation();
  return (
    <Page title="Log in" width="bare" class="sign-in-page">
      <h1 class="page-title">Log in</h1>
      <LogInForm done={back} />
      <p class="sign-in-other">
        New here? <a href={withNext('/join', query['next'])}>Join Lyceum</a>
        <br />
        <a href="/forgot">Forgot your password?</a>
      </p>
    </Page>
  );
};

export const JoinPage = () => {
  const back = useReturn();
  const { query } = useLocation();
  return (
    <Page title="Join" width="bare" class="sign-in-page">
      <h1 class="page-title">Join Lyceum</h1>
      <p class="sign-in-lead">One step, then you can write, respond and chat.</p>
      <SignUpForm done={back} />
      <p class="sign-in-other">
        Already a member? <a href={withNext('/login', query['next'])}>Log in</a>
      </p>
    </Page>
  );
};
