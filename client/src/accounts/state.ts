import { computed, effect, signal } from '@preact/signals';
import type { LogIn, Me, SignUp } from '../../../src/accounts/contract.ts';
import { toApiError } from '../net/failure.ts';
import { del, get, post } from '../net/http.ts';
import { closedBecause, on, openSocket, ready, restartSocket } from '../net/socket.ts';

/** Who looks at the page; null: nobody logged in. */
export const viewer = signal<Me | null>(null);
export const loggedIn = computed(() => viewer.value !== null);

/** Tabs that were closed together do not all ask at the same moment. */
const SETTLE_MS = 500;

const changed = new Set<() => void>();
/** Runs after each log-in and log-out: what was loaded for another person is void. */
export const onViewerChange = (fn: () => void): (() => void) => {
  changed.add(fn);
  return () => void changed.delete(fn);
};

const parting = new Set<() => Promise<unknown>>();
/** Runs before a log-out, which waits for it: what still needs the session. */
export const beforeLogOut = (fn: () => Promise<unknown>): (() => void) => {
  parting.add(fn);
  return () => void parting.delete(fn);
};

/** Connects those who are logged in, and notices when their session ends elsewhere. */
export function startAccount(): void {
  if (viewer.value) openSocket();
  effect(() => {
    if (closedBecause.value) setTimeout(() => void noticeEnd(), SETTLE_MS * (0.5 + Math.random()));
  });
  on('ready', ({ me }) => become(me));
}

export async function signUp(input: SignUp): Promise<void> {
  become(await post<Me>('/api/accounts', input));
}

export async function logIn(input: LogIn): Promise<void> {
  become(await post<Me>('/api/sessions', input));
}

/** null: done; otherwise why it failed, in words. */
export async function logOut(): Promise<string | null> {
  await Promise.allSettled([...parting].map((fn) => fn()));
  try {
    await del('/api/sessions/current');
  } catch (failure) {
    const error = toApiError(failure);
    // A session that is over already needs no end.
    if (error.code !== 'unauthorized') return error.detail;
  }
  become(null);
  return null;
}

/** A session ended; this browser may have got a newer one meanwhile. */
export async function noticeEnd(): Promise<void> {
  try {
    become(await get<Me>('/api/me'));
  } catch (error) {
    if (toApiError(error).code === 'unauthorized') become(null);
  }
  restartSocket();
}

/** Reads the account anew, after a change made elsewhere. */
export async function refreshMe(): Promise<void> {
  viewer.value = await get<Me>('/api/me');
}

function become(person: Me | null): void {
  const before = viewer.peek();
  viewer.value = person;
  if (before?.id === person?.id) return;
  for (const fn of changed) fn();
  // The connection that says who I am is the right one already.
  if (ready.peek()?.me?.id !== person?.id) restartSocket();
}
