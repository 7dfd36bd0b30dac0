import type { Attempt, Figures, Of } from './figures.ts';
import type { PeerName } from './peer.ts';
import { type Range, rangeOf } from './stats.ts';
import type { Goal, Workload } from './workload.ts';

/** Attempts by workload, peer and round. */
export type Results = {
  put(workload: string, peer: PeerName, round: number, attempt: Attempt): void;
  /** Those that are results, round by round. */
  rounds(workload: string, peer: PeerName): (Figures | undefined)[];
  refusals(workload: string, peer: PeerName): string[];
};

export const createResults = (): Results => {
  const kept = new Map<string, Attempt[]>();
  const of = (workload: string, peer: PeerName) => {
    const key = `${workload} ${peer}`;
    const found = kept.get(key) ?? [];
    kept.set(key, found);
    return found;
  };
  return {
    put: (workload, peer, round, attempt) => {
      of(workload, peer)[round] = attempt;
    },
    rounds: (workload, peer) =>
      Array.from(of(workload, peer), (attempt) =>
        attempt && attempt.refusal === null ? attempt.figures : undefined,
      ),
    refusals: (workload, peer) => of(workload, peer).flatMap(({ refusal }) => refusal ?? []),
  };
};

/** The least that stores, in the place of Lyceum: what a goal leaves for all the rest is seen there. */
export const STORING: readonly { title: string; instead: Partial<Record<PeerName, PeerName>> }[] = [
  { title: 'ws that stores', instead: { lyceum: 'stored-ws' } },
  {
    title: 'Socket.IO that stores',
    instead: { lyceum: 'stored-socketio', 'lyceum-redis': 'stored-socketio-redis' },
  },
];

export type Verdict = {
  text: string;
  /** Of the rounds; null when nothing was measured. */
  range: Range | null;
  met: boolean | null;
  limit: number;
  /** The middle of what each of STORING would have reached; null where it was not measured. */
  storing: (number | null)[];
};

/** Each round's value by itself, then the middle of them against the limit. */
export const judge = (
  goal: Goal,
  workload: Workload,
  { results, rounds, fsyncs }: { results: Results; rounds: number; fsyncs: readonly number[] },
): Verdict => {
  const measured = (round: number): Of => {
    return (peer, id = workload.id) => results.rounds(id, peer)[round];
  };
  const valuesOf = (ofRound: (round: number) => Of) =>
    Array.from({ length: rounds }, (_, round) =>
      goal.value(ofRound(round), fsyncs[round] ?? Number.NaN),
    ).filter((value) => value !== undefined && !Number.isNaN(value)) as number[];
  const values = valuesOf(measured);
  const storing = STORING.map(({ instead }) => {
    const theirs = valuesOf((round) => (peer, id) => {
      const other = instead[peer];
      if (other) return measured(round)(other, id);
      return peer.startsWith('lyceum') ? undefined : measured(round)(peer, id);
    });
    return theirs.length > 0 ? rangeOf(theirs).middle : null;
  });
  const { text, limit, better } = goal;
  if (values.length === 0) return { text, range: null, met: null, limit, storing };
  const range = rangeOf(values);
  return {
    ...{ text, range, limit, storing },
    met: better === 'lower' ? range.middle <= limit : range.middle >= limit,
  };
};
