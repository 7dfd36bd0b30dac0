import { unavailable } from '../errors.ts';
import type { Appended, EventRecord, NewEvent } from './records.ts';

/** Events of one room that are stored together at most. */
const FLUSH_MAX = 64;
/** While a room is busy, its next flush waits for company until its first event is this old. */
const GATHER_MS = 3;
/** More than this waiting in one room: refuse instead of growing. */
const WAITING_MAX = 1_000;

const busy = unavailable('This room is busy; try again in a moment.');

export type Appender = {
  /**
   * Puts an event in its room's queue, in the order of the calls; resolves when it is stored and
   * told, or has failed: `unavailable` when too many wait. Never rejects.
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

type Waiting = {
  event: NewEvent;
  since: number;
  resolve: (appended: Appended) => void;
};

const nothing = { told: Promise.resolve() };
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const newOnes = (appended: readonly Appended[]): EventRecord[] =>
  appended.flatMap((each) => (each.state === 'stored' ? [each.event] : []));

/** A queue per room: an idle room stores at once, a busy one in groups. */
export const createAppender = ({ store, committed }: Options): Appender => {
  const queues = new Map<string, Waiting[]>();

  const flush = async (roomId: string, group: readonly Waiting[]) => {
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
  };

  const run = async (roomId: string, queue: Waiting[]) => {
    await flush(roomId, queue.splice(0, FLUSH_MAX));
    while (queue.length > 0) {
      const age = performance.now() - (queue[0]?.since ?? 0);
      if (queue.length < FLUSH_MAX && age < GATHER_MS) await pause(GATHER_MS - age);
      await flush(roomId, queue.splice(0, FLUSH_MAX));
    }
    queues.delete(roomId);
  };

  return {
    append: (event) =>
      new Promise((resolve) => {
        const known = queues.get(event.roomId);
        if (known && known.length >= WAITING_MAX) return resolve({ state: 'failed', error: busy });
        const queue = known ?? [];
        queue.push({ event, since: performance.now(), resolve });
        if (known) return;
        queues.set(event.roomId, queue);
        // `flush` and `committed` never reject.
        void run(event.roomId, queue);
      }),
  };
};
