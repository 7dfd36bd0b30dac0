import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Load } from './load.ts';
import { type Peer, plainSeats } from './peer.ts';
import { lyceum } from './peers/lyceum.ts';
import { socketio, storedSocketio } from './peers/socketio.ts';
import { storedWs, ws } from './peers/ws.ts';
import { runRow } from './row.ts';

const small = { rooms: 3, members: 5, warmUpSeconds: 0.3, settleSeconds: 1, seconds: 1 };
const closed: Load = { ...small, pace: { inFlight: 4 } };
const NONE = { lost: 0, doubled: 0, mixed: 0, strange: 0 };

describe('the generator', () => {
  test.each([lyceum, ws, socketio, storedWs, storedSocketio])(
    'sees all that $title delivers',
    async (peer) => {
      const { measured } = await runRow(peer, closed, { cores: null, seed: 1 });
      expect(measured.losses).toEqual(NONE);
      expect(measured.deliveries).toBeGreaterThan(0);
      expect(measured.sends).toBeGreaterThan(0);
      expect(measured.cpuMicros).toBeGreaterThan(0);
      expect(measured.last.count).toBeGreaterThan(0);
      if (peer === lyceum) expect(measured.acks).toBe(measured.sentInAll);
    },
  );

  /** Tells everybody everything, but one of them only every other time. */
  const leaky: Peer = {
    ...ws,
    start: async (crowd) => {
      const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const rooms = new Map<string, WebSocket[]>();
      let turn = 0;
      server.on('connection', (socket, { url }) => {
        const members = rooms.get(url ?? '') ?? [];
        rooms.set(url ?? '', [...members, socket]);
        socket.on('message', (data: Buffer) => {
          const [first, ...others] = rooms.get(url ?? '') ?? [];
          for (const member of others) member.send(data.toString());
          turn += 1;
          if (turn % 2 === 0) first?.send(data.toString());
        });
      });
      return {
        ...{ seats: plainSeats(crowd, () => port), pids: [process.pid], apartPids: [], url: null },
        close: async () => {
          for (const client of server.clients) client.terminate();
          server.close();
        },
      };
    },
  };

  test('finds what a server leaves out, and refuses the row', async () => {
    const load: Load = { ...small, pace: { perSecond: 20 }, drainSeconds: 0.3 };
    const { measured, refusal } = await runRow(leaky, load, { cores: null, seed: 1 });
    expect(measured.losses.lost).toBeGreaterThan(0);
    expect(measured.losses).toMatchObject({ doubled: 0, strange: 0 });
    expect(refusal).toContain(' lost');
  });
});
