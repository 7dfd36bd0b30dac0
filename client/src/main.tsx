import { hydrate } from 'preact';
import { ErrorBoundary, LocationProvider } from 'preact-iso';
import type { PageData } from '../../src/pages/contract.ts';
import { onViewerChange, startAccount } from './accounts/state.ts';
import { App } from './app.tsx';
import { startOutbox } from './net/outbox.ts';
import { startClock } from './pages/clock.ts';
import { beginPage, forgetPages, takenOver } from './pages/state.ts';
import { applyTheme, watchWidth } from './shell/document.ts';
import { loadTags, showTags, theme, watchConnection } from './shell/state.ts';
import { startRemovals } from './undo/state.ts';

const root = document.getElementById('app');
const source = document.getElementById('page-data');
if (!root || !source?.textContent) throw new Error('The page came without its data.');

const data = JSON.parse(source.textContent) as PageData;
beginPage(location.pathname.replace(/\/+$/, '') || '/', data);
if (data.content.page === 'home') showTags(data.content.tags);
theme.value = data.theme;
applyTheme();

hydrate(
  <LocationProvider>
    <ErrorBoundary onError={reportError}>
      <App />
    </ErrorBoundary>
  </LocationProvider>,
  root,
);

takenOver.value = true;
watchWidth();
startClock();
watchConnection();
startOutbox();
startAccount();
startRemovals();
// Pages know who looks at them, and the rail which tags one follows.
onViewerChange(() => {
  forgetPages();
  void loadTags();
});
if (data.content.page !== 'home') void loadTags();
