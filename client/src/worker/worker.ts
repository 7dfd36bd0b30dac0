import type { ToWorker } from '../net/kept-names.ts';
import { answerAsset, dropOldBuilds, keepBuild, keepShell } from './assets.ts';
import { answerPage, become, visit } from './pages.ts';
import { scope } from './scope.ts';

/**
 * Stands between the site's pages and the net: files by name from the cache, pages from the server
 * while it answers. Calls of the API, sockets and everything else pass by untouched.
 */
const NO_PAGE = /^\/(api\/|dev\/|health$|ready$|metrics$)|\.(md|xml|txt|json)$/;

scope.addEventListener('install', (event) =>
  event.waitUntil(keepShell().then(() => scope.skipWaiting())),
);

scope.addEventListener('activate', (event) =>
  event.waitUntil(Promise.all([dropOldBuilds(), scope.clients.claim()])),
);

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== scope.location.origin) return;
  if (url.pathname.startsWith('/assets/')) event.respondWith(answerAsset(request));
  else if (request.mode === 'navigate' && !NO_PAGE.test(url.pathname))
    event.respondWith(answerPage(event));
});

scope.addEventListener('message', (event) => event.waitUntil(hear(event.data as ToWorker)));

async function hear(told: ToWorker): Promise<void> {
  if (told.say === 'visited') return visit(told.path);
  await become(told.id);
  // Whoever is here, the page is drawn by now: time for the rest of the build.
  await keepBuild();
}
