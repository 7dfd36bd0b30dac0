import { freePort } from '../support/ports.ts';
import { type Edge, startJob } from './job.ts';
import { type Job, type Load, type Measured, refusalOf } from './load.ts';
import type { Peer, Running } from './peer.ts';
import { profileWindow } from './profile.ts';

/** Connecting and draining take time beyond the load itself. */
const SPARE_MS = 90_000;

/** The server's core and the generator's; null for a look that is not to be believed. */
export type Cores = { server: number; generator: number } | null;
export type RowOptions = {
  cores: Cores;
  seed: number;
  /** Gets the functions in which the server spent the window. */
  profile?: (text: string) => void;
  /** Called at both edges of the window. */
  onWindow?: (edge: Edge, running: Running) => void;
  /** Begins something else that goes on meanwhile; `end` throws when that went wrong. */
  beside?: (running: Running) => Promise<{ end(): Promise<void> }>;
};

/** One peer under one load. `refusal` says why it is not a result. */
export type Row = { measured: Measured; refusal: string | null };

export const runRow = async (peer: Peer, load: Load, options: RowOptions): Promise<Row> => {
  const { cores, seed, profile, onWindow, beside } = options;
  const looksInside = profile !== undefined || load.pace === 'idle';
  const inspectPort = looksInside ? await freePort() : undefined;
  const running = await peer.start(load, { core: cores?.server ?? null, inspectPort });
  try {
    const { seats, pids, apartPids } = running;
    const job: Job = { line: peer.line, seats, load, seed, pids, apartPids, inspectPort };
    const window = profile && inspectPort ? await profileWindow(inspectPort, pids[0] ?? 0) : null;
    const other = await beside?.(running);
    const measured = await startJob<Measured>('./generate.ts', job, {
      core: cores?.generator ?? null,
      withinMs: (load.warmUpSeconds + load.settleSeconds + load.seconds) * 1_000 + SPARE_MS,
      onWindow: (edge) => {
        window?.[edge]();
        onWindow?.(edge, running);
      },
    });
    await other?.end();
    if (window) profile?.(await window.text());
    return { measured, refusal: refusalOf(measured) };
  } finally {
    await running.close();
  }
};
