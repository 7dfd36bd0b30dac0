import { type Peer, plainSeats } from '../peer.ts';
import { startBare } from './bare.ts';

export const ws: Peer = {
  name: 'ws',
  title: 'bare ws',
  line: 'ws',
  stores: 'nothing',
  missing: () => null,
  start: async (crowd, options) => {
    const { port, pid, close } = await startBare('./ws-server.ts', options);
    const seats = plainSeats(crowd, () => port);
    return { seats, pids: [pid], apartPids: [], url: null, close };
  },
};
