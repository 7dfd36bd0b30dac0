import { DomainError, unavailable } from '../errors.ts';
import { remember } from '../platform/remember.ts';
import type { Appended, EventRecord, NewEvent } from './records.ts';

/** Events of one room that are stored together at most. */
const FLUSH_MAX = 64;
/** A room above 50 events/s gathers: nobody can tell 16 ms, the time of one picture on a screen. */
const BUSY_PER_S = 50;
const GATHER_MS = 16;
/** When storing took longer than that, the next beat still leaves some time to gather. */
const BETWEEN_MS = 4;
/** The same where all rooms together are busy: each commit is then for many. */
const BUSY_IN_ALL_PER_S = 200;
/** With so many in all busy rooms, waiting for more would bring less than it costs. */
const ENOUGH = 16;
/** More than this waiting in one room: refuse instead of growing. */
const WAITING_MAX = 1_000;

const busy = unavailable('This room is busy; try again in a moment.');

export type Appender = {
  /**
   * Puts an event in its room's queue, in the order of the calls; resolves when it is stored and
   * told, or has failed: `unavailable` when too many wait, and when the store was out of reach
   * while it waited. Never rejects.
   */
  append(event: NewEvent): Promise<Appended>;
};

type Options = {
  store: (roomId: string, events: readonly NewEvent[]) => Promise<Appended[]>;
  /**
   * Hands over what one flush has stored, before the next flush. Acks also wait for `told`: whoever
   * is not acked sends again, so that nothing stored is left untold by a process that dies.
   */
  committed: (roomId: string, events: EventRecord[]) => Promise<{ told: Promise<void> }>;
};

type Waiting = { event: NewEvent; resolve: (appended: Appended) => void };
type Queue = { waiting: Waiting[]; gathers: boolean };

const isOutOfReach = (each: Appended): boolean =>
  each.state === 'failed' && each.error instanceof DomainError && each.error.code === 'unavailable';
const nothing = { told: Promise.resolve() };
const newOnes = (appended: readonly Appended[]): EventRecord[] =>
  appended.flatMap((each) => (each.state === 'stored' ? [each.event] : []));

/** A queue per room: a quiet room stores at once, a busy one in groups. */
export const createAppender = ({ store, committed }: Options): Appender => {
  const queues = new Map<string, Queue>();
  const paces = createPaces();
  const beat = createBeat();

  /** Answers what became of the group, as the store said. */
  const flush = async (roomId: string, group: readonly Waiting[]): Promise<Appended[]> => {
    let appended: Appended[];
    try {
      appended = await store(
        roomId,
        group.map(({ event }) => event),
      );
    } catch (error) {
      appended = group.map(() => ({ state: 'failed', error }));
    }
    const stored = newOnes(appended);
    const { told } = stored.length > 0 ? await committed(roomId, stored) : nothing;
    // The next flush does not wait for it.
    void told.then(() => {
      for (const [index, { resolve }] of group.entries()) resolve(appended[index] as Appended);
    });
    return appended;
  };

  const run = async (roomId: string, queue: Queue) => {
    while (queue.waiting.length > 0) {
      queue.gathers = paces.isBusy(roomId);
      if (queue.gathers) await beat.next(queue.waiting.length);
      queue.gathers = false;
      const appended = await flush(roomId, queue.waiting.splice(0, FLUSH_MAX));
      // Whoever waited while the store did not answer hears it now, not after a wait of their own.
      if (appended.every(isOutOfReach))
        for (const { resolve } of queue.waiting.splice(0)) resolve(appended[0] as Appended);
    }
    queues.delete(roomId);
  };

  return {
    append: (event) =>
      new Promise((resolve) => {
        const { roomId } = event;
        const known = queues.get(roomId);
        if (known && known.waiting.length >= WAITING_MAX)
          return resolve({ state: 'failed', error: busy });
        const queue = known ?? { waiting: [], gathers: false };
        paces.count(roomId, performance.now());
        queue.waiting.push({ event, resolve });
        if (queue.gathers) beat.more();
        if (known) return;
        queues.set(roomId, queue);
        // `flush` and `committed` never reject.
        void run(roomId, queue);
      }),
  };
};

/**
 * Busy rooms go on at one beat: what they have gathered reaches the disk in one commit. The beat
 * comes when the gathering time has gone by since the one before, however long storing took, or when
 * enough is there.
 */
const createBeat = () => {
  let waiting = 0;
  let coming: Promise<void> | null = null;
  let last = Number.NEGATIVE_INFINITY;
  let strike = () => {};
  const begin = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(
        () => strike(),
        Math.max(BETWEEN_MS, last + GATHER_MS - performance.now()),
      );
      let struck = false;
      strike = () => {
        if (struck) return;
        struck = true;
        clearTimeout(timer);
        last = performance.now();
        coming = null;
        waiting = 0;
        resolve();
      };
    });
  const count = (events: number) => {
    const before = waiting;
    waiting += events;
    // What has arrived already and is not yet read comes with it: the more there is, the more at once.
    if (before < ENOUGH && waiting >= ENOUGH) setImmediate(strike);
  };
  return {
    /** Resolves with the beat; so many events begin to wait for it. */
    next: (events: number): Promise<void> => {
      coming ??= begin();
      const next = coming;
      count(events);
      return next;
    },
    /** One more waits. */
    more: () => count(1),
  };
};

/** Rooms whose pace is remembered: more are hardly busy at once. */
const PACES_MAX = 1_000;
/** What is counted fades with this time constant. */
const FADE_MS = 500;

type Pace = { level: number; at: number };
/** Where a steady rate stands. */
const steady = (perSecond: number) => (perSecond * FADE_MS) / 1_000;

/** How busy rooms are: their events, fading, so that a steady room stands at rate × FADE_MS. */
const createPaces = () => {
  const paces = new Map<string, Pace>();
  let all: Pace = { level: 0, at: 0 };
  const oneMore = ({ level, at }: Pace, now: number): Pace => ({
    level: level * Math.exp((at - now) / FADE_MS) + 1,
    at: now,
  });
  return {
    count: (roomId: string, now: number) => {
      all = oneMore(all, now);
      remember(paces, roomId, oneMore(paces.get(roomId) ?? { level: 0, at: now }, now), PACES_MAX);
    },
    isBusy: (roomId: string): boolean =>
      all.level > steady(BUSY_IN_ALL_PER_S) || (paces.get(roomId)?.level ?? 0) > steady(BUSY_PER_S),
  };
};
