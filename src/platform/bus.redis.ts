import type { Redis } from 'ioredis';
import type { Logger } from '../log.ts';
import type { Bus } from './bus.ts';
import { newId } from './ids.ts';
import { connectRedis } from './redis.ts';

type Options = { url: string; prefix: string; publisher: Redis; log: Logger };

/** Redis pub/sub: one channel per topic, subscribed while somebody here listens. */
export const createRedisBus = ({ url, prefix, publisher, log }: Options): Bus => {
  const self = newId();
  const listeners = new Map<string, Set<(message: string) => void>>();
  const gapListeners: (() => void)[] = [];
  // Subscriptions are renewed here, so that the gap is announced after them and not before.
  const subscriber = connectRedis(url, log, { autoResubscribe: false });

  const ignore = () => {};
  const resubscribe = async () => {
    const channels = [...listeners.keys()];
    if (channels.length > 0) await subscriber.subscribe(...channels);
    for (const listener of gapListeners) listener();
  };
  subscriber.on('ready', () => {
    resubscribe().catch((error: unknown) => {
      log.warn({ err: error }, 'resubscribing failed; connecting anew');
      subscriber.disconnect(true);
    });
  });
  subscriber.on('message', (channel: string, raw: string) => {
    const cut = raw.indexOf(' ');
    if (raw.slice(0, cut) === self) return;
    for (const listener of listeners.get(channel) ?? []) listener(raw.slice(cut + 1));
  });

  return {
    kind: 'redis',
    publish: (channel, message) => {
      publisher.publish(prefix + channel, `${self} ${message}`).catch(ignore);
    },
    subscribe: (name, listener) => {
      const channel = prefix + name;
      const here = listeners.get(channel) ?? new Set();
      here.add(listener);
      if (!listeners.has(channel)) {
        listeners.set(channel, here);
        subscriber.subscribe(channel).catch(ignore);
      }
      return () => {
        here.delete(listener);
        if (here.size > 0 || listeners.get(channel) !== here) return;
        listeners.delete(channel);
        subscriber.unsubscribe(channel).catch(ignore);
      };
    },
    onGap: (listener) => void gapListeners.push(listener),
    healthy: () => subscriber.status === 'ready' && publisher.status === 'ready',
    close: async () => subscriber.disconnect(),
  };
};
