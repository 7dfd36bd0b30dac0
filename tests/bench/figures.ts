import type { Measured } from './load.ts';
import type { PeerName } from './peer.ts';

/** What a row says, in the units of its name. */
export type Figures = {
  /** Server CPU in µs for each delivery. */
  cpu?: number;
  /** CPU of the database in µs for each delivery. */
  apartCpu?: number;
  /** Share of its core that the server used. */
  busy?: number;
  deliveriesPerSecond?: number;
  /** Requests per second for an article's page, and for the list of articles as JSON. */
  pages?: number;
  lists?: number;
  /** Rows per second, so many handed over at once. */
  rows1?: number;
  rows16?: number;
  rows256?: number;
  /** Disk syncs per second, of one block each. */
  syncs?: number;
  /** ms from the planned send to the delivery. */
  p50?: number;
  p99?: number;
  lastP99?: number;
  /** p99 of the same people with nothing beside them. */
  quietP99?: number;
  /** Kilobytes of memory for each connection. */
  kilobytes?: number;
  /** Seconds until everybody had everything. */
  seconds?: number;
  /** The same of a process that has just begun. */
  restartSeconds?: number;
  /** p99 of the event loop's delay, in ms. */
  loopP99?: number;
  generatorShare?: number;
};

/** One measurement of one peer; `refusal` says why it is not a result. */
export type Attempt = { figures: Figures; refusal: string | null };
/** Of one round: what a peer showed under a workload. */
export type Of = (peer: PeerName, workload?: string) => Figures | undefined;

/** Of people who talk. */
export const figuresOf = (measured: Measured): Figures => {
  const { seconds, deliveries, random, last } = measured;
  return {
    cpu: measured.cpuMicros / deliveries,
    ...(measured.apartMicros > 0 && { apartCpu: measured.apartMicros / deliveries }),
    busy: measured.cpuMicros / 1e6 / seconds,
    deliveriesPerSecond: deliveries / seconds,
    p50: random.p50,
    p99: random.p99,
    lastP99: last.p99,
    generatorShare: measured.generatorShare,
  };
};

/** Of connections that only stay open. */
export const idleFigures = (measured: Measured): Figures => ({
  kilobytes: (measured.bytesAfter - measured.bytesBefore) / 1_024 / measured.connected,
  busy: measured.cpuMicros / 1e6 / measured.seconds,
});
