import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { afterEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createHeartbeats } from '../../src/edge/heartbeats.ts';
import { createConnection } from '../../src/edge/socket-connection.ts';
import type { Connection } from '../../src/platform/connections.ts';
import { type Frame, ping } from '../../src/platform/frame.ts';

afterEach(() => vi.useRealTimers());

/** What Engine.IO and Socket.IO would have, as far as heartbeats touch it. */
const stand = () => {
  const sent: Frame[] = [];
  const conn = Object.assign(new EventEmitter(), {
    pingIntervalTimer: { refresh: () => {} },
    closed: '',
    onClose: (reason: string) => {
      conn.closed = reason;
      conn.emit('close', reason);
    },
  });
  const connection = { send: (frame: Frame) => void sent.push(frame) } as unknown as Connection;
  return { conn, connection, socket: { conn } as unknown as Socket, sent };
};
const every = { everyMs: 1_000, withinMs: 800, turnMs: 100 };

test('those who come at once are pinged in turns, each once in its time', () => {
  vi.useFakeTimers();
  const heartbeats = createHeartbeats(every);
  const all = Array.from({ length: 25 }, stand);
  for (const { connection, socket } of all) heartbeats.add(connection, socket);
  const pinged = () => all.reduce((sum, { sent }) => sum + sent.length, 0);
  const inTurns = Array.from({ length: 10 }, () => {
    const before = pinged();
    vi.advanceTimersByTime(100);
    for (const { conn } of all) conn.pingIntervalTimer.refresh();
    return pinged() - before;
  });
  expect(new Set(inTurns)).toEqual(new Set([2, 3]));
  expect(all.map(({ sent }) => sent)).toEqual(all.map(() => [ping]));
  heartbeats.close();
  vi.advanceTimersByTime(5_000);
  expect(pinged()).toBe(25);
});

test('one that has closed is not pinged any more; one that says nothing is closed', () => {
  vi.useFakeTimers();
  const heartbeats = createHeartbeats(every);
  const [gone, silent, there] = [stand(), stand(), stand()];
  for (const { connection, socket } of [gone, silent, there]) heartbeats.add(connection, socket);
  gone.conn.emit('close');
  for (let turn = 0; turn < 30; turn += 1) {
    vi.advanceTimersByTime(100);
    there.conn.pingIntervalTimer.refresh();
  }
  expect(gone).toMatchObject({ sent: [], conn: { closed: '' } });
  expect(silent).toMatchObject({ sent: [ping], conn: { closed: 'ping timeout' } });
  expect(there.sent).toHaveLength(3);
  expect(there.conn.closed).toBe('');
  heartbeats.close();
});

test('over the wire: a pong or any other packet is an answer, silence is the end', async () => {
  const http = createServer();
  const io = new Server(http, { transports: ['websocket'] });
  const heartbeats = createHeartbeats({ everyMs: 500, withinMs: 400, turnMs: 50 });
  const reasons = new Map<string, string>();
  io.on('connection', (socket) => {
    const { name } = socket.handshake.auth as { name: string };
    socket.on('disconnect', (reason) => reasons.set(name, reason));
    heartbeats.add(createConnection(socket, null), socket);
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  const connect = (name: string, answer: string | null) => {
    const client = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`);
    let pings = 0;
    client.on('message', (data: Buffer) => {
      const text = data.toString();
      if (text.startsWith('0')) client.send(`40${JSON.stringify({ name })}`);
      if (text !== '2') return;
      pings += 1;
      if (answer) client.send(answer);
    });
    return { client, pings: () => pings };
  };
  const pong = connect('pong', '3');
  const word = connect('word', '42["still here"]');
  const silent = connect('silent', null);
  await once(silent.client, 'close');
  await vi.waitFor(() => expect(Math.min(pong.pings(), word.pings())).toBeGreaterThan(2), 10_000);
  expect(silent.pings()).toBe(1);
  expect([...reasons]).toEqual([['silent', 'ping timeout']]);
  heartbeats.close();
  pong.client.terminate();
  word.client.terminate();
  await io.close();
});
