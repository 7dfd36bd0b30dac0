import type { AskOutput, Tells } from '../../src/contract.ts';
import type { RoomEvent } from '../../src/rooms/contract.ts';
import type { Ack } from '../../src/wire/contract.ts';
import { type Fact, monotonicNow } from './history.ts';
import { createOutbox, type Draft } from './outbox.ts';
import type { Random } from './random.ts';
import { begin, emptyView, hasHole, markOf, rowOf, statesOf, take, type View } from './view.ts';
import { connectWire, type Wire } from './wire.ts';

export type DeviceOptions = {
  /** `person/number`. */
  name: string;
  cookie: string;
  /** Ways to the site; a device tries the next one when one does not work. */
  links: string[];
  roomIds: string[];
  random: Random;
  record(fact: Fact): void;
};
export type Device = ReturnType<typeof createDevice>;

/** A hole that has not closed by itself is asked for. */
const HOLE_MS = 1_000;
/** A room that one was taken out of is tried again. */
const OUT_MS = 1_500;
/** Screens are compared by so many of their newest messages. */
const COMPARED = 100;

type Answer = AskOutput<'room:join'> | AskOutput<'room:sync'>;
type Seat = {
  view: View;
  joined: boolean;
  asking: boolean;
  out: boolean;
  holeTimer?: NodeJS.Timeout;
};

/**
 * A client by the rules of the delivery protocol: a clientId once, an outbox, resending after a
 * reconnect, one order by `seq`, repeats dropped, holes asked for after 1 s, `reset` obeyed.
 */
export const createDevice = (options: DeviceOptions) => {
  const { name, cookie, links, roomIds, random, record } = options;
  let wire: Wire | null = null;
  let connected = false;
  let complete = false;
  let stopped = true;
  let failures = 0;
  let turn = random.whole(0, links.length - 1);
  let returnTimer: NodeJS.Timeout | undefined;
  const seats = new Map<string, Seat>(
    roomIds.map((roomId) => [
      roomId,
      { view: emptyView(roomId, ''), joined: false, asking: false, out: false },
    ]),
  );

  const outbox = createOutbox({
    device: name,
    record,
    ship: (draft) => {
      const { roomId, clientId, body } = draft;
      if (!wire || !complete || seats.get(roomId)?.joined === false) return false;
      wire.ask('message:send', { roomId, clientId, body }, (ack) =>
        ack.ok ? outbox.acked(draft, ack.data.message) : outbox.refused(draft, ack.error),
      );
      return true;
    },
    sent: ({ roomId }, { seq }) => {
      const seat = seats.get(roomId);
      if (!seat) return;
      seat.view.head = Math.max(seat.view.head, seq);
      watchHole(seat);
    },
  });

  const deliver = (roomId: string, how: 'live' | 'sync', events: readonly RoomEvent[]) => {
    for (const event of events)
      record({ kind: 'deliver', device: name, roomId, how, ...rowOf(event) });
  };
  const catchUp = ({ view }: Seat, after: number, answer: Answer) => {
    const { roomId } = view;
    if (answer.events && !answer.reset) {
      deliver(roomId, 'sync', answer.events);
      record({ kind: 'synced', device: name, roomId, after, head: answer.head });
      view.epoch = answer.epoch;
      view.head = Math.max(view.head, answer.head);
      return take(view, answer.events);
    }
    for (const { seq, id, body } of answer.messages ?? [])
      record({ kind: 'deliver', device: name, roomId, how: 'sync', seq, id, mark: markOf(body) });
    record({ kind: 'reset', device: name, roomId, head: answer.head });
    begin(view, answer.epoch, answer.head, answer.messages ?? []);
  };
  const sync = (seat: Seat) => {
    const { roomId, seq } = seat.view;
    wire?.ask('room:sync', { roomId, after: seq }, (ack) => {
      if (ack.ok) catchUp(seat, seq, ack.data);
      watchHole(seat);
    });
  };
  const watchHole = (seat: Seat) => {
    if (!hasHole(seat.view)) {
      clearTimeout(seat.holeTimer);
      seat.holeTimer = undefined;
      return;
    }
    seat.holeTimer ??= setTimeout(() => {
      seat.holeTimer = undefined;
      if (hasHole(seat.view) && seat.joined) sync(seat);
    }, HOLE_MS);
  };

  const settle = () => {
    if (complete || [...seats.values()].some(({ joined, out }) => !joined && !out)) return;
    complete = true;
    record({ kind: 'complete', device: name });
    for (const roomId of roomIds) outbox.pump(roomId);
  };
  const joinAnswered = (seat: Seat, after: number, ack: Ack<Answer>) => {
    seat.asking = false;
    seat.joined = ack.ok;
    seat.out = !ack.ok && (ack.error.code === 'not_found' || ack.error.code === 'forbidden');
    if (ack.ok) {
      catchUp(seat, after, ack.data);
      watchHole(seat);
      if (complete) outbox.pump(seat.view.roomId);
    } else later(seat, seat.out ? OUT_MS : 300);
    settle();
  };
  const join = (seat: Seat) => {
    if (!wire || seat.joined || seat.asking) return;
    seat.asking = true;
    const { roomId, epoch, seq } = seat.view;
    wire.ask('room:join', { roomId, after: { epoch, seq } }, (ack) => joinAnswered(seat, seq, ack));
  };
  const later = (seat: Seat, ms: number) => {
    const at = wire;
    setTimeout(() => wire === at && join(seat), ms);
  };

  const told = (event: string, payload: unknown) => {
    if (event === 'room:events') {
      const { roomId, epoch, events } = payload as Tells['room:events'];
      const seat = seats.get(roomId);
      if (!seat || epoch !== seat.view.epoch) return;
      deliver(roomId, 'live', events);
      take(seat.view, events);
      watchHole(seat);
    }
    if (event === 'room:removed') {
      const seat = seats.get((payload as Tells['room:removed']).roomId);
      if (!seat?.joined) return;
      Object.assign(seat, { joined: false, out: true });
      later(seat, OUT_MS);
    }
    if (event === 'session:closed') {
      const { comeBackInMs } = payload as Tells['session:closed'];
      turn += 1;
      leave('close');
      comeBack(comeBackInMs ?? random.whole(500, 2_000));
    }
  };
  const ready = ({ epoch }: Tells['ready']) => {
    failures = 0;
    for (const seat of seats.values()) {
      seat.view.epoch ||= epoch;
      join(seat);
    }
  };
  const forget = (silent = false) => {
    wire = null;
    complete = false;
    for (const seat of seats.values()) {
      clearTimeout(seat.holeTimer);
      Object.assign(seat, { joined: false, asking: false, out: false, holeTimer: undefined });
    }
    if (connected) record({ kind: 'disconnect', device: name, ...(silent && { silent }) });
    connected = false;
    outbox.unanswered();
  };
  const comeBack = (ms: number) => {
    clearTimeout(returnTimer);
    if (!stopped) returnTimer = setTimeout(connect, ms);
  };
  /** The next try goes another way, a little later each time. */
  const failed = (silent = false) => {
    forget(silent);
    failures += 1;
    turn += 1;
    comeBack(random.whole(50, 100) * Math.min(failures, 8));
  };
  const leave = (how: 'close' | 'reset') => {
    const old = wire;
    forget();
    old?.end(how);
  };
  const connect = () => {
    if (wire || stopped) return;
    const link = links[turn % links.length] ?? '';
    const mine: Wire = connectWire(link, cookie, {
      connected: () => {
        connected = true;
        record({ kind: 'connect', device: name, link });
      },
      ready,
      told,
      gone: () => wire === mine && failed(),
      silent: () => {
        if (wire === mine) failed(true);
        mine.end('reset');
      },
    });
    wire = mine;
  };

  const readAt = new Map<string, number>();
  return {
    name,
    start: () => {
      stopped = false;
      connect();
    },
    /** Gone for good; what is unsent stays unsent. */
    stop: () => {
      stopped = true;
      clearTimeout(returnTimer);
      leave('close');
    },
    /** Loses the connection, and comes back after `offlineMs`, perhaps to another process. */
    drop: (how: 'close' | 'reset', offlineMs: number, elsewhere: boolean) => {
      if (elsewhere) turn += 1;
      leave(how);
      comeBack(offlineMs);
    },
    stall: (on: boolean) => wire?.stall(on),
    say: (draft: Draft) => outbox.add(draft),
    /** An ask beside the outbox: whatever it is answered, nothing is tried again. */
    act: (send: (wire: Wire) => void) => {
      if (wire && complete) send(wire);
    },
    read: (roomId: string) => {
      const seat = seats.get(roomId);
      const newest = [...(seat?.view.messages.values() ?? [])].at(-1)?.n;
      if (!seat?.joined || newest === undefined || (readAt.get(roomId) ?? 0) >= newest) return;
      readAt.set(roomId, newest);
      const since = monotonicNow();
      wire?.ask('room:read', { roomId, n: newest }, (ack) => {
        if (!ack.ok) return;
        const answer = ack.data.lastRead;
        record({ kind: 'read', device: name, roomId, since, asked: newest, answer });
      });
    },
    messages: (roomId: string) => [...(seats.get(roomId)?.view.messages.values() ?? [])],
    /** Nothing unsent, and complete in every room. */
    isQuiet: () =>
      complete &&
      outbox.waiting() === 0 &&
      [...seats.values()].every(({ joined, view }) => joined && !hasHole(view)),
    state: () => ({ connected, complete, waiting: outbox.waiting() }),
    showScreens: () => {
      for (const { view, joined } of seats.values()) {
        const { roomId, base, rows, messages } = view;
        const states = statesOf([...messages.values()].slice(-COMPARED));
        if (joined) record({ kind: 'screen', device: name, roomId, base, rows: [...rows], states });
      }
    },
  };
};
