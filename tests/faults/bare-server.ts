import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdapter } from '@socket.io/redis-adapter';
import { Redis } from 'ioredis';
import { Server } from 'socket.io';

/**
 * A chat as the first page of a tutorial shows it: Socket.IO, the classic Redis adapter, a
 * broadcast and an ack. It stores nothing, so it has nothing to repair a lost broadcast from.
 */
const { REDIS_URL } = process.env;
if (!REDIS_URL) throw new Error('REDIS_URL is not set');
const publisher = new Redis(REDIS_URL);
const subscriber = new Redis(REDIS_URL);
for (const redis of [publisher, subscriber]) redis.on('error', () => {});
// Once Redis has been away for long, waiting commands are given up.
process.on('unhandledRejection', () => {});

const http = createServer();
const io = new Server(http, {
  adapter: createAdapter(publisher, subscriber),
  transports: ['websocket'],
});
io.on('connection', (socket) => {
  void socket.join('room');
  socket.on('say', (message: unknown, ack: () => void) => {
    io.to('room').emit('said', message);
    ack();
  });
});
http.listen(0, '127.0.0.1', () => process.send?.((http.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
