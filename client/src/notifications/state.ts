import { batch, signal } from '@preact/signals';
import type { Me } from '../../../src/accounts/contract.ts';
import type { Notification, NotificationsPage } from '../../../src/notifications/contract.ts';
import { onViewerChange, viewer } from '../accounts/state.ts';
import { createFresh } from '../net/fresh.ts';
import { get, patch, put, query } from '../net/http.ts';
import { ask, on, onReady } from '../net/socket.ts';

/** Newest first; null: not asked yet. */
export const notifications = signal<Notification[] | null>(null);
export const unread = signal(0);
/** The cursor of the next page; null: there is no more. */
export const more = signal<string | null>(null);
/** New ones that wait for their pop-up, oldest first. */
export const toasts = signal<Notification[]>([]);

const TOASTS_MAX = 3;

/** Answers whether the person is looking at this address now; the frame of the page tells. */
let isLookingAt = (_url: string): boolean => false;
export const tellWhatIsLookedAt = (answer: (url: string) => boolean): void => {
  isLookingAt = answer;
};

const fresh = createFresh();
let loading: Promise<void> | null = null;

export const loadNotifications = (): Promise<void> => {
  loading ??= readPage().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
};

async function readPage(): Promise<void> {
  const page = await fresh.load(() => get<NotificationsPage>('/api/notifications'));
  batch(() => {
    notifications.value = page.items;
    more.value = page.next;
    unread.value = page.unread;
  });
}

export const loadMore = async (): Promise<void> => {
  if (!more.value) return;
  const page = await get<NotificationsPage>(`/api/notifications${query({ cursor: more.value })}`);
  batch(() => {
    const known = new Set((notifications.value ?? []).map(({ id }) => id));
    const older = page.items.filter(({ id }) => !known.has(id));
    notifications.value = [...(notifications.value ?? []), ...older];
    more.value = page.next;
  });
};

/** Marks these as read, here at once and on all devices by the server. */
export const markRead = async (ids: string[]): Promise<void> => {
  const open = ids.filter((id) => !lineOf(id)?.readAt);
  if (open.length === 0) return;
  const before = notifications.value;
  seen(new Set(open));
  try {
    for (let from = 0; from < open.length; from += 100) {
      const some = open.slice(from, from + 100);
      unread.value = (
        await put<{ unread: number }>('/api/notifications/read', { ids: some })
      ).unread;
    }
  } catch (error) {
    notifications.value = before;
    throw error;
  }
};

/** The same where a failure needs no words: the line stays as new as it was. */
export const follow = (id: string): void => {
  markRead([id]).catch(() => undefined);
};

export const markAllRead = async (): Promise<void> => {
  const newest = notifications.value?.[0];
  if (!newest) return;
  unread.value = (await ask('notification:read', { upTo: newest.id })).unread;
  seen(null);
};

/** What is on the screen needs no notice any more. */
export const markLookedAt = (): void => {
  const ids = (notifications.value ?? [])
    .filter(({ readAt, url }) => !readAt && isLookingAt(url))
    .map(({ id }) => id);
  if (ids.length > 0) markRead(ids).catch(() => undefined);
};

export const dismissToast = (id: string): void => {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
};

/** No more of them, also not on other devices; the settings bring them back. */
export const switchToastsOff = async (): Promise<void> => {
  viewer.value = await patch<Me>('/api/me', { settings: { toasts: false } });
  toasts.value = [];
};

function seen(ids: ReadonlySet<string> | null): void {
  const readAt = new Date().toISOString();
  const mark = (one: Notification) =>
    one.readAt || (ids && !ids.has(one.id)) ? one : { ...one, readAt };
  batch(() => {
    if (notifications.value) notifications.value = notifications.value.map(mark);
    toasts.value = ids ? toasts.value.filter(({ id }) => !ids.has(id)) : [];
  });
}

/** The line as it is known here. */
function lineOf(id: string): Notification | undefined {
  return notifications.value?.find((one) => one.id === id);
}

/** A line that only lost something, as a message that was deleted, is no newer than it was. */
function isNews({ at }: Notification, known: Notification | undefined): boolean {
  if (known) return at > known.at;
  const oldest = notifications.value?.at(-1);
  return !more.value || !oldest || at > oldest.at;
}

/** Puts what a line has become in its place. */
function renew(notification: Notification): void {
  const swap = (one: Notification) => (one.id === notification.id ? notification : one);
  const byTime = (a: Notification, b: Notification) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0);
  notifications.value = notifications.value?.map(swap).sort(byTime) ?? null;
  toasts.value = toasts.value.map(swap);
}

on('notification', ({ notification, unread: count }) => {
  fresh.note();
  const known = lineOf(notification.id);
  // Two processes may tell of one line, and the older word come last, with the count of its time.
  if (known && known.rev > notification.rev) return;
  batch(() => {
    unread.value = count;
    if (!isNews(notification, known)) return renew(notification);
    const others = (notifications.value ?? []).filter(({ id }) => id !== notification.id);
    if (notifications.value) notifications.value = [notification, ...others];
    if (notification.readAt) return;
    if (isLookingAt(notification.url))
      return void markRead([notification.id]).catch(() => undefined);
    const waiting = toasts.value.filter(({ id }) => id !== notification.id);
    toasts.value = [...waiting, notification].slice(-TOASTS_MAX);
  });
});
on('notification:read', ({ ids, unread: count }) => {
  fresh.note();
  batch(() => {
    seen(new Set(ids));
    unread.value = count;
  });
});
on('notification:removed', ({ ids, unread: count }) => {
  fresh.note();
  batch(() => {
    const stays = ({ id }: Notification) => !ids.includes(id);
    notifications.value = notifications.value?.filter(stays) ?? null;
    toasts.value = toasts.value.filter(stays);
    unread.value = count;
  });
});
onReady(({ notifications: { unread: count } }) => {
  unread.value = count;
  if (!loading) return;
  loading = null;
  loadNotifications().catch(() => undefined);
});
onViewerChange(() => {
  loading = null;
  batch(() => {
    notifications.value = null;
    more.value = null;
    unread.value = 0;
    toasts.value = [];
  });
});
