import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { beforeLogOut, onViewerChange, viewer } from '../accounts/state.ts';
import { isPassing, toApiError } from '../net/failure.ts';
import { delLasting } from '../net/http.ts';
import { drop, type Kept, keep, readKept } from './kept.ts';

/** A deletion can be taken back this long; only then it is sent. */
export const UNDO_MS = 10_000;
/** Held longer than this by a page, another one takes that page for lost. */
const HOLD_MS = 600_000;
/** A page that was left has sent its deletions by then; another one may send them again. */
const GRACE_MS = 20_000;

export type Removal = {
  /** What is deleted. */
  id: string;
  /** Where its DELETE goes. */
  path: string;
  /** A sentence that says what was deleted. */
  words: string;
  /** Once the server has confirmed it. */
  onGone?: () => void;
};
type Stage = 'waiting' | 'sending' | 'failed';
export type Pending = Removal & { stage: Stage; error: string | null };

const pending = signal<readonly Pending[]>([]);
const gone = signal<ReadonlySet<string>>(new Set());
const timers = new Map<string, ReturnType<typeof setTimeout>>();

/** What can be taken back, or did not work: the newest last. */
export const removals: ReadonlySignal<readonly Pending[]> = computed(() =>
  pending.value.filter(({ stage }) => stage !== 'sending'),
);
const hidden = computed(
  () =>
    new Set([
      ...gone.value,
      ...pending.value.filter(({ stage }) => stage !== 'failed').map(({ id }) => id),
    ]),
);
/** Whether it is deleted, as far as the reader is concerned. */
export const isHidden = (id: string): boolean => hidden.value.has(id);
export const mayUndo = (id: string): boolean =>
  removals.value.some((one) => one.id === id && one.stage === 'waiting');

/** Hides it at once, and deletes it when the time to undo is over. */
export function removeSoon(removal: Removal): void {
  if (find(removal.id)) return;
  pending.value = [...pending.peek(), { ...removal, stage: 'waiting', error: null }];
  release(removal.id);
}

/** Takes it back; after a failure, it stays. */
export function undo(id: string): void {
  if (find(id)?.stage === 'sending') return;
  forget(id);
}
export const undoLast = (): void => {
  const last = removals.peek().at(-1);
  if (last) undo(last.id);
};

/** Whoever is at the button of it needs no hurry. */
export function hold(id: string): void {
  if (find(id)?.stage !== 'waiting') return;
  clearTimeout(timers.get(id));
  note(id, HOLD_MS);
}
export function release(id: string): void {
  if (find(id)?.stage !== 'waiting') return;
  clearTimeout(timers.get(id));
  timers.set(
    id,
    setTimeout(() => void sendNow(id), UNDO_MS),
  );
  note(id, UNDO_MS);
}

/** Sends it without waiting any longer, or once more. */
export async function sendNow(id: string): Promise<void> {
  const removal = find(id);
  if (!removal || removal.stage === 'sending') return;
  clearTimeout(timers.get(id));
  note(id, 0);
  change(id, { stage: 'sending', error: null });
  const error = await send(removal.path);
  if (!error) {
    gone.value = new Set(gone.peek()).add(id);
    forget(id);
    removal.onGone?.();
    return;
  }
  change(id, { stage: 'failed', error: error.detail });
  // A refusal is final; what could not be asked is asked again with the next visit.
  if (!isPassing(error)) drop(id);
}

/** Leaving decides: what was about to be deleted is deleted. */
export const flush = (): Promise<unknown> =>
  Promise.all(
    pending
      .peek()
      .filter(({ stage }) => stage === 'waiting')
      .map(({ id }) => sendNow(id)),
  );

/** For the browser: sends on leaving, and what an earlier visit could not. */
export function startRemovals(): void {
  addEventListener('pagehide', () => void flush());
  beforeLogOut(flush);
  onViewerChange(() => {
    for (const timer of timers.values()) clearTimeout(timer);
    timers.clear();
    pending.value = [];
    resume();
  });
  resume();
}

function resume(): void {
  const me = viewer.peek()?.id;
  for (const kept of readKept().filter(({ userId }) => userId === me)) {
    const wait = Math.max(0, kept.due + GRACE_MS - Date.now());
    setTimeout(() => void sendKept(kept), wait);
  }
}

/** Unless it was taken back or confirmed meanwhile, in whatever tab. */
async function sendKept({ id, path, userId }: Kept): Promise<void> {
  const stands = readKept().some((one) => one.id === id);
  if (!stands || find(id) || viewer.peek()?.id !== userId) return;
  const error = await send(path);
  if (!error || !isPassing(error)) drop(id);
}

/** Kept, so that it is not lost with this page. */
function note(id: string, inMs: number): void {
  const removal = find(id);
  const userId = viewer.peek()?.id;
  if (!removal || !userId) return;
  const { path, words } = removal;
  keep({ id, path, words, userId, due: Date.now() + inMs });
}

const find = (id: string): Pending | undefined => pending.peek().find((one) => one.id === id);

const change = (id: string, fields: Partial<Pending>): void => {
  pending.value = pending.peek().map((one) => (one.id === id ? { ...one, ...fields } : one));
};

function forget(id: string): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
  drop(id);
  pending.value = pending.peek().filter((one) => one.id !== id);
}

async function send(path: string) {
  try {
    await delLasting(path);
    return null;
  } catch (failure) {
    const error = toApiError(failure);
    // Somebody was faster.
    return error.code === 'not_found' ? null : error;
  }
}
