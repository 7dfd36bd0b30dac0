import type { PageContent } from '../../../src/pages/contract.ts';
import { APP_PAGE, KEPT_AT, KEPT_TITLE, PAGES, type ToWorker } from './kept-names.ts';
import { pageDataOf } from './page-data.ts';

export type KeptPage = { path: string; title: string; at: string };

const WORKER = '/sw.js';

/** Installs the service worker, which keeps visited pages; without one the site is whole, online. */
export async function startWorker(): Promise<void> {
  await workers()
    ?.register(WORKER)
    .catch(() => undefined);
}

/** Pages of another person are dropped; call it with each new viewer, and once per page. */
export function tellViewer(id: string | undefined): void {
  tell({ say: 'viewer', id: id ?? '' });
}

/** A page was shown without a load of its document: it is kept like one that was loaded. */
export function tellVisited(path: string): void {
  tell({ say: 'visited', path });
}

/** What this device kept of a page, and since when. */
export async function keptContent(
  path: string,
): Promise<{ content: PageContent; at: string } | null> {
  const answer = await (await pages())?.match(path);
  if (!answer) return null;
  const content = pageDataOf(await answer.text())?.content;
  return content ? { content, at: answer.headers.get(KEPT_AT) ?? '' } : null;
}

/** The pages kept on this device, the last visited first. */
export async function keptPages(): Promise<KeptPage[]> {
  const cache = await pages();
  const requests = (await cache?.keys()) ?? [];
  const found = await Promise.all(
    requests.map(async (request): Promise<KeptPage | null> => {
      const { pathname: path } = new URL(request.url);
      const headers = (await cache?.match(request))?.headers;
      const title = decodeURIComponent(headers?.get(KEPT_TITLE) ?? '');
      return title && path !== APP_PAGE ? { path, title, at: headers?.get(KEPT_AT) ?? '' } : null;
    }),
  );
  return found.filter((page) => page !== null).reverse();
}

const workers = (): ServiceWorkerContainer | undefined =>
  'navigator' in globalThis ? navigator.serviceWorker : undefined;

/** There is no cache in private windows of some browsers, nor on a site without https. */
const pages = async (): Promise<Cache | undefined> => {
  if (!('caches' in globalThis)) return undefined;
  return (await caches.has(PAGES)) ? caches.open(PAGES) : undefined;
};

function tell(message: ToWorker): void {
  void workers()?.ready.then(({ active }) => active?.postMessage(message));
}
