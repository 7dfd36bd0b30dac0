import type { LineName, OpenLine } from '../line.ts';
import { openLyceum } from './lyceum.ts';
import { openSocketio } from './socketio.ts';
import { openWs } from './ws.ts';
import { openXmpp } from './xmpp.ts';

export const openers: Record<LineName, OpenLine> = {
  ws: openWs,
  socketio: openSocketio,
  lyceum: openLyceum,
  xmpp: openXmpp,
};
