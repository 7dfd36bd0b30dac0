import { type Attempt, figuresOf } from './figures.ts';
import type { Load } from './load.ts';
import type { Peer } from './peer.ts';
import { runRow } from './row.ts';
import type { Contender, MeasureOptions } from './workload.ts';

const PERIOD_MS = 10;
const LAG = /^nodejs_eventloop_lag_p99_seconds (\S+)$/m;

/** The server's own gauge; it begins anew with each look. */
const loopDelay = async (url: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  // It measures how long a timer of 10 ms took.
  return Math.max(0, Number(LAG.exec(text)?.[1]) * 1_000 - PERIOD_MS);
};

/** People talking in rooms: what a peer needs for it and how fast it is. */
export const talking = (peer: Peer, load: Load, { watchLoop = false } = {}): Contender => ({
  ...{ name: peer.name, title: peer.title, stores: peer.stores, missing: peer.missing },
  measure: async ({ seconds = load.seconds, ...options }: MeasureOptions): Promise<Attempt> => {
    let delay: Promise<number> | undefined;
    const { measured, refusal } = await runRow(
      peer,
      { ...load, seconds },
      {
        ...options,
        onWindow: (_edge, { url }) => {
          if (watchLoop && url) delay = loopDelay(url);
        },
      },
    );
    const loopP99 = await delay;
    return {
      figures: { ...figuresOf(measured), ...(loopP99 !== undefined && { loopP99 }) },
      refusal,
    };
  },
});
