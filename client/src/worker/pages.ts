import type { PageContent } from '../../../src/pages/contract.ts';
import { APP_PAGE, KEPT_AT, KEPT_TITLE, PAGES } from '../net/kept-names.ts';
import { pageDataOf } from '../net/page-data.ts';
import { offlinePage, withThisBuild } from './assets.ts';
import type { Fetching } from './scope.ts';

/** How long a page is waited for when there is a kept copy. */
const PATIENCE_MS = 4_000;
/** Pages kept, the last visited ones; longer ones than this are not. */
const PAGES_KEPT = 50;
const LONGEST = 512 * 1024;
/** Whose pages these are stands among them. */
const OWNER = '/~owner';

/** What stands between the root and the data behind it. */
const DRAWN = /(<div id="app">).*(<\/div>\s*<script type="application\/json" id="page-data">)/s;
const APP_CONTENT = '"content":{"page":"app"}';
const OFFLINE_CONTENT = '"content":{"page":"error","status":0}';

/** The server's page; after a while, or when there is no server, the kept copy. */
export async function answerPage(event: Fetching): Promise<Response> {
  const path = new URL(event.request.url).pathname;
  const network = fromServer(event, path);
  const first = await Promise.race([network.catch(() => null), patience()]);
  if (first && first.status < 500) return first;
  return (await copyOf(path)) ?? network.catch(notHere);
}

/** Keeps a page that was visited without a load of the document. */
export async function visit(path: string): Promise<void> {
  const answer = await fetch(path, { headers: { accept: 'text/html' } });
  await keep(path, answer, true);
}

/** Pages of one person are gone when another is here, or nobody. */
export async function become(viewerId: string): Promise<void> {
  const known = await inTurn(async () => (await pagesOf(viewerId)).match(APP_PAGE));
  if (!known) await visit('/chat');
}

async function fromServer(event: Fetching, path: string): Promise<Response> {
  const answer = await fetch(event.request);
  event.waitUntil(keep(path, answer.clone()));
  return answer;
}

const patience = (): Promise<null> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(null), PATIENCE_MS);
  });

/** `mine`: only for the person here; an answer under way may be for the one before. */
async function keep(path: string, answer: Response, mine = false): Promise<void> {
  if (!answer.ok || answer.redirected || !answer.headers.get('content-type')?.includes('html'))
    return;
  const html = await answer.text();
  const data = html.length <= LONGEST ? pageDataOf(html) : null;
  if (!data || data.content.page === 'error') return;
  // Pages drawn in the browser alone are one and the same document.
  const key = data.content.page === 'app' ? APP_PAGE : path;
  const page = new Response(html, { headers: headersOf(answer, data.content) });
  await inTurn(async () => {
    const owner = data.viewer?.id ?? '';
    if (mine && (await ownerNow()) !== owner) return;
    const cache = await pagesOf(owner);
    // Anew at the end: the pages that were not visited for longest stand first.
    await cache.delete(key);
    await cache.put(key, page);
    await prune(cache);
  });
}

let last: Promise<unknown> = Promise.resolve();
/** One change at a time: dropping a person's pages must not meet keeping one. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = last.then(work, work);
  last = mine.catch(() => undefined);
  return mine;
}

/** The answer's own, its security policy among them, but for what was true of its transport. */
function headersOf(answer: Response, content: PageContent): Headers {
  const headers = new Headers(answer.headers);
  for (const name of ['content-encoding', 'content-length', 'vary', 'etag']) headers.delete(name);
  headers.set(KEPT_AT, new Date().toISOString());
  headers.set(KEPT_TITLE, encodeURIComponent(titleOf(content)));
  return headers;
}

function titleOf(content: PageContent): string {
  switch (content.page) {
    case 'home':
      return 'Home';
    case 'article':
      return content.article.title;
    case 'history':
      return `History of ${content.article.title}`;
    case 'tag':
      return `#${content.tag.tag}`;
    case 'profile':
      return content.profile.name;
    case 'course':
      return content.course.title;
    case 'app':
    case 'error':
      return '';
  }
}

/** The cache of this person's pages; another's are dropped first. */
async function pagesOf(owner: string): Promise<Cache> {
  const cache = await caches.open(PAGES);
  if ((await ownerNow()) === owner) return cache;
  await caches.delete(PAGES);
  const fresh = await caches.open(PAGES);
  await fresh.put(OWNER, new Response(owner));
  return fresh;
}

const ownerNow = async (): Promise<string | undefined> =>
  (await (await caches.open(PAGES)).match(OWNER))?.text();

async function prune(cache: Cache): Promise<void> {
  const pages = (await cache.keys()).filter(({ url }) => new URL(url).pathname !== OWNER);
  await Promise.all(pages.slice(0, -PAGES_KEPT).map((page) => cache.delete(page)));
}

/** What was kept of this page, marked as a copy and drawn by this build. */
async function copyOf(path: string): Promise<Response | undefined> {
  const cache = await caches.open(PAGES);
  const kept = await cache.match(path);
  if (!kept) return isDrawnHere(path) ? frame((html) => html) : undefined;
  const html = await withThisBuild(await kept.text());
  const at = kept.headers.get(KEPT_AT) ?? '';
  return new Response(html.replace('<html ', `<html data-kept="${at}" `), kept);
}

/** The offline page, within the frame of whoever is here. */
const notHere = async (): Promise<Response> =>
  (await frame((html) => html.replace(APP_CONTENT, OFFLINE_CONTENT))) ?? offlinePage();

/** The document of pages drawn in the browser, with nothing drawn yet: it may be for any of them. */
async function frame(change: (html: string) => string): Promise<Response | undefined> {
  const kept = await (await caches.open(PAGES)).match(APP_PAGE);
  if (!kept) return undefined;
  const html = (await withThisBuild(await kept.text())).replace(DRAWN, '$1$2');
  return new Response(change(html), kept);
}

/** Of the pages that need no content from the server, these are of use without one. */
const isDrawnHere = (path: string): boolean => /^\/(chat|write)(\/|$)/.test(path);
