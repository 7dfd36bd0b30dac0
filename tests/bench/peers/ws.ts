import type { Peer } from '../peer.ts';
import { startAlone, storing } from './bare.ts';

export const ws: Peer = {
  name: 'ws',
  title: 'bare ws',
  line: 'ws',
  stores: 'nothing',
  missing: () => null,
  start: startAlone('./ws-server.ts', { keeps: false }),
};

export const storedWsWith = storing(ws, 'stored-ws', './ws-server.ts');
export const storedWs = storedWsWith({});
