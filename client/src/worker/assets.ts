/** Files of one build. Their names change with their content, so a kept one is never old. */
const CACHE = `lyceum-build-${__VERSION__}`;
const BUILD = /^lyceum-build-/;
/** A tab that was open during an update may still ask for parts of the build before. */
const BUILDS_KEPT = 2;
/** The page shown without a server; the files it names are what any page needs. */
const OFFLINE = '/offline';
const ASSET_TAG = /<(?:link|script)\b[^>]*"\/assets\/[^>]*>(?:<\/script>)?/g;

/** Keeps the offline page and what it is drawn with; rejects when a part is missing. */
export async function keepShell(): Promise<void> {
  const cache = await caches.open(CACHE);
  const page = await fetch(OFFLINE, { credentials: 'omit', cache: 'reload' });
  if (!page.ok) throw new Error(`the offline page answered ${page.status}`);
  const html = await page.clone().text();
  const files = tagsOf(html).flatMap((tag) => /"(\/assets\/[^"]+)"/.exec(tag)?.[1] ?? []);
  await cache.addAll([...new Set(files)]);
  await cache.put(OFFLINE, page);
}

/** Keeps the other files too, one after the other, so that every page opens without a server. */
export async function keepBuild(): Promise<void> {
  const cache = await caches.open(CACHE);
  for (const file of __ASSETS__) {
    if (!(await cache.match(file))) await cache.add(file).catch(() => undefined);
  }
}

/** Removes what earlier builds left, but for the last of them. */
export async function dropOldBuilds(): Promise<void> {
  const earlier = (await caches.keys()).filter((name) => BUILD.test(name) && name !== CACHE);
  const old = earlier.slice(0, Math.max(0, earlier.length - (BUILDS_KEPT - 1)));
  await Promise.all(old.map((name) => caches.delete(name)));
}

/** From the cache, else from the server; kept for the next time. */
export async function answerAsset(request: Request): Promise<Response> {
  const kept = await caches.match(request.url, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) {
    const copy = answer.clone();
    const cache = await caches.open(CACHE);
    await cache.put(request.url, copy).catch(() => undefined);
  }
  return answer;
}

export async function offlinePage(): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(OFFLINE, { ignoreVary: true })) ?? Response.error();
}

/** A page of an earlier build with the scripts and styles of this one. */
export async function withThisBuild(html: string): Promise<string> {
  const shell = await offlinePage();
  return shell.ok ? withTagsOf(html, await shell.text()) : html;
}

export function withTagsOf(html: string, shell: string): string {
  const tags = tagsOf(shell).join('\n    ');
  return html.replaceAll(ASSET_TAG, '').replace('</head>', () => `  ${tags}\n  </head>`);
}

const tagsOf = (html: string): string[] =>
  html.slice(0, html.indexOf('</head>')).match(ASSET_TAG) ?? [];
