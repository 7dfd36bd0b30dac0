import type { Peer } from '../peer.ts';
import { lyceum } from './lyceum.ts';
import { socketio } from './socketio.ts';
import { ws } from './ws.ts';

export const peers: readonly Peer[] = [lyceum, socketio, ws];
