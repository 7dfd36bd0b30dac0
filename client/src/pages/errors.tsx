import { useLocation } from 'preact-iso';
import { signInLink } from '../accounts/sign-in-links.ts';
import { Page } from '../shell/page.tsx';
import { OfflinePage } from './offline.tsx';

const WORDS: Record<number, { title: string; text: string }> = {
  401: { title: 'Please log in', text: 'This page is for members who are logged in.' },
  403: { title: 'Not for you', text: 'You may not see this page.' },
  404: {
    title: 'Nothing here',
    text: 'There is no such page. It may have been moved, deleted, or the address has a typo.',
  },
  429: { title: 'One moment', text: 'Too many requests came from you. Wait a little and reload.' },
  503: { title: 'Back in a moment', text: 'The site is busy or restarting. Reload in a moment.' },
};
const OTHER = {
  title: 'Something broke',
  text: 'The page could not be shown. The failure was noted; reload to try again.',
};

/** A whole page that says what went wrong and where to go on. */
export const ErrorPage = ({ status }: { status: number }) => {
  const { path } = useLocation();
  if (status === 0) return <OfflinePage />;
  const words = WORDS[status] ?? OTHER;
  return (
    <Page title={words.title} width="bare" class="error-page">
      <p class="error-status">{status}</p>
      <h1 class="page-title">{words.title}</h1>
      <p>{words.text}</p>
      {status === 401 && path.startsWith('/write') && (
        <p>What you typed is kept in this browser, and is there again when you are logged in.</p>
      )}
      <p class="error-ways">
        {status === 401 && (
          <a class="button" href={signInLink('/login', path)}>
            Log in
          </a>
        )}
        <a class={status === 401 ? 'button outline' : 'button'} href="/">
          Go to the home page
        </a>
      </p>
    </Page>
  );
};

export const NotFound = () => <ErrorPage status={404} />;
