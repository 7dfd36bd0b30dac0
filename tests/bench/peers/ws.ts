import type { Peer } from '../peer.ts';
import { type Duties, KEPT, startAlone } from './bare.ts';

export const ws: Peer = {
  name: 'ws',
  title: 'bare ws',
  line: 'ws',
  stores: 'nothing',
  missing: () => null,
  start: startAlone('./ws-server.ts', { keeps: false }),
};

export const storedWs: Peer = {
  ...ws,
  name: 'stored-ws',
  title: 'bare ws that stores',
  stores: KEPT,
  start: startAlone('./ws-server.ts', { keeps: true }),
};

/** The same with more to do. */
export const storedWsWith = (duties: Omit<Duties, 'keeps'>): Peer => ({
  ...storedWs,
  ...(duties.gatherMs && { title: `bare ws that stores, and gathers for ${duties.gatherMs} ms` }),
  start: startAlone('./ws-server.ts', { keeps: true, ...duties }),
});
