import type { Logger } from '../log.ts';
import { createSoon } from './soon.ts';
import type { SearchStore } from './store.ts';
import type { Talk } from './talk.ts';

type Options = { follow: NonNullable<SearchStore['follow']>; log: Logger };

/** Lets the index follow the log of the rooms: at the start, and soon after each change. */
export const createFollowing = ({ follow, log }: Options): Talk => {
  let closed = false;
  let running = Promise.resolve();

  const takeUp = async () => {
    try {
      while (!closed && (await follow()));
    } catch (error) {
      log.warn({ err: error }, 'the index could not be written; tried again in a moment');
      soon.ask();
    }
  };
  const soon = createSoon(() => {
    running = running.then(takeUp);
  });
  soon.ask();
  return {
    heard: async () => soon.ask(),
    close: async () => {
      closed = true;
      soon.close();
      await running;
    },
  };
};
