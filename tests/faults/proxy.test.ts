import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Proxy, startProxy } from './proxy.ts';

/** Long enough that a byte on its way would have arrived. */
const SILENCE_MS = 150;

describe('the TCP proxy', () => {
  let server: Server;
  let proxy: Proxy;
  let heard: string;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    heard = '';
    server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => {});
      socket.on('data', (data) => {
        heard += data.toString();
        socket.write(data);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    proxy = await startProxy({ host: '127.0.0.1', port: (server.address() as AddressInfo).port });
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await proxy.close();
    server.close();
  });

  const open = async () => {
    const socket = connect(proxy.port, '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => {});
    await once(socket, 'connect');
    return socket;
  };
  const closed = (socket: Socket) =>
    new Promise<void>((resolve) => {
      if (socket.closed) resolve();
      else socket.once('close', () => resolve());
    });
  const answerTo = async (socket: Socket, word: string) => {
    socket.write(word);
    const [data] = (await once(socket, 'data')) as [Buffer];
    return data.toString();
  };
  const staysSilent = async (socket: Socket, word: string) => {
    let answered = false;
    socket.once('data', () => {
      answered = true;
    });
    socket.write(word);
    await new Promise((resolve) => setTimeout(resolve, SILENCE_MS));
    return !answered;
  };

  test('passes both ways', async () => {
    expect(await answerTo(await open(), 'hello')).toBe('hello');
  });

  test('delays', async () => {
    const socket = await open();
    proxy.set({ kind: 'delay', ms: 60 });
    const from = Date.now();
    expect(await answerTo(socket, 'hello')).toBe('hello');
    expect(Date.now() - from).toBeGreaterThanOrEqual(118);
  });

  test('throttles', async () => {
    const socket = await open();
    proxy.set({ kind: 'throttle', bytesPerSecond: 1_000 });
    const from = Date.now();
    await answerTo(socket, 'x'.repeat(100));
    expect(Date.now() - from).toBeGreaterThanOrEqual(190);
  });

  test('is a black hole, and then gives back all that it held', async () => {
    const socket = await open();
    proxy.set({ kind: 'blackhole' });
    expect(await staysSilent(socket, 'hello')).toBe(true);
    const answer = once(socket, 'data');
    proxy.set({ kind: 'pass' });
    expect(String((await answer)[0])).toBe('hello');
  });

  test('is a black hole to the end of a connection too', async () => {
    const socket = await open();
    await answerTo(socket, 'hello');
    proxy.set({ kind: 'blackhole' });
    const far = sockets.at(-1) as Socket;
    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, SILENCE_MS));
    expect(far.destroyed).toBe(false);
    proxy.set({ kind: 'pass' });
    await closed(far);
  });

  test('resets what is open and what comes', async () => {
    const before = await open();
    await answerTo(before, 'hello');
    proxy.set({ kind: 'reset' });
    await closed(before);
    const after = connect(proxy.port, '127.0.0.1');
    after.on('error', () => {});
    await closed(after);
  });

  test('takes the answer away after the request got through', async () => {
    const socket = await open();
    await answerTo(socket, 'hello');
    proxy.set({ kind: 'cut', after: 0 });
    socket.write('store this');
    await closed(socket);
    expect(heard).toBe('hellostore this');
  });

  test('cuts after so many bytes of answers', async () => {
    const socket = await open();
    proxy.set({ kind: 'cut', after: 10 });
    expect(await answerTo(socket, '12345')).toBe('12345');
    socket.write('1234567890');
    await closed(socket);
  });

  test('can mean only those who said a word', async () => {
    const subscriber = await open();
    const publisher = await open();
    await answerTo(subscriber, 'SUBSCRIBE rooms');
    await answerTo(publisher, 'PUBLISH rooms');
    proxy.set({ kind: 'blackhole' }, { said: 'subscribe' });
    expect(await staysSilent(subscriber, 'PING')).toBe(true);
    expect(await answerTo(publisher, 'PING')).toBe('PING');
    proxy.set({ kind: 'blackhole' }, { notSaid: 'subscribe' });
    expect(await staysSilent(publisher, 'PING')).toBe(true);
  });
});
