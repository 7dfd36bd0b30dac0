import type { Socket as TcpSocket } from 'node:net';
import type { Server, Socket } from 'socket.io';

/**
 * What Socket.IO keeps of each connection and nobody here asks for: of several thousand idle ones
 * it would be a third of their memory.
 */

/** Socket.IO's own rooms are not used: without them no connection is kept in two sets of them. */
export const withoutRooms = ({ sockets }: Server) =>
  Object.assign(sockets.adapter, { addAll: () => {}, del: () => {}, delAll: () => {} });

/** What is private in Socket.IO, Engine.IO and their emitters, as far as it is used here. */
type Inside = {
  _anyListeners: readonly unknown[];
  client: { decoder: { _callbacks: Record<string, readonly unknown[]> } };
  conn: {
    _events: Record<string, unknown>;
    cleanupFn: readonly unknown[];
    transport: { socket: { _socket: TcpSocket }; removeAllListeners(event: string): void };
  };
};

const noHandshake = Object.freeze({});
/** The server asks clients for no ack; what comes without being asked for finds nothing here. */
const noAcks: ReadonlyMap<number, unknown> = new Map();

/**
 * Forgets the handshake with its request, some kilobytes. The request would also be kept by those who
 * wait for the TCP connection to close, for an answer that an upgrade never has.
 */
export const forgetHandshake = (socket: Socket) => {
  const { transport } = (socket as unknown as Inside).conn;
  const tcp = transport.socket._socket;
  for (const each of tcp.rawListeners('close'))
    if ('listener' in each) tcp.off('close', each as unknown as () => void);
  // Only polling has headers to write later.
  transport.removeAllListeners('headers');
  Object.assign(socket.conn, { request: null });
  Object.assign(socket, { handshake: noHandshake, acks: noAcks });
};

/** Lists of one that grew by `push` have room for 17: gives back what nothing will be put in. */
export const trimLists = (socket: Socket) => {
  const { _anyListeners, client, conn } = socket as unknown as Inside;
  Object.assign(socket, { _anyListeners: _anyListeners.slice() });
  Object.assign(conn, { cleanupFn: conn.cleanupFn.slice() });
  for (const listeners of [client.decoder._callbacks, conn._events])
    for (const [event, list] of Object.entries(listeners))
      if (Array.isArray(list)) listeners[event] = list.slice();
};
