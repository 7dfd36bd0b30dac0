import type { Attempt, Figures, Of } from './figures.ts';
import type { PeerName } from './peer.ts';
import type { RowOptions } from './row.ts';

/** A promise about figures, checked by the middle of the rounds. */
export type Goal = {
  text: string;
  /** Of one round; undefined when a figure is missing. `fsyncMs` is one disk sync here. */
  value(of: Of, fsyncMs: number): number | undefined;
  limit: number;
  better: 'lower' | 'higher';
};

export type Contender = {
  name: PeerName;
  title: string;
  stores: string;
  missing(): string | null;
  measure(options: MeasureOptions): Promise<Attempt>;
};
export type MeasureOptions = RowOptions & {
  /** Length of the window; the workload knows its own. */
  seconds?: number;
};

export type Workload = {
  id: string;
  title: string;
  contenders: readonly Contender[];
  goals: readonly Goal[];
};

export const quotient = (ours: number | undefined, theirs: number | undefined) =>
  ours === undefined || theirs === undefined || theirs === 0 ? undefined : ours / theirs;

/** Lyceum's figure as a multiple of a peer's. */
export const times = (
  figure: keyof Figures,
  than: PeerName,
  { atMost, atLeast }: { atMost?: number; atLeast?: number },
  text: string,
): Goal => ({
  text,
  value: (of) => quotient(of('lyceum')?.[figure], of(than)?.[figure]),
  limit: atMost ?? atLeast ?? 0,
  better: atMost === undefined ? 'higher' : 'lower',
});
