import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import type { Me } from '../../src/accounts/contract.ts';

/** The way from one device to the server, which can be cut and mended. */
export type Line = { url: string; cut: () => void; mend: () => void; close: () => Promise<void> };

/** Carries connections to `to`, adding what a browser would send with each. */
const openLine = async (to: string, headers: Record<string, string>): Promise<Line> => {
  const { hostname, port } = new URL(to);
  const open = new Set<Socket>();
  let whole = true;
  const server = createServer((near) => {
    if (!whole) return void near.destroy();
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.once('data', (first) => {
      far.write(withHeaders(first, headers));
      near.pipe(far);
    });
    far.pipe(near);
  });
  const breakAll = () => {
    for (const socket of open) socket.destroy();
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: own } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${own}`,
    cut: () => {
      whole = false;
      breakAll();
    },
    mend: () => {
      whole = true;
    },
    close: () => {
      breakAll();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
};

const withHeaders = (first: Buffer, headers: Record<string, string>): Buffer => {
  const end = first.indexOf('\r\n') + 2;
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([first.subarray(0, end), Buffer.from(lines.join('')), first.subarray(end)]);
};

/**
 * Lets the client's state modules run here as in this person's browser: requests and sockets go to
 * the real server with their cookie. Import the modules after it, once per test file.
 */
export const beDevice = async (person: { url: string; cookie: string; me: Me }): Promise<Line> => {
  const line = await openLine(person.url, { cookie: person.cookie, origin: person.url });
  const { host, hostname, port } = new URL(line.url);
  const events = new EventTarget();
  const globals = {
    location: { protocol: 'http:', host, hostname, port, href: `${line.url}/chat` },
    addEventListener: events.addEventListener.bind(events),
    removeEventListener: events.removeEventListener.bind(events),
    reportError: (error: unknown) => {
      throw error;
    },
  };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  const { fetch } = globalThis;
  // A page asks by path; whole addresses are the other people of the test.
  globalThis.fetch = (target, options) => {
    if (typeof target !== 'string' || !target.startsWith('/')) return fetch(target, options);
    const headers = { ...options?.headers, cookie: person.cookie, origin: person.url };
    return fetch(person.url + target, { ...options, headers });
  };
  const { viewer } = await import('../../client/src/accounts/state.ts');
  viewer.value = person.me;
  return line;
};

/** Resolves when the condition holds; it is looked at again with each change of its signals. */
export const until = async (condition: () => boolean, what: string): Promise<void> => {
  const { effect } = await import('@preact/signals');
  let stop = () => {};
  let timer: NodeJS.Timeout | undefined;
  const held = new Promise<void>((resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not in time: ${what}`)), 8_000);
    stop = effect(() => {
      if (condition()) resolve();
    });
  });
  await held.finally(() => {
    clearTimeout(timer);
    stop();
  });
};
