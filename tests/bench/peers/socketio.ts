import type { Peer } from '../peer.ts';
import { KEPT, startAlone } from './bare.ts';

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

/** The same, with so many log-ins beside. */
export const storedSocketioLogsIn = (loginsPerSecond: number): Peer => ({
  ...storedSocketio,
  start: startAlone('./socketio-server.ts', { keeps: true, loginsPerSecond }),
});
