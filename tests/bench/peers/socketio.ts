import type { Peer } from '../peer.ts';
import { type Duties, KEPT, startAlone } from './bare.ts';

export const socketio: Peer = {
  name: 'socketio',
  title: 'bare Socket.IO',
  line: 'socketio',
  stores: 'nothing',
  missing: () => null,
  start: startAlone('./socketio-server.ts', { keeps: false }),
};

export const storedSocketio: Peer = {
  ...socketio,
  name: 'stored-socketio',
  title: 'bare Socket.IO that stores',
  stores: KEPT,
  start: startAlone('./socketio-server.ts', { keeps: true }),
};

/** The same with more to do. */
export const storedSocketioWith = (duties: Omit<Duties, 'keeps'>): Peer => ({
  ...storedSocketio,
  ...(duties.gatherMs && {
    title: `bare Socket.IO that stores, and gathers for ${duties.gatherMs} ms`,
  }),
  start: startAlone('./socketio-server.ts', { keeps: true, ...duties }),
});
