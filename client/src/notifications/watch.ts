import { effect } from '@preact/signals';
import { viewer } from '../accounts/state.ts';
import { watchIdleness } from '../presence/idle.ts';
import { loadNotifications, markLookedAt, tellWhatIsLookedAt, unread } from './state.ts';

let users = 0;
let stop: (() => void) | null = null;

/** Follows notifications for this tab while at least one bell is on the page. */
export const watchTab = (): (() => void) => {
  users += 1;
  stop ??= start();
  return () => {
    users -= 1;
    if (users > 0) return;
    stop?.();
    stop = null;
  };
};

function start(): () => void {
  tellWhatIsLookedAt(isLookedAt);
  const stops = [watchIdleness(), badgeTitle(), badgeApp(), watchAddress(), loadWhenKnown()];
  return () => {
    for (const end of stops) end();
  };
}

/** Looked at: the tab is visible and its address is the one the notification leads to. */
function isLookedAt(url: string): boolean {
  if (document.visibilityState !== 'visible') return false;
  return new URL(url, location.href).pathname === location.pathname;
}

function loadWhenKnown(): () => void {
  return effect(() => {
    if (viewer.value) loadNotifications().then(markLookedAt, () => undefined);
  });
}

/** Whoever comes (back) to a page has seen what is on it. */
function watchAddress(): () => void {
  const title = document.querySelector('title');
  const observer = new MutationObserver(markLookedAt);
  if (title) observer.observe(title, { childList: true });
  document.addEventListener('visibilitychange', markLookedAt);
  return () => {
    observer.disconnect();
    document.removeEventListener('visibilitychange', markLookedAt);
  };
}

/** The count on the icon of the installed site, where the system has one. */
function badgeApp(): () => void {
  // Not every browser has it, whatever the types say.
  const { setAppBadge } = navigator as Partial<Navigator>;
  if (!setAppBadge) return () => undefined;
  return unread.subscribe(
    (count) => void setAppBadge.call(navigator, count).catch(() => undefined),
  );
}

/** "(3) …" before the title, whichever page sets it. */
function badgeTitle(): () => void {
  const put = () => {
    const bare = document.title.replace(/^\(\d+\+?\) /, '');
    const count = unread.peek();
    const wanted = count > 0 ? `(${count > 99 ? '99+' : count}) ${bare}` : bare;
    if (document.title !== wanted) document.title = wanted;
  };
  const title = document.querySelector('title');
  const observer = new MutationObserver(put);
  if (title) observer.observe(title, { childList: true });
  const end = unread.subscribe(put);
  return () => {
    end();
    observer.disconnect();
  };
}
