import { computed, effect, signal } from '@preact/signals';
import type { LogIn, Me, SignUp } from '../../../src/accounts/contract.ts';
import { toApiError } from '../net/failure.ts';
import { del, get, post } from '../net/http.ts';
import { closedBecause, openSocket, restartSocket } from '../net/socket.ts';

/** Who looks at the page; null: nobody logged in. */
export const viewer = signal<Me | null>(null);
export const loggedIn = computed(() => viewer.value !== null);

const changed = new Set<() => void>();
/** Runs after each log-in and log-out: what was loaded for another person is void. */
export const onViewerChange = (fn: () => void): (() => void) => {
  changed.add(fn);
  return () => void changed.delete(fn);
};

/** Connects those who are logged in, and notices when their session ends elsewhere. */
export function startAccount(): void {
  if (viewer.value) openSocket();
  effect(() => {
    if (closedBecause.value) void settle();
  });
}

export async function signUp(input: SignUp): Promise<void> {
  become(await post<Me>('/api/accounts', input));
}

export async function logIn(input: LogIn): Promise<void> {
  become(await post<Me>('/api/sessions', input));
}

/** null: done; otherwise why it failed, in words. */
export async function logOut(): Promise<string | null> {
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

/** Reads the account anew, after a change made elsewhere. */
export async function refreshMe(): Promise<void> {
  viewer.value = await get<Me>('/api/me');
}

/** The session of the connection ended; this browser may have got a newer one meanwhile. */
async function settle(): Promise<void> {
  try {
    viewer.value = await get<Me>('/api/me');
    restartSocket();
  } catch (error) {
    if (toApiError(error).code === 'unauthorized') become(null);
  }
}

function become(person: Me | null): void {
  const before = viewer.peek();
  viewer.value = person;
  if (before?.id === person?.id) return;
  for (const fn of changed) fn();
  if (person || !closedBecause.peek()) restartSocket();
}
