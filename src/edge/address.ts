import type { IncomingMessage } from 'node:http';
import proxyAddr from '@fastify/proxy-addr';
import type { Config } from '../config.ts';

/** A number is how many hops in front may speak for a client; text is their addresses. */
export const trusted = (proxies: Config['trustProxy']) => {
  if (typeof proxies === 'number') return (_address: string, hop: number) => hop < proxies;
  if (proxies === false) return () => false;
  return proxyAddr.compile(proxies.split(',').map((each) => each.trim()));
};

/** The client's address, through trusted proxies only. */
export const addressOf = (request: IncomingMessage, proxies: Config['trustProxy']): string =>
  proxyAddr(request, trusted(proxies));
