import type { Peer } from '../peer.ts';
import { startAlone, storing } from './bare.ts';

export const socketio: Peer = {
  name: 'socketio',
  title: 'bare Socket.IO',
  line: 'socketio',
  stores: 'nothing',
  missing: () => null,
  start: startAlone('./socketio-server.ts', { keeps: false }),
};

export const storedSocketioWith = storing(socketio, 'stored-socketio', './socketio-server.ts');
export const storedSocketio = storedSocketioWith({});
