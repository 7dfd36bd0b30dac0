import { type ReadonlySignal, signal } from '@preact/signals';
import type { AskInput, AskOutput } from '../../../src/contract.ts';
import type { Message, RoomEvent } from '../../../src/rooms/contract.ts';
import { toApiError } from '../net/failure.ts';
import { outgoing, settle } from '../net/outbox.ts';
import { ask, on, onReady } from '../net/socket.ts';
import { addEvents, addOlder, hasHole, noteHead, type RoomLog, startLog } from './log.ts';

export type Joined = AskOutput<'room:join'>;
type After = NonNullable<AskInput<'room:join'>['after']>;

export type LiveRoom = {
  log: ReadonlySignal<RoomLog | null>;
  /** Why the room cannot be joined, in words; null while all is well. */
  failure: ReadonlySignal<string | null>;
  /** Adds an older page of messages. */
  addOlder: (messages: Message[]) => void;
  /** Puts a freshly loaded page in place of what is known. */
  replace: (snapshot: { epoch: string; head: number; messages: Message[] }) => void;
  close: () => void;
};

type Options<J extends Joined> = {
  roomId: string;
  /** What is known already, as of `head`; then only what came after is asked for. */
  start?: { epoch: string; head: number; messages: Message[] };
  /** Joins and subscribes: room:join, or article:join. */
  join: (after: After | undefined) => Promise<J>;
  leave: () => Promise<unknown>;
  onJoined?: (joined: J) => void;
  /** Events that were not known before, in order. */
  onEvents?: (events: RoomEvent[]) => void;
  /** The server knows too much more: the newest page, unless the caller loads its own. */
  onReset?: (joined: Joined) => void;
};

/** An event that is still missing after this long is asked for. */
const HOLE_MS = 1_000;

/** Keeps one room's log complete over losses and reconnects, until closed. */
export function openLiveRoom<J extends Joined>(options: Options<J>): LiveRoom {
  const { roomId } = options;
  const log = signal<RoomLog | null>(options.start ? startLog({ roomId, ...options.start }) : null);
  const failure = signal<string | null>(null);
  let early: RoomEvent[] = [];
  let holeTimer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

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
    const known = [...before.held, ...events].filter(
      (e) => e.seq > before.seq && e.seq <= after.seq,
    );
    if (known.length > 0) options.onEvents?.(inOrder(known));
    watchHole();
  };

  const watchHole = (): void => {
    const now = log.peek();
    if (!now || !hasHole(now) || holeTimer || closed) return;
    holeTimer = setTimeout(() => {
      holeTimer = undefined;
      void fillHole();
    }, HOLE_MS);
  };

  const fillHole = async (): Promise<void> => {
    const now = log.peek();
    if (!now || !hasHole(now) || closed) return;
    try {
      absorb({ ...(await ask('room:sync', { roomId, after: now.seq })) });
    } catch {
      // The next connection joins again and asks for everything after `seq`.
    }
    watchHole();
  };

  const absorb = (page: Omit<Joined, 'n' | 'lastRead'>): void => {
    const now = log.peek();
    if (page.reset || !now || now.epoch !== page.epoch) {
      if (now && options.onReset) options.onReset(page as Joined);
      else replace({ epoch: page.epoch, head: page.head, messages: page.messages ?? [] });
    } else {
      take(page.events ?? []);
      log.value = noteHead(log.peek() ?? now, page.head);
    }
    watchHole();
  };

  const replace: LiveRoom['replace'] = (snapshot) => {
    log.value = startLog({ roomId, ...snapshot });
    settle(snapshot.messages.flatMap((message) => message.clientId ?? []));
    const waited = early;
    early = [];
    take(waited);
  };

  const join = async (): Promise<void> => {
    const now = log.peek();
    try {
      const joined = await options.join(now ? { epoch: now.epoch, seq: now.seq } : undefined);
      if (closed) return;
      failure.value = null;
      absorb(joined);
      options.onJoined?.(joined);
    } catch (error) {
      const { code, detail } = toApiError(error);
      // Without an answer the next connection tries again by itself.
      if (code !== 'unavailable') failure.value = detail;
    }
  };

  const stops = [
    on('room:events', (told) => {
      if (told.roomId !== roomId) return;
      const now = log.peek();
      if (now && now.epoch !== told.epoch) void join();
      else take(told.events);
    }),
    onReady(() => void join()),
    outgoing.subscribe((entries) => {
      const now = log.peek();
      const head = Math.max(
        0,
        ...entries.filter((e) => e.roomId === roomId).map((e) => e.sent?.seq ?? 0),
      );
      if (!now || head <= now.head) return;
      log.value = noteHead(now, head);
      watchHole();
    }),
  ];

  return {
    log,
    failure,
    addOlder: (messages) => {
      const now = log.peek();
      if (now) log.value = addOlder(now, messages);
    },
    replace,
    close: () => {
      closed = true;
      clearTimeout(holeTimer);
      for (const stop of stops) stop();
      options.leave().catch(() => undefined);
    },
  };
}

const inOrder = (events: RoomEvent[]): RoomEvent[] =>
  [...new Map(events.map((event) => [event.seq, event])).values()].sort((a, b) => a.seq - b.seq);
