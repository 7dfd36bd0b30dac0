import type { Logger } from '../log.ts';
import type { SearchStore } from './store.ts';
import { GATHER_MS, type Talk } from './talk.ts';

type Options = { follow: NonNullable<SearchStore['follow']>; log: Logger };

/** Lets the index follow the log of the rooms: at the start, and soon after each change. */
export const createFollowing = ({ follow, log }: Options): Talk => {
  let closed = false;
  let timer: NodeJS.Timeout | null = null;
  let running = Promise.resolve();

  const takeUp = async () => {
    try {
      while (!closed && (await follow()));
    } catch (error) {
      log.warn({ err: error }, 'the index could not be written; tried again in a moment');
      soon();
    }
  };
  const soon = () => {
    if (closed) return;
    timer ??= setTimeout(() => {
      timer = null;
      running = running.then(takeUp);
    }, GATHER_MS).unref();
  };
  soon();
  return {
    heard: async () => soon(),
    close: async () => {
      closed = true;
      if (timer) clearTimeout(timer);
      await running;
    },
  };
};
