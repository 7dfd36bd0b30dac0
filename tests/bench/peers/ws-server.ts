import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { createGather } from './gather.ts';
import { openKeeper, type Said } from './keeper.ts';
import { checkPasswords } from './log-ins.ts';

/** A chat as small as `ws` allows: parse, wrap, send to everybody in the room; store and gather, when it is told to. */
const { keep } = await openKeeper(process.env);
await checkPasswords(process.env);
const rooms = new Map<string, Set<WebSocket>>();
const http = createServer();
const server = new WebSocketServer({ server: http, perMessageDeflate: false });

const hand = createGather((members: Set<WebSocket>, said: Said | Said[]) => {
  const message = JSON.stringify(said);
  for (const member of members) member.send(message);
}, process.env);

server.on('connection', (socket, request) => {
  const room = new URL(request.url ?? '/', 'http://localhost').searchParams.get('room') ?? '';
  const members = rooms.get(room) ?? new Set();
  rooms.set(room, members.add(socket));
  socket.on('message', (data: Buffer) => {
    const { body } = JSON.parse(data.toString()) as { body: string };
    const said = { room, body, at: new Date().toISOString() };
    keep(said, () => hand(members, said));
  });
  socket.on('close', () => members.delete(socket));
});
http.listen(0, '127.0.0.1', () => process.send?.((http.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
