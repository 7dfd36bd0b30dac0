import { type Anomaly, anomalies, type Problem } from './anomalies.ts';
import { clientsView } from './checker-clients.ts';
import { logView } from './checker-log.ts';
import { recoveries, refusals, type Spread, spread, stalenesses } from './checker-times.ts';
import type { History } from './history.ts';

export type Report = {
  counts: Record<Anomaly, number>;
  /** The first few of each kind, in words. */
  examples: string[];
  /** Messages that somebody meant to send, and those of them that were acked. */
  sends: number;
  acked: number;
  /** Attempts by how they ended. */
  refused: number;
  unknown: number;
  /** Connections given up because nothing was answered for 5 s. */
  silences: number;
  /** Events that reached a device again: allowed on the wire, never on a screen. */
  wireDuplicates: number;
  /** From connecting again to being complete in all rooms, ms. */
  recovery: Spread;
  /** From losing the connection to being complete again, ms. */
  away: Spread;
  /** From the first sign that an event is stored to its arrival at a connected device, ms. */
  staleness: Spread;
  /** From a send to the answer `unavailable`, ms. */
  refusal: Spread;
};

const EXAMPLES = 4;

const noCounts = () =>
  Object.fromEntries(anomalies.map((name) => [name, 0])) as Record<Anomaly, number>;

/** Judges a history. A pure function: the same history gives the same report. */
export const check = (history: History): Report => {
  const counts = noCounts();
  const examples: string[] = [];
  const found: Problem = (anomaly, text) => {
    counts[anomaly] += 1;
    if (counts[anomaly] <= EXAMPLES) examples.push(`${anomaly}: ${text}`);
  };
  const log = logView(history, found);
  const clients = clientsView(history, log, found);
  return {
    counts,
    examples,
    ...clients,
    recovery: spread(recoveries(history, 'connect')),
    away: spread(recoveries(history, 'disconnect')),
    staleness: spread(stalenesses(history)),
    refusal: spread(refusals(history)),
  };
};

export const isClean = (report: Report): boolean =>
  anomalies.every((name) => report.counts[name] === 0);
