import type { Peer } from '../peer.ts';
import { KEPT, startAlone } from './bare.ts';

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

/** The same, with so many log-ins beside. */
export const storedWsLogsIn = (loginsPerSecond: number): Peer => ({
  ...storedWs,
  start: startAlone('./ws-server.ts', { keeps: true, loginsPerSecond }),
});
