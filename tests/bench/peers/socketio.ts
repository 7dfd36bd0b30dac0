import { type Peer, plainSeats } from '../peer.ts';
import { startBare } from './bare.ts';

export const socketio: Peer = {
  name: 'socketio',
  title: 'bare Socket.IO',
  line: 'socketio',
  stores: 'nothing',
  missing: () => null,
  start: async (crowd, options) => {
    const { port, pid, close } = await startBare('./socketio-server.ts', options);
    const seats = plainSeats(crowd, () => port);
    return { seats, pids: [pid], apartPids: [], url: null, close };
  },
};
