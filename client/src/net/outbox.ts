import { signal } from '@preact/signals';
import type { AskOutput } from '../../../src/contract.ts';
import { makeClientId } from './client-id.ts';
import { isPassing, toApiError } from './failure.ts';
import { ask, onReady, ready } from './socket.ts';
import * as store from './store.ts';

/** A message that its sender has written and the server has not yet stored. */
export type Unsent = {
  roomId: string;
  clientId: string;
  senderId: string;
  body: string;
  replyTo: string | null;
  /** When it was written. */
  at: string;
};
export type Sent = AskOutput<'message:send'>['message'];
/**
 * `sending`: on its way, or waiting for a connection · `failed`: needs its sender ·
 * `sent`: stored, its event has not been seen yet.
 */
export type Outgoing = Unsent & {
  state: 'sending' | 'failed' | 'sent';
  error?: string;
  sent?: Sent;
};

/** All that is under way in this tab, oldest first. Views show those of their room. */
export const outgoing = signal<Outgoing[]>([]);

/** A stored message whose event never came (its room was left) is dropped after this long. */
const SENT_STAYS_MS = 30_000;
const queues = new Map<string, Promise<void>>();

/** Shows the message at once, keeps it until it is stored, and sends it in its room's order. */
export async function send(draft: Omit<Unsent, 'clientId' | 'at'>): Promise<string> {
  const unsent: Unsent = { ...draft, clientId: makeClientId(), at: new Date().toISOString() };
  outgoing.value = [...outgoing.value, { ...unsent, state: 'sending' }];
  // A browser without a usable database (private mode) still sends.
  await store.keep('outbox', unsent.clientId, unsent).catch(() => undefined);
  enqueue(unsent);
  return unsent.clientId;
}

/** Tries a failed one again, with the same clientId. */
export function retry(clientId: string): void {
  const entry = find(clientId);
  if (!entry) return;
  change(clientId, { state: 'sending', error: undefined });
  enqueue(entry);
}

export function discard(clientId: string): void {
  outgoing.value = outgoing.value.filter((entry) => entry.clientId !== clientId);
  void store.forget('outbox', clientId).catch(() => undefined);
}

/** The event of this message was seen: it stands in the room now. */
export function settle(clientIds: Iterable<string>): void {
  for (const clientId of clientIds) if (find(clientId)) discard(clientId);
}

/** Shows what an earlier page left, before there is a connection to send it by. */
export async function showUnsent(senderId: string): Promise<void> {
  const kept = await store.all<Unsent>('outbox').catch((): Unsent[] => []);
  add(kept.filter((entry) => entry.senderId === senderId));
}

/** Sends what an earlier page or a lost connection left behind. Call it once per page. */
export function startOutbox(): () => void {
  return onReady(({ me }) => void resendAll(me?.id));
}

async function resendAll(me: string | undefined): Promise<void> {
  if (!me) return;
  const kept = await store.all<Unsent>('outbox').catch((): Unsent[] => []);
  // Without a usable database this page's own are all there is.
  const here = outgoing.value.filter(({ clientId }) => !kept.some((e) => e.clientId === clientId));
  // Another account of this browser sends its own when it is back.
  const mine = [...kept, ...here].filter(
    (entry) => entry.senderId === me && find(entry.clientId)?.state !== 'sent',
  );
  add(mine);
  for (const entry of mine.sort((a, b) => (a.at < b.at ? -1 : 1))) {
    if (find(entry.clientId)?.state === 'failed') change(entry.clientId, { state: 'sending' });
    enqueue(entry);
  }
}

function add(entries: Unsent[]): void {
  const added = entries.filter(({ clientId }) => !find(clientId));
  if (added.length === 0) return;
  outgoing.value = [...outgoing.value, ...added.map((e): Outgoing => ({ ...e, state: 'sending' }))];
}

/** One at a time per room, so that a sender's messages keep their order. */
function enqueue(entry: Unsent): void {
  const before = queues.get(entry.roomId) ?? Promise.resolve();
  const after = before.then(() => attempt(entry));
  queues.set(entry.roomId, after);
  void after.then(() => {
    if (queues.get(entry.roomId) === after) queues.delete(entry.roomId);
  });
}

async function attempt(entry: Unsent): Promise<void> {
  const { roomId, clientId, body, replyTo } = entry;
  if (find(clientId)?.state !== 'sending') return;
  try {
    const { message } = await ask('message:send', {
      roomId,
      clientId,
      body,
      ...(replyTo ? { replyTo } : {}),
    });
    delivered(clientId, message);
  } catch (failure) {
    const error = toApiError(failure);
    if (error.code === 'rate_limited') {
      await new Promise((resolve) => setTimeout(resolve, error.retryAfterMs ?? 1_000));
      return attempt(entry);
    }
    // A broken connection answers for its asks before it is known to be gone.
    await new Promise((resolve) => setTimeout(resolve));
    // Offline: it keeps waiting, and goes out with the next connection.
    if (isPassing(error) && !ready.value) return;
    change(clientId, { state: 'failed', error: error.detail });
  }
}

function delivered(clientId: string, sent: Sent): void {
  change(clientId, { state: 'sent', sent });
  void store.forget('outbox', clientId).catch(() => undefined);
  setTimeout(() => settle([clientId]), SENT_STAYS_MS);
}

const find = (clientId: string): Outgoing | undefined =>
  outgoing.value.find((entry) => entry.clientId === clientId);

function change(clientId: string, fields: Partial<Outgoing>): void {
  outgoing.value = outgoing.value.map((entry) =>
    entry.clientId === clientId ? { ...entry, ...fields } : entry,
  );
}
