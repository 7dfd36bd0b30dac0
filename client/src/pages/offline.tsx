import { useEffect } from 'preact/hooks';
import { Page } from '../shell/page.tsx';
import { Time } from '../ui/time.tsx';
import { findReadable, readable, whenBack } from './offline-state.ts';

const TITLE = 'You are offline';

/** Instead of a page that needs the server; it goes away by itself when the server is back. */
export const OfflinePage = () => {
  useEffect(() => {
    void findReadable();
    // Opened by its own address there is nothing to come back to but the site.
    return whenBack(() =>
      location.pathname === '/offline' ? location.replace('/') : location.reload(),
    );
  }, []);
  return (
    <Page title={TITLE} width="bare" class="error-page">
      <h1 class="page-title">{TITLE}</h1>
      <p>
        This page is not kept on this device, and the server does not answer. It opens by itself as
        soon as the connection is back.
      </p>
      <p class="error-ways">
        <button type="button" class="button" onClick={() => location.reload()}>
          Try again
        </button>
      </p>
      <Readable />
    </Page>
  );
};

const Readable = () => {
  const pages = readable.value ?? [];
  if (pages.length === 0) return null;
  return (
    <section class="kept-pages" aria-labelledby="kept-title">
      <h2 id="kept-title">Readable now</h2>
      <ul>
        {pages.map(({ path, title, at }) => (
          <li key={path}>
            <a href={path}>{title}</a>
            <span>
              kept <Time at={at} format="ago" />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
};
