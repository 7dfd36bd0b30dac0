import { hydrate } from 'preact';
import { ErrorBoundary, LocationProvider } from 'preact-iso';
import type { PageData } from '../../src/pages/contract.ts';
import { onViewerChange, startAccount, viewer } from './accounts/state.ts';
import { App, preloadFor } from './app.tsx';
import { startWorker, tellViewer, tellVisited } from './net/kept.ts';
import { showUnsent, startOutbox } from './net/outbox.ts';
import { startClock } from './pages/clock.ts';
import { beginPage, forgetPages, keptAt, serverError, takenOver } from './pages/state.ts';
import { applyTheme, chosenTheme, copyFrom, watchWidth } from './shell/document.ts';
import { loadTags, showTags, theme, watchConnection } from './shell/state.ts';
import { startRemovals } from './undo/state.ts';

const root = document.getElementById('app');
const source = document.getElementById('page-data');
if (!root || !source?.textContent) throw new Error('The page came without its data.');

const data = JSON.parse(source.textContent) as PageData;
beginPage(location.pathname.replace(/\/+$/, '') || '/', data);
if (data.content.page === 'home') showTags(data.content.tags);
theme.value = chosenTheme() ?? data.theme;
keptAt.value = copyFrom();
applyTheme();

const takeOver = (): void => {
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
  if (viewer.value) void showUnsent(viewer.value.id);
  startAccount();
  startRemovals();
  // Pages know who looks at them, and the rail which tags one follows.
  onViewerChange(() => {
    tellViewer(viewer.value?.id);
    forgetPages();
    void loadTags();
  });
  if (data.content.page !== 'home') void loadTags();
};
// Without its script the page says so itself. Awaited at the top, every script would grow.
void preloadFor(data.content.page).then(takeOver, takeOver);

// What the page is made of comes first; keeping it for later can wait.
const keepPages = async (): Promise<void> => {
  await startWorker();
  // The offline page of a visitor does not know who is here.
  if (serverError.value?.status === 0) return;
  tellViewer(viewer.value?.id);
  if (!keptAt.value) tellVisited(location.pathname);
};
if (document.readyState === 'complete') void keepPages();
else addEventListener('load', () => void keepPages(), { once: true });
