import type { LineName, Seat } from './line.ts';
import type { Spread } from './stats.ts';
import type { Losses } from './tally.ts';

/** What the members do. Either at a rate, or with so many messages of each room on their way. */
export type Load = {
  rooms: number;
  members: number;
  pace: { perSecond: number } | { inFlight: number } | 'idle';
  warmUpSeconds: number;
  /** The rate of the window, before the window: what the warm-up has left to do is done by then. */
  settleSeconds: number;
  seconds: number;
  /** How long what is under way may take to arrive; 15 s. */
  drainSeconds?: number;
};

export type Job = {
  line: LineName;
  seats: Seat[];
  load: Load;
  seed: number;
  /** The peer's processes; and those whose CPU is counted apart. */
  pids: number[];
  apartPids: number[];
  /** Where the first of the processes can be asked to collect its garbage before memory is looked at. */
  inspectPort?: number | undefined;
};

/** What was seen between the beginning and the end of the window. */
export type Measured = {
  seconds: number;
  deliveries: number;
  sends: number;
  /** CPU of the peer's processes in µs, and of what is counted apart. */
  cpuMicros: number;
  apartMicros: number;
  /** Memory of the peer's processes in bytes before and after so many connected, without garbage. */
  bytesBefore: number;
  bytesAfter: number;
  connected: number;
  /** Share of a core that the generator used. */
  generatorShare: number;
  /** Planned send to delivery, in ms: of random members, and of the last in each room's order. */
  random: Spread;
  last: Spread;
  /** Over the whole run, warm-up included, after everything had time to arrive. */
  losses: Losses;
  acks: number;
  /** Messages sent over the whole run. */
  sentInAll: number;
};

/** A generator that has no more time to spare measures itself. */
const MAX_GENERATOR_SHARE = 0.9;

export const tooBusy = (generatorShare: number): string | null =>
  generatorShare > MAX_GENERATOR_SHARE
    ? `the generator used ${generatorShare.toFixed(2)} of its core`
    : null;

/** Why this is not a result; null when it is one. */
export const refusalOf = ({ generatorShare, losses }: Measured): string | null => {
  const { lost, doubled, mixed, strange } = losses;
  const isWrong = lost + doubled + mixed + strange > 0;
  if (isWrong) return `${lost} lost, ${doubled} doubled, ${mixed} mixed up, ${strange} strange`;
  return tooBusy(generatorShare);
};
