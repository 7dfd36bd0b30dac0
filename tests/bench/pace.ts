import type { Random } from '../faults/random.ts';

export type Pace = {
  /** A message of this room has reached everybody. */
  complete(room: number): void;
  stop(): void;
};
type Send = (room: number, plannedAt: number) => void;

/**
 * Open loop: every room at its rate, each with its own beat, whatever the server does. A send that
 * is late is timed from when it was due.
 */
export const openLoop = (rooms: number, perSecond: number, random: Random, send: Send): Pace => {
  const beat = 1_000 / perSecond;
  const phases = Array.from({ length: rooms }, (_, room) => ({ room, at: random.next() * beat }));
  phases.sort((a, b) => a.at - b.at);
  const start = performance.now();
  let turn = 0;
  let timer: NodeJS.Timeout;
  const due = () => start + Math.floor(turn / rooms) * beat + (phases[turn % rooms]?.at ?? 0);
  const tick = () => {
    for (; due() <= performance.now(); turn += 1) send(phases[turn % rooms]?.room ?? 0, due());
    timer = setTimeout(tick, due() - performance.now());
  };
  tick();
  return { complete: () => {}, stop: () => clearTimeout(timer) };
};

/** Closed loop: a room's next message goes out when one before it has reached everybody. */
export const closedLoop = (rooms: number, inFlight: number, send: Send): Pace => {
  let going = true;
  for (let room = 0; room < rooms; room += 1)
    for (let count = 0; count < inFlight; count += 1) send(room, performance.now());
  return {
    complete: (room) => {
      if (going) send(room, performance.now());
    },
    stop: () => {
      going = false;
    },
  };
};
