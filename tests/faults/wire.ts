import type { Socket as NetSocket } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import type { AskInput, AskName, AskOutput, Tells } from '../../src/contract.ts';
import type { Ack } from '../../src/wire/contract.ts';

/** One connection of a device. Once it has ended, nothing of it is heard any more. */
export type Wire = {
  ask<E extends AskName>(
    event: E,
    payload: AskInput<E>,
    answer: (ack: Ack<AskOutput<E>>) => void,
  ): void;
  /** Ends it: politely, or as a pulled plug does, by RST. */
  end(how: 'close' | 'reset'): void;
  /** Stops reading, or goes on: what comes meanwhile waits in the network. */
  stall(on: boolean): void;
};

type Handlers = {
  connected(): void;
  ready(payload: Tells['ready']): void;
  told(event: string, payload: unknown): void;
  /** Once, however it ended; `code` when the server refused the handshake. */
  gone(code: string | undefined): void;
  /** An ask was not answered in time. */
  silent(): void;
};

/** Without an answer for so long a client takes the connection for dead. */
const ANSWER_MS = 5_000;

type Engine = {
  transport?: { ws?: { _socket?: NetSocket } };
};
const tcpOf = (socket: Socket) =>
  (socket.io.engine as unknown as Engine | undefined)?.transport?.ws?._socket;

export const connectWire = (link: string, cookie: string, handlers: Handlers): Wire => {
  const socket = io(link, {
    transports: ['websocket'],
    extraHeaders: { cookie },
    forceNew: true,
    reconnection: false,
    timeout: ANSWER_MS,
  });
  const timers = new Set<NodeJS.Timeout>();
  let over = false;
  const gone = (code?: string) => {
    if (over) return;
    over = true;
    for (const timer of timers) clearTimeout(timer);
    socket.disconnect();
    handlers.gone(code);
  };
  const expect = () => {
    const timer = setTimeout(() => !over && handlers.silent(), ANSWER_MS);
    timers.add(timer);
    return () => {
      clearTimeout(timer);
      timers.delete(timer);
    };
  };
  const greeted = expect();
  socket.on('connect', () => over || handlers.connected());
  socket.on('connect_error', (error: Error & { data?: { code?: string } }) =>
    gone(error.data?.code),
  );
  socket.on('disconnect', () => gone());
  socket.onAny((event: string, payload: unknown) => {
    if (over) return;
    if (event !== 'ready') return handlers.told(event, payload);
    greeted();
    handlers.ready(payload as Tells['ready']);
  });
  return {
    ask: (event, payload, answer) => {
      if (over) return;
      const answered = expect();
      socket.emit(event, payload, (ack: Ack<never>) => {
        answered();
        if (!over) answer(ack);
      });
    },
    end: (how) => {
      const tcp = tcpOf(socket);
      if (how === 'reset' && !tcp?.writableEnded) tcp?.resetAndDestroy();
      gone();
    },
    stall: (on) => void (on ? tcpOf(socket)?.pause() : tcpOf(socket)?.resume()),
  };
};
