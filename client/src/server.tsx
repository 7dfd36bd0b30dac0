import { LocationProvider } from 'preact-iso';
import { renderToString } from 'preact-render-to-string';
import type { RenderPage } from '../../src/pages/contract.ts';
import { App, preloadFor } from './app.tsx';
import { now } from './pages/clock.ts';
import { headOf } from './pages/head.ts';
import { beginPage, takenOver } from './pages/state.ts';
import { railTags, showTags, theme } from './shell/state.ts';

// Rendering never pauses: what it may need is there before.
await preloadFor('history');

const stay = () => undefined;

/** One page as HTML. It runs without a pause, so no two readers' pages ever mix. */
export const render: RenderPage = (path, data) => {
  const { pathname, search, searchParams } = new URL(path, 'http://page');
  const here = pathname.replace(/\/+$/, '') || '/';
  takenOver.value = false;
  now.value = Date.now();
  theme.value = data.theme;
  railTags.value = [];
  if (data.content.page === 'home') showTags(data.content.tags);
  beginPage(here, data);
  const location = {
    url: pathname + search,
    path: here,
    query: Object.fromEntries(searchParams),
    route: stay,
    back: stay,
    forward: stay,
    wasPush: false,
  };
  const html = renderToString(
    <LocationProvider.ctx.Provider value={location}>
      <App />
    </LocationProvider.ctx.Provider>,
  );
  return { html, head: headOf(here, data) };
};
