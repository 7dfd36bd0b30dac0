import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { PageContent, PageData } from '../../../src/pages/contract.ts';
import { viewer } from '../accounts/state.ts';
import { historyPath } from '../articles/history-path.ts';
import { toApiError } from '../net/failure.ts';
import { keptContent, tellVisited } from '../net/kept.ts';

export type Loaded<C> =
  | { state: 'loading' }
  | { state: 'ready'; content: C }
  | { state: 'failed'; status: number };

export type PageName = PageContent['page'];
export type ContentOf<P extends PageName> = Extract<PageContent, { page: P }>;

/** False while the server's HTML is being taken over: what differs by reader waits for it. */
export const takenOver = signal(false);
/** The public address of the site, for links that leave it. */
export const origin = signal('');
/** The status that the server answered this page with, when it is an error page. */
export const serverError = signal<{ path: string; status: number } | null>(null);

/** When the copy was kept that is shown for want of a server; null: the page is as it stands now. */
export const keptAt = signal<string | null>(null);

/** What was loaded in this tab by path, so that Back shows it at once. */
const loaded = new Map<string, Signal<Loaded<PageContent>>>();
const KEPT = 30;

/** Starts a page from what the server found, on the server and in the browser alike. */
export function beginPage(path: string, data: PageData): void {
  loaded.clear();
  viewer.value = data.viewer;
  origin.value = data.origin;
  const { content } = data;
  serverError.value = content.page === 'error' ? { path, status: content.status } : null;
  if (content.page === 'app' || content.page === 'error') return;
  const found = signal<Loaded<PageContent>>({ state: 'ready', content });
  const address = addressOf(content);
  // With a query it is another content than the path's own.
  const addresses = address.includes('?') ? [address] : [path, address];
  for (const each of addresses) loaded.set(each, found);
}

/** The content of a page: what is known now, or what `load` brings. */
export function contentOf<P extends PageName>(
  path: string,
  load: () => Promise<ContentOf<P>>,
): ReadonlySignal<Loaded<ContentOf<P>>> {
  // The server knows before it draws; it never loads in the middle.
  if (import.meta.env.SSR && !loaded.has(path)) return signal({ state: 'loading' });
  const known = loaded.get(path);
  if (known && known.peek().state !== 'failed') return known as Signal<Loaded<ContentOf<P>>>;
  const content = known ?? signal<Loaded<PageContent>>({ state: 'loading' });
  if (known) content.value = { state: 'loading' };
  remember(path, content);
  void fetchInto(path, content, load);
  return content as Signal<Loaded<ContentOf<P>>>;
}

/** Changes the content of a page that is shown or kept. */
export function changeContent<P extends PageName>(
  path: string,
  change: (content: ContentOf<P>) => ContentOf<P>,
): void {
  const known = loaded.get(path);
  const now = known?.peek();
  if (known && now?.state === 'ready') {
    known.value = { state: 'ready', content: change(now.content as ContentOf<P>) };
  }
}

/** The next visit loads anew: after a log-in, a publication, a deletion. */
export function forgetPages(except?: string): void {
  for (const path of [...loaded.keys()]) if (path !== except) loaded.delete(path);
}

/** The one address of a page, in whatever spelling it was asked for. */
function addressOf(content: Exclude<PageContent, { page: 'app' | 'error' }>): string {
  switch (content.page) {
    case 'home':
      return '/';
    case 'article':
      return `/a/${content.article.slug}`;
    case 'history':
      return historyPath(content.article.slug, content.asked);
    case 'tag':
      return `/t/${content.tag.tag}`;
    case 'profile':
      return `/@${content.profile.username}`;
    case 'course':
      return `/c/${content.course.slug}`;
  }
}

async function fetchInto(
  path: string,
  content: Signal<Loaded<PageContent>>,
  load: () => Promise<PageContent>,
): Promise<void> {
  try {
    content.value = { state: 'ready', content: await load() };
    keptAt.value = null;
    // With a query it is another list than the page's own.
    if (!path.includes('?')) tellVisited(path);
  } catch (error) {
    const { status } = toApiError(error);
    const copy = status === 0 ? await keptContent(path) : null;
    if (copy) keptAt.value = copy.at;
    content.value = copy ? { state: 'ready', content: copy.content } : { state: 'failed', status };
  }
}

function remember(path: string, content: Signal<Loaded<PageContent>>): void {
  loaded.delete(path);
  loaded.set(path, content);
  const oldest = loaded.keys().next().value;
  if (loaded.size > KEPT && oldest !== undefined) loaded.delete(oldest);
}
