/** What the page and its service worker call the things they both know. */
export const PAGES = 'lyceum-pages-1';
/** The one document of all pages that are drawn in the browser alone. */
export const APP_PAGE = '/~app';
export const KEPT_AT = 'kept-at';
export const KEPT_TITLE = 'kept-title';

/** What a page tells the worker. */
export type ToWorker = { say: 'viewer'; id: string } | { say: 'visited'; path: string };
