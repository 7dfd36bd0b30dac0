import { signal } from '@preact/signals';
import type { Socket } from 'socket.io-client';
import type {
  AskInput,
  AskName,
  AskOutput,
  Ready,
  TellName,
  Tells,
} from '../../../src/contract.ts';
import type { Ack } from '../../../src/wire/contract.ts';
import { ApiError, fromAck, noAnswer } from './failure.ts';

/** `idle`: nobody asked for a connection yet. */
export type Connection = 'idle' | 'connecting' | 'online' | 'offline';

export const connection = signal<Connection>('idle');
/** What the server said first on the present connection. */
export const ready = signal<Ready | null>(null);
/** Why the server ended the session for good; a new log-in clears it. */
export const closedBecause = signal<Tells['session:closed']['reason'] | null>(null);

const ASK_TIMEOUT_MS = 10_000;
const RETRY_MIN_MS = 500;
const RETRY_MAX_MS = 10_000;

type Listener = (payload: never) => void;
const listeners = new Map<string, Set<Listener>>();
let socket: Socket | null = null;
let opening: Promise<void> | null = null;
let returnTimer: ReturnType<typeof setTimeout> | undefined;
let waiting: (() => void)[] = [];

/** Hears what the server tells, over all reconnects; answers a function that stops it. */
export function on<E extends TellName>(event: E, fn: (payload: Tells[E]) => void): () => void {
  const known = listeners.get(event) ?? new Set<Listener>();
  listeners.set(event, known);
  known.add(fn as Listener);
  return () => void known.delete(fn as Listener);
}

/** Runs at each (re)connect, and at once when connected already. */
export function onReady(fn: (payload: Ready) => void): () => void {
  const stop = on('ready', fn);
  if (ready.value) fn(ready.value);
  return stop;
}

/** Opens the one connection of this tab. Calling it again does nothing. */
export function openSocket(): void {
  opening ??= connect();
}

/** After a log-in or a log-out: the same connection again, as the new person. */
export function restartSocket(): void {
  closedBecause.value = null;
  if (!socket) return openSocket();
  comeBack(0);
}

/**
 * Asks the server and answers the data of its ack. Waits for a connection when there is none.
 * Rejects with an ApiError: the refusal itself, or `unavailable` after 10 s without an answer.
 */
export async function ask<E extends AskName>(
  event: E,
  payload: AskInput<E>,
): Promise<AskOutput<E>> {
  openSocket();
  const until = Date.now() + ASK_TIMEOUT_MS;
  const current = await readySocket(ASK_TIMEOUT_MS);
  let ack: Ack<AskOutput<E>>;
  try {
    ack = (await current
      .timeout(Math.max(until - Date.now(), 1))
      .emitWithAck(event, payload)) as Ack<AskOutput<E>>;
  } catch {
    throw noAnswer();
  }
  if (!ack.ok) throw fromAck(ack.error);
  return ack.data;
}

async function connect(): Promise<void> {
  connection.value = 'connecting';
  const { io } = await import('socket.io-client');
  socket = io({
    transports: ['websocket'],
    // Who is not signed in reads along as nobody; `ready.me` is then null.
    auth: { anonymous: true },
    reconnectionDelay: RETRY_MIN_MS,
    reconnectionDelayMax: RETRY_MAX_MS,
    randomizationFactor: 0.5,
    timeout: ASK_TIMEOUT_MS,
  });
  socket.onAny(dispatch);
  socket.on('disconnect', (reason) => lost(reason === 'io server disconnect'));
  socket.on('connect_error', refused);
  // A sleeping device wakes with long timers: try at once instead of waiting for them.
  addEventListener('online', () => connection.value === 'offline' && comeBack(0));
}

function dispatch(event: string, payload: unknown): void {
  if (event === 'ready') {
    ready.value = payload as Ready;
    connection.value = 'online';
    closedBecause.value = null;
    const released = waiting;
    waiting = [];
    for (const release of released) release();
  }
  if (event === 'session:closed') closed(payload as Tells['session:closed']);
  for (const fn of listeners.get(event) ?? []) {
    try {
      (fn as (value: unknown) => void)(payload);
    } catch (error) {
      // One listener's mistake must not keep the others from hearing.
      reportError(error);
    }
  }
}

function closed({ reason, comeBackInMs }: Tells['session:closed']): void {
  if (reason === 'slow' || reason === 'drain') {
    return comeBack(comeBackInMs ?? Math.random() * 5_000);
  }
  closedBecause.value = reason;
}

function lost(byServer: boolean): void {
  ready.value = null;
  if (connection.value !== 'connecting') connection.value = 'offline';
  if (byServer && !closedBecause.value && !returnTimer) comeBack(1_000 + Math.random() * 4_000);
}

function refused(error: Error & { data?: { code?: string; retryAfterMs?: number } }): void {
  connection.value = 'offline';
  // An answered refusal ends socket.io's own retries; a failed transport does not.
  if (socket?.active) return;
  comeBack(error.data?.retryAfterMs ?? RETRY_MAX_MS * (0.5 + Math.random()));
}

function comeBack(delayMs: number): void {
  clearTimeout(returnTimer);
  returnTimer = setTimeout(() => {
    returnTimer = undefined;
    ready.value = null;
    connection.value = 'connecting';
    socket?.disconnect().connect();
  }, delayMs);
}

function readySocket(timeoutMs: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    if (ready.value && socket) return resolve(socket);
    const timer = setTimeout(() => reject(noAnswer()), timeoutMs);
    waiting.push(() => {
      clearTimeout(timer);
      if (socket) resolve(socket);
      else reject(new ApiError({ code: 'unavailable' }));
    });
  });
}
