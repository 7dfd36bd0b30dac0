import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdapter } from '@socket.io/redis-adapter';
import { Redis } from 'ioredis';
import { Server } from 'socket.io';
import { createGather } from './gather.ts';
import { openKeeper, type Said } from './keeper.ts';
import { checkPasswords } from './log-ins.ts';

/**
 * A chat as Socket.IO's guide shows it: a room, a broadcast. It asks nobody who they are, stores when
 * it has a keeper, and gathers when it is told to. With REDIS_URL it has the classic adapter, for more than one process.
 */
const { keep } = await openKeeper(process.env);
await checkPasswords(process.env);
const { REDIS_URL } = process.env;
const http = createServer();
const io = new Server(http, {
  transports: ['websocket'],
  serveClient: false,
  ...(REDIS_URL && { adapter: createAdapter(new Redis(REDIS_URL), new Redis(REDIS_URL)) }),
});
const hand = createGather(
  (room: string, said: Said | Said[]) => void io.to(room).emit('said', said),
  process.env,
);
io.on('connection', (socket) => {
  const { room } = socket.handshake.auth as { room: string };
  void socket.join(room);
  socket.on('say', ({ body }: { body: string }) => {
    const said = { room, body, at: new Date().toISOString() };
    keep(said, () => hand(room, said));
  });
});
http.listen(0, '127.0.0.1', () => process.send?.((http.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
