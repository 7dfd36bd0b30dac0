import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { AskInput, AskOutput, Tells } from '../../../src/contract.ts';
import type { Message, RoomEvent } from '../../../src/rooms/contract.ts';
import { isPassing, toApiError } from '../net/failure.ts';
import { outgoing, settle } from '../net/outbox.ts';
import { ask, on, onReady } from '../net/socket.ts';
import {
  addEvents,
  addPage,
  applyEvent,
  hasHole,
  keepNear,
  noteHead,
  type RoomLog,
  startLog,
} from './log.ts';

export type Joined = AskOutput<'room:join'>;
type After = NonNullable<AskInput<'room:join'>['after']>;
type Snapshot = { epoch: string; head: number; messages: Message[] };

export type LiveRoom = {
  log: ReadonlySignal<RoomLog | null>;
  /** Why the room cannot be joined, in words; null while all is well. */
  failure: ReadonlySignal<string | null>;
  /** The last try to join was not answered; it is repeated, and at once by `rejoin`. */
  stalled: ReadonlySignal<boolean>;
  rejoin: () => void;
  /** Adds a page of history that shows its messages as they stood at `head`. */
  addPage: (messages: Message[], head: number) => void;
  /** Lets go of messages that are far from the newest and from these, by `n`. */
  keepNear: (from: number, to: number) => void;
  /** Puts a freshly loaded page in place of what is known. */
  replace: (snapshot: Snapshot) => void;
  close: () => void;
};

type Options<J extends Joined> = {
  roomId: string;
  /** What is known already, as of `head`; then only what came after is asked for. */
  start?: Snapshot;
  /** Joins and subscribes: room:join, or article:join. */
  join: (after: After | undefined) => Promise<J>;
  leave: () => Promise<unknown>;
  onJoined?: (joined: J) => void;
  /** Events that were not known before, in order. */
  onEvents?: (events: RoomEvent[]) => void;
  /** The server knows too much more: the newest page, unless the caller loads its own. */
  onReset?: (joined: Joined) => void;
};

/** Events that a page of history may have missed on its way. */
const RECENT_MAX = 200;

/** An event that is still missing after this long is asked for. */
const HOLE_MS = 1_000;

/** A join that the server could not answer is tried again after this long, and up to half as much more. */
const REJOIN_MS = 2_000;

/** Who shows a room here. The connection has one seat in it, which they share. */
type Sharer = { rejoin: () => void; heardOf: (head: number) => void };
const sharers = new Map<string, Set<Sharer>>();

/** Keeps one room's log complete over losses and reconnects, until closed. */
export function openLiveRoom<J extends Joined>(options: Options<J>): LiveRoom {
  const { roomId } = options;
  const kept = keepLog(roomId, options.start, options.onEvents);
  const failure = signal<string | null>(null);
  const stalled = signal(false);
  let closed = false;
  let again: ReturnType<typeof setTimeout> | undefined;

  const join = async (): Promise<void> => {
    const now = kept.log.peek();
    clearTimeout(again);
    try {
      const joined = await inTurn(roomId, () =>
        options.join(now ? { epoch: now.epoch, seq: now.seq } : undefined),
      );
      if (closed) return;
      failure.value = null;
      stalled.value = false;
      kept.absorb(joined, options.onReset);
      // What came while the seat was taken anew, the others were not told.
      for (const sharer of sharers.get(roomId) ?? []) sharer.heardOf(joined.head);
      options.onJoined?.(joined);
    } catch (error) {
      const refusal = toApiError(error);
      if (closed) return;
      stalled.value = isPassing(refusal);
      if (stalled.value) again = setTimeout(() => void join(), REJOIN_MS * (1 + Math.random() / 2));
      else failure.value = refusal.detail;
    }
  };
  const hear = (told: Tells['room:events']): void => {
    if (told.roomId !== roomId) return;
    const now = kept.log.peek();
    if (now && now.epoch !== told.epoch) void join();
    else kept.take(told.events);
  };
  const sync = async (after: number): Promise<void> => {
    const page = await ask('room:sync', { roomId, after });
    if (!closed) kept.absorb({ n: 0, lastRead: 0, ...page }, options.onReset);
  };

  const stops = [
    on('room:events', hear),
    onReady(() => void join()),
    outgoing.subscribe((entries) => {
      const sent = entries.filter((entry) => entry.roomId === roomId).map(({ sent }) => sent?.seq);
      kept.heardOf(Math.max(0, ...sent.map((seq) => seq ?? 0)));
    }),
    fillHoles(kept.log, sync),
  ];
  const close = (): void => {
    closed = true;
    clearTimeout(again);
    for (const stop of stops) stop();
    unshare();
    // The seat is given up for all who share it: they take it again.
    const left = inTurn(roomId, options.leave).catch(() => undefined);
    void left.then(() => {
      for (const sharer of sharers.get(roomId) ?? []) sharer.rejoin();
    });
  };
  const { log, addPage, keepNear, replace } = kept;
  const rejoin = (): void => {
    stalled.value = false;
    void join();
  };
  const unshare = share(roomId, { rejoin, heardOf: kept.heardOf });
  return { log, failure, stalled, rejoin, addPage, keepNear, replace, close };
}

/** Of two joins at once the server would refuse the first: each waits for the one before. */
const turns = new Map<string, Promise<unknown>>();

function inTurn<T>(roomId: string, act: () => Promise<T>): Promise<T> {
  const before = turns.get(roomId);
  const turn = before ? before.then(act, act) : act();
  turns.set(roomId, turn);
  const done = () => {
    if (turns.get(roomId) === turn) turns.delete(roomId);
  };
  turn.then(done, done);
  return turn;
}

function share(roomId: string, sharer: Sharer): () => void {
  const others = sharers.get(roomId) ?? new Set();
  sharers.set(roomId, others.add(sharer));
  return () => {
    others.delete(sharer);
    if (others.size === 0) sharers.delete(roomId);
  };
}

/** The log as a signal: what comes before the first page waits, what was sent is settled. */
function keepLog(roomId: string, start?: Snapshot, onEvents?: (events: RoomEvent[]) => void) {
  const log = signal<RoomLog | null>(start ? startLog({ roomId, ...start }) : null);
  let early: RoomEvent[] = [];
  let recent: RoomEvent[] = [];

  const take = (events: RoomEvent[]): void => {
    const before = log.peek();
    if (!before) {
      early.push(...events);
      return;
    }
    const after = addEvents(before, events);
    if (after === before) return;
    log.value = after;
    settle(events.flatMap((e) => (e.kind === 'message' && e.message.clientId) || []));
    const fresh = between([...before.held, ...events], before.seq, after.seq);
    recent = [...recent, ...fresh].slice(-RECENT_MAX);
    if (fresh.length > 0) onEvents?.(fresh);
  };

  const replace = (snapshot: Snapshot): void => {
    log.value = startLog({ roomId, ...snapshot });
    settle(snapshot.messages.flatMap((message) => message.clientId ?? []));
    const waited = early;
    early = [];
    recent = [];
    take(waited);
  };

  const heardOf = (head: number): void => {
    const now = log.peek();
    if (now) log.value = noteHead(now, head);
  };

  /** Takes an answer to join or sync: the events since, or another beginning. */
  const absorb = (page: Joined, onReset?: (joined: Joined) => void): void => {
    const now = log.peek();
    if (now && !page.reset && now.epoch === page.epoch) {
      take(page.events ?? []);
      heardOf(page.head);
    } else if (now && onReset) {
      onReset(page);
    } else {
      replace({ epoch: page.epoch, head: page.head, messages: page.messages ?? [] });
    }
  };

  const change = (to: (now: RoomLog) => RoomLog): void => {
    const now = log.peek();
    if (now) log.value = to(now);
  };
  return {
    ...{ log, take, replace, heardOf, absorb },
    addPage: (messages: Message[], head: number): void => {
      // What happened while the page was on its way has gone by without it.
      const missed = recent.filter(({ seq, kind }) => seq > head && kind !== 'message');
      change((now) => addPage(now, missed.reduce(applyEvent, messages)));
    },
    keepNear: (from: number, to: number): void => change((now) => keepNear(now, from, to)),
  };
}

/** Asks for what is missing, a second after it was missed, until nothing is. */
function fillHoles(
  log: ReadonlySignal<RoomLog | null>,
  sync: (after: number) => Promise<void>,
): () => void {
  const missing = computed(() => (log.value && hasHole(log.value) ? log.value.seq : null));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const fill = async (): Promise<void> => {
    const after = missing.peek();
    // Unanswered, the next connection joins again and asks for everything after `seq`.
    if (after !== null) await sync(after).catch(() => undefined);
    timer = undefined;
    if (missing.peek() !== null) watch();
  };
  const watch = (): void => {
    if (!stopped) timer ??= setTimeout(() => void fill(), HOLE_MS);
  };
  const stop = effect(() => {
    if (missing.value !== null) watch();
  });
  return () => {
    stopped = true;
    stop();
    clearTimeout(timer);
  };
}

/** Each event after `from` up to `to` once, in order. */
const between = (events: RoomEvent[], from: number, to: number): RoomEvent[] =>
  [...new Map(events.map((event) => [event.seq, event])).values()]
    .filter(({ seq }) => seq > from && seq <= to)
    .sort((a, b) => a.seq - b.seq);
