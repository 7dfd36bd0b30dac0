import { EventEmitter } from 'node:events';
import { Writable } from 'node:stream';
import type { Socket } from 'socket.io';
import { expect, test } from 'vitest';
import { createConnection } from '../../src/edge/socket-connection.ts';
import { frameOf } from '../../src/platform/frame.ts';

const frames = ['one', 'two', 'three'].map((word) => frameOf(`2["${word}"]`));
const [one, two, three] = frames.map(({ wire }) => wire.toString());

/** A connection over a TCP one that says what reaches the system, call by call. */
const open = () => {
  const calls: string[] = [];
  const tcp = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      calls.push(chunk.toString());
      done();
    },
    writev: (chunks, done) => {
      calls.push(chunks.map(({ chunk }) => String(chunk)).join(''));
      done();
    },
  });
  const conn = { transport: { socket: { readyState: 1, _socket: tcp } }, writeBuffer: [] };
  const socket = Object.assign(new EventEmitter(), { conn, connected: true });
  const connection = createConnection(socket as unknown as Socket, null);
  return { tcp, calls, connection };
};
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('who asks gets all of one turn in one write, in its order; who only listens at once', async () => {
  const { tcp, calls, connection } = open();
  for (const frame of frames) connection.send(frame);
  expect(calls).toEqual([one, two, three]);

  calls.length = 0;
  connection.asking = 1;
  for (const frame of frames.slice(0, 2)) connection.send(frame);
  // The answer takes Socket.IO's own way to the same TCP connection, some promises later.
  await Promise.resolve();
  tcp.write('answer');
  connection.asking = 0;
  expect(calls).toEqual([]);
  await turn();
  expect(calls).toEqual([`${one}${two}answer`]);

  for (const frame of frames.slice(2)) connection.send(frame);
  expect(calls).toEqual([`${one}${two}answer`, three]);
});
