import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Profile, Reason } from '../../../src/people/contract.ts';
import { onViewerChange } from '../accounts/state.ts';
import { toApiError } from '../net/failure.ts';
import { get } from '../net/http.ts';
import { onlineNow, suggestions } from './around.ts';

export type Known =
  | { state: 'loading' }
  | { state: 'ready'; profile: Profile }
  /** There is no such person, or none for me: the words are the same. */
  | { state: 'absent' }
  | { state: 'failed' };
type Entry = { known: Signal<Known>; askedAt: number };

const KEPT_MAX = 50;
const FRESH_MS = 30_000;
const entries = new Map<string, Entry>();

/** What is known of a person; asked for again when it is older than half a minute. */
export const profileOf = (username: string): ReadonlySignal<Known> => {
  const entry = entries.get(username) ?? { known: signal<Known>({ state: 'loading' }), askedAt: 0 };
  entries.delete(username);
  entries.set(username, entry);
  const oldest = entries.keys().next().value;
  if (entries.size > KEPT_MAX && oldest !== undefined) entries.delete(oldest);
  if (Date.now() - entry.askedAt > FRESH_MS) void ask(username, entry);
  return entry.known;
};

/** Why this person may be of interest to me, in a few words. */
export const reasonFor = ({ id, mutualFriends }: Profile): Reason | undefined => {
  const around = [...(onlineNow.value ?? []), ...(suggestions.value ?? [])];
  const [strongest] = around.find(({ person }) => person.id === id)?.reasons ?? [];
  if (strongest || mutualFriends === 0) return strongest;
  const text = mutualFriends === 1 ? '1 mutual friend' : `${mutualFriends} mutual friends`;
  return { kind: 'mutual_friends', text };
};

async function ask(username: string, entry: Entry): Promise<void> {
  entry.askedAt = Date.now();
  try {
    const profile = await get<Profile>(`/api/people/${username}`);
    entry.known.value = { state: 'ready', profile };
  } catch (error) {
    if (toApiError(error).status === 404) entry.known.value = { state: 'absent' };
    else if (entry.known.peek().state !== 'ready') entry.known.value = { state: 'failed' };
    if (toApiError(error).status !== 404) entry.askedAt = 0;
  }
}

onViewerChange(() => entries.clear());
