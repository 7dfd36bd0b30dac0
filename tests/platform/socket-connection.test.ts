import { EventEmitter, once } from 'node:events';
import { closeSync, openSync, statSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket as TcpSocket } from 'node:net';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { Socket } from 'socket.io';
import { expect, test, vi } from 'vitest';
import { createConnection } from '../../src/edge/socket-connection.ts';
import type { Connection } from '../../src/platform/connections.ts';
import { answerOf, encode, type Frame, frameOf } from '../../src/platform/frame.ts';
import { freshFolder } from '../support/place.ts';

const frames = ['one', 'two', 'three'].map((word) => frameOf(`2["${word}"]`));
const [one, two, three] = frames.map(({ wire }) => wire.toString());

/** What is used of a Socket.IO connection; the one that is made over it gives it another `ack`. */
const socketOver = (tcp: Writable) =>
  Object.assign(new EventEmitter(), {
    conn: { transport: { socket: { _socket: tcp } } },
    connected: true,
    disconnect: () => {},
    ack: (_ask: number) => (_given: unknown) => {},
  });
const connectionOver = (socket: ReturnType<typeof socketOver>): Connection =>
  createConnection(socket as unknown as Socket, null);
const over = (tcp: Writable): Connection => connectionOver(socketOver(tcp));

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
  const socket = socketOver(tcp);
  return { calls, socket, connection: connectionOver(socket) };
};
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('who asks gets all of one turn in one write, in its order; who only listens at once', async () => {
  const { calls, socket, connection } = open();
  for (const frame of frames) connection.send(frame);
  expect(calls).toEqual([one, two, three]);

  calls.length = 0;
  connection.asking = 1;
  for (const frame of frames.slice(0, 2)) connection.send(frame);
  // The answer comes some promises later.
  await Promise.resolve();
  connection.asking = 0;
  socket.ack(7)({ ok: true });
  expect(calls).toEqual([]);
  await turn();
  const answer = answerOf(7, { ok: true }).wire.toString();
  expect(answer).toContain('437[{"ok":true}]');
  expect(calls).toEqual([`${one}${two}${answer}`]);

  calls.length = 0;
  for (const frame of frames.slice(2)) connection.send(frame);
  expect(calls).toEqual([three]);
});

/** Both ends of a TCP connection. */
const pair = async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, 'connection') as Promise<[TcpSocket]>;
  const far = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [near] = await accepted;
  const ended = () => new Promise((resolve) => server.close(resolve));
  return { near, far, ended };
};

const KB = 1_024;
const bigFrame = (mark: string): Frame => frameOf(`2["${mark}","${mark.repeat(100 * KB)}"]`);

test('what the system takes goes past the stream; what it does not take comes behind it, whole', async () => {
  const { near, far, ended } = await pair();
  const connection = over(near);
  const streamed = vi.spyOn(near, 'write');
  const heard: Buffer[] = [];
  connection.send(frames[0] as Frame);
  expect(streamed).not.toHaveBeenCalled();
  connection.asking = 1;
  connection.send(frames[0] as Frame);
  connection.send(frames[0] as Frame);
  connection.asking = 0;
  expect(streamed).toHaveBeenCalledTimes(2);
  await turn();

  // Nobody reads, so at some time the system takes only a part, or nothing.
  far.pause();
  const sent = Array.from({ length: 3 }, () => frames[0] as Frame);
  const send = (frame: Frame) => {
    sent.push(frame);
    connection.send(frame);
  };
  for (let at = 0; near.writableLength === 0 && at < 1_000; at += 1) send(bigFrame(`${at % 10}`));
  expect(near.writableLength).toBeGreaterThan(0);
  // There is room again, of which the stream has not heard yet.
  far.on('data', (chunk) => {
    heard.push(chunk);
    if (near.writableLength > 0) send(frames[1] as Frame);
  });
  far.resume();
  await vi.waitFor(() => expect(near.writableLength).toBe(0), 10_000);

  // All is taken, so it goes past the stream as before.
  const before = streamed.mock.calls.length;
  send(frames[2] as Frame);
  expect(streamed.mock.calls.length).toBe(before);
  near.end();
  await once(far, 'end');
  expect(sent.length).toBeGreaterThan(10);
  expect(Buffer.concat(heard).equals(Buffer.concat(sent.map(({ wire }) => wire)))).toBe(true);
  far.destroy();
  await ended();
});

test('who is too far behind is cut off by what is told, not by an answer, and hears nothing more', () => {
  const tcp = new Writable({ write: () => {} });
  const socket = socketOver(tcp);
  const connection = connectionOver(socket);
  while (tcp.writableLength <= 1_024 * KB) connection.send(bigFrame('0'));
  const grownBy = (change: () => void) => {
    const before = tcp.writableLength;
    change();
    return tcp.writableLength - before;
  };
  const answer = () => socket.ack(7)({ ok: true });
  const tell = () => connection.send(frames[0] as Frame);
  expect(grownBy(answer)).toBe(answerOf(7, { ok: true }).wire.length);
  expect(grownBy(tell)).toBe(encode('session:closed', { reason: 'slow' }).wire.length);
  expect(grownBy(tell)).toBe(0);
  expect(grownBy(answer)).toBe(0);
});

test('nothing is written to a connection that is gone, whosever its descriptor is now', async () => {
  const { near, far, ended } = await pair();
  const { fd: descriptor } = (near as unknown as { _handle: { fd: number } })._handle;
  const connection = over(near);
  connection.send(frames[0] as Frame);
  near.destroy();
  const folder = await freshFolder();
  const files: { fd: number; path: string }[] = [];
  const openNext = () => {
    const path = join(folder.path, `${files.length}`);
    files.push({ path, fd: openSync(path, 'w') });
  };
  // The system gives the lowest free one to the next who opens something.
  for (openNext(); files.at(-1)?.fd !== descriptor && files.length < 100; ) openNext();
  expect(files.map(({ fd }) => fd)).toContain(descriptor);
  for (const frame of frames) connection.send(frame);
  expect(files.map(({ path }) => statSync(path).size)).toEqual(files.map(() => 0));
  for (const { fd } of files) closeSync(fd);
  await folder.close();
  far.destroy();
  await ended();
});
