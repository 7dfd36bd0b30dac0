import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * What a link does with what passes. `blackhole`: nothing gets through and nothing is lost, as
 * with a cut cable: it goes on when the link passes again. `cut`: ends each connection once so
 * many more bytes have come back; 0 lets a request through and takes its answer away.
 */
export type Mode =
  | { kind: 'pass' }
  | { kind: 'delay'; ms: number }
  | { kind: 'throttle'; bytesPerSecond: number }
  | { kind: 'blackhole' }
  | { kind: 'reset' }
  | { kind: 'cut'; after: number };

/** Which connections of a link: those whose client has said this word, or has not. */
export type Only = { said: string } | { notSaid: string };

export type Proxy = {
  port: number;
  set(mode: Mode, only?: Only): void;
  /** Ends every connection at once, by RST. */
  resetAll(): void;
  /** Open connections. */
  count(): number;
  close(): Promise<void>;
};

/** So much of what a client said first is kept to tell connections apart. */
const REMEMBERED = 4_096;
const TICK_MS = 20;
/** Pieces on their way at once over a slow link. */
const MAX_WAITING = 256;

type Link = { near: Socket; far: Socket; said: string; back: number };
type Rule = { mode: Mode; only: Only | undefined };

const fits = ({ said }: Link, only: Only | undefined): boolean => {
  if (!only) return true;
  return 'said' in only ? said.includes(only.said) : !said.includes(only.notSaid);
};

/** By RST; a socket that is shutting down cannot be reset, and would stay open for ever. */
const cutOff = ({ near, far }: Link) => {
  for (const socket of [near, far]) {
    if (socket.destroyed) continue;
    if (socket.writableEnded) socket.destroy();
    else socket.resetAndDestroy();
  }
};

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** One direction of a link: everything in its order, each piece as the mode of its moment says. */
const pump = async (link: Link, from: Socket, to: Socket, modeOf: () => Mode) => {
  const isBack = from === link.far;
  let waiting = 0;
  let tail = Promise.resolve();
  const throughHole = async () => {
    while (modeOf().kind === 'blackhole' && !to.destroyed) await wait(TICK_MS);
  };
  const pass = async (chunk: Buffer, before: Promise<void>, due: number) => {
    await before;
    await throughHole();
    const mode = modeOf();
    if (due > Date.now()) await wait(due - Date.now());
    if (mode.kind === 'throttle') await wait((chunk.length / mode.bytesPerSecond) * 1_000);
    if (mode.kind === 'cut' && isBack) {
      link.back += chunk.length;
      if (link.back > mode.after) cutOff(link);
    }
    waiting -= 1;
    if (to.destroyed || to.write(chunk)) return;
    await Promise.race([once(to, 'drain'), once(to, 'close')]);
  };
  for await (const chunk of from as AsyncIterable<Buffer>) {
    if (!isBack && link.said.length < REMEMBERED)
      link.said += chunk.toString('latin1').toLowerCase();
    const mode = modeOf();
    waiting += 1;
    tail = pass(chunk, tail, mode.kind === 'delay' ? Date.now() + mode.ms : 0);
    if (waiting > MAX_WAITING || mode.kind !== 'delay') await tail;
  }
  await tail;
  await throughHole();
  to.end();
};

/** A TCP proxy on a port of its own in front of `target`. */
export const startProxy = async (target: { host: string; port: number }): Promise<Proxy> => {
  const links = new Set<Link>();
  let rule: Rule = { mode: { kind: 'pass' }, only: undefined };
  const modeOf = (link: Link): Mode => (fits(link, rule.only) ? rule.mode : { kind: 'pass' });

  const server = createServer((near) => {
    const far = connect(target);
    const link: Link = { near, far, said: '', back: 0 };
    links.add(link);
    // Over a dead link nobody hears that the other end has gone, until it is alive again.
    const end = async () => {
      while (modeOf(link).kind === 'blackhole') await wait(TICK_MS);
      cutOff(link);
      links.delete(link);
    };
    for (const socket of [near, far]) {
      socket.setNoDelay(true);
      // An error is always followed by the close.
      socket.on('error', () => {});
      socket.once('close', () => void end());
    }
    if (rule.mode.kind === 'reset' && !rule.only) return cutOff(link);
    pump(link, near, far, () => modeOf(link)).catch(end);
    pump(link, far, near, () => modeOf(link)).catch(end);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const resetAll = () => {
    for (const link of links) cutOff(link);
  };
  return {
    port: (server.address() as AddressInfo).port,
    set: (mode, only) => {
      rule = { mode, only };
      for (const link of links) {
        link.back = 0;
        if (mode.kind === 'reset' && fits(link, only)) cutOff(link);
      }
    },
    resetAll,
    count: () => links.size,
    close: async () => {
      rule = { mode: { kind: 'pass' }, only: undefined };
      resetAll();
      server.close();
      await once(server, 'close');
    },
  };
};
