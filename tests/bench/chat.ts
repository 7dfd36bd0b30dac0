import { LOOP_LOOK_MS } from '../../src/edge/operations.ts';
import { figuresOf, idleFigures } from './figures.ts';
import type { Load } from './load.ts';
import type { Peer } from './peer.ts';
import { type RowOptions, runRow } from './row.ts';
import type { Contender } from './workload.ts';

const LAG = /^nodejs_eventloop_lag_p99_seconds (\S+)$/m;

/** The server's own gauge; it begins anew with each look. */
const loopDelay = async (url: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  // It measures how long a timer took in all.
  return Math.max(0, Number(LAG.exec(text)?.[1]) * 1_000 - LOOP_LOOK_MS);
};

type Options = {
  /** Asks the server for the delay of its event loop. */
  watchLoop?: boolean;
  beside?: RowOptions['beside'];
};
const introduced = ({ name, title, stores, missing }: Peer) => ({ name, title, stores, missing });

/** People who talk in rooms. */
export const talking = (
  peer: Peer,
  load: Load,
  { watchLoop = false, beside }: Options = {},
): Contender => ({
  ...introduced(peer),
  measure: async ({ seconds = load.seconds, ...options }) => {
    let delay: Promise<number> | undefined;
    const onWindow: RowOptions['onWindow'] = (_edge, { url }) => {
      if (watchLoop && url) delay = loopDelay(url);
    };
    const row = { ...options, beside, onWindow };
    const { measured, refusal } = await runRow(peer, { ...load, seconds }, row);
    const loopP99 = await delay;
    return {
      figures: { ...figuresOf(measured), ...(loopP99 !== undefined && { loopP99 }) },
      refusal,
    };
  },
});

/**
 * People who talk, first by themselves and then with something beside: a machine changes from minute to
 * minute, so both are looked at together. `busy` is the same peer when what is beside is in its server.
 */
export const disturbed = (
  peer: Peer,
  load: Load,
  { beside, busy = peer }: { beside?: RowOptions['beside']; busy?: Peer },
): Contender => ({
  ...introduced(peer),
  measure: async (options) => {
    const quiet = await talking(peer, load).measure({ ...options, profile: undefined });
    if (quiet.refusal !== null) return quiet;
    const { figures, refusal } = await talking(busy, load, { beside }).measure(options);
    return { figures: { ...figures, quietP99: quiet.figures.p99 }, refusal };
  },
});

/** People who are there and do nothing. */
export const idling = (peer: Peer, load: Omit<Load, 'pace'>): Contender => ({
  ...introduced(peer),
  measure: async (options) => {
    const { measured, refusal } = await runRow(peer, { ...load, pace: 'idle' }, options);
    return { figures: idleFigures(measured), refusal };
  },
});
