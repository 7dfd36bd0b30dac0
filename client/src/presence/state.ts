import { signal } from '@preact/signals';
import type { AskInput } from '../../../src/contract.ts';
import type { PersonStatus } from '../../../src/presence/contract.ts';
import { onViewerChange } from '../accounts/state.ts';
import { ask, on, onReady } from '../net/socket.ts';
import { offlineNote } from '../shell/state.ts';

export type OwnStatus = AskInput<'presence:set'>['status'];

/** What I chose; `away` is set by idleness and by choice alike. */
export const ownStatus = signal<OwnStatus>('online');
const statuses = signal<ReadonlyMap<string, PersonStatus>>(new Map());
/** How many dots of each person are on the screen. */
const watched = new Map<string, number>();
let timer: ReturnType<typeof setTimeout> | undefined;
let renewal: ReturnType<typeof setTimeout> | undefined;
let chosen: OwnStatus = 'online';

/** The server takes at most 200 people, for ten minutes. */
const WATCHED_MAX = 200;
const RENEW_MS = 5 * 60_000;
/** Rows that appear together are asked for together. */
const GATHER_MS = 120;

/** undefined: not known, also while this device is offline itself. */
export const presenceOf = (userId: string): PersonStatus | undefined =>
  offlineNote.value ? undefined : statuses.value.get(userId);

/** Follows a person's presence while their row is on the screen; answers how to stop. */
export const watchPresence = (userId: string): (() => void) => {
  watched.set(userId, (watched.get(userId) ?? 0) + 1);
  if (watched.get(userId) === 1) subscribeSoon();
  return () => {
    const left = (watched.get(userId) ?? 1) - 1;
    if (left > 0) watched.set(userId, left);
    else watched.delete(userId);
  };
};

export const setOwnStatus = async (status: OwnStatus): Promise<void> => {
  chosen = status;
  await tell(status);
};

/** No input for a while turns "online" into "away"; busy and invisible stay what they are. */
export const setIdle = (idle: boolean): void => {
  if (chosen !== 'online') return;
  tell(idle ? 'away' : 'online').catch(() => undefined);
};

async function tell(status: OwnStatus): Promise<void> {
  if (status === ownStatus.value) return;
  const before = ownStatus.value;
  ownStatus.value = status;
  try {
    await ask('presence:set', { status });
  } catch (error) {
    ownStatus.value = before;
    throw error;
  }
}

function subscribeSoon(): void {
  timer ??= setTimeout(subscribe, GATHER_MS);
}

function subscribe(): void {
  timer = undefined;
  clearTimeout(renewal);
  const userIds = [...watched.keys()].slice(-WATCHED_MAX);
  if (userIds.length === 0) return;
  renewal = setTimeout(subscribe, RENEW_MS);
  ask('presence:subscribe', { userIds })
    .then(({ people }) => learn(people))
    // The next connection subscribes again.
    .catch(() => undefined);
}

function learn(people: readonly PersonStatus[]): void {
  const next = new Map(statuses.value);
  for (const status of people) next.set(status.userId, status);
  statuses.value = next;
}

on('presence', ({ people }) => learn(people));
onReady(({ me }) => {
  if (!me) return;
  const { status } = me.settings;
  if (status !== 'auto') chosen = status;
  else if (chosen !== 'away') chosen = 'online';
  // A new connection starts as the settings say; being away is told anew.
  ownStatus.value = status === 'auto' ? 'online' : status;
  if (chosen === 'away') tell('away').catch(() => undefined);
  if (watched.size > 0) subscribeSoon();
});
onViewerChange(() => {
  chosen = 'online';
  ownStatus.value = 'online';
  statuses.value = new Map();
});
