import type { People } from '../people/service.ts';
import { encode } from '../platform/frame.ts';
import type { PersonStatus, Status } from './contract.ts';
import type { Known } from './known.ts';
import { maySee } from './states.ts';
import type { Sight, Views } from './views.ts';
import type { Watcher, Watching } from './watching.ts';

type Options = {
  known: Known;
  views: Views;
  watching: Watching;
  people: Pick<People, 'closeness'>;
};
type Change = Sight & { watcher: Watcher };

/** Tells watchers what has changed for them: one frame for each, with all of it. */
export const createNews = ({ known, views, watching, people }: Options) => {
  const changesOf = async (userId: string): Promise<Change[]> => {
    const watchers = watching.watchersOf(userId);
    const viewerIds = [...new Set(watchers.map((watcher) => watcher.userId))];
    const closeness = await people.closeness(userId, viewerIds);
    const state = known.get(userId);
    return watchers.flatMap((watcher): Change[] => {
      const visible = maySee(watcher.userId, userId, state, closeness.get(watcher.userId));
      const status: Status = visible ? state.status : 'offline';
      // What was never told is nothing to take back.
      if ((watcher.told?.get(userId) ?? 'offline') === status) return [];
      watching.tell(watcher, userId, status);
      return [{ watcher, viewerId: watcher.userId, userId, state, visible }];
    });
  };
  return {
    tell: async (userIds: readonly string[]): Promise<void> => {
      const changes: Change[] = [];
      for (const userId of userIds) changes.push(...(await changesOf(userId)));
      const shown = await views.show(changes);
      const letters = new Map<Watcher, PersonStatus[]>();
      for (const [index, { watcher }] of changes.entries()) {
        const letter = letters.get(watcher) ?? [];
        letter.push(shown[index] as PersonStatus);
        letters.set(watcher, letter);
      }
      for (const [{ connection }, letter] of letters)
        connection.send(encode('presence', { people: letter }));
    },
  };
};
export type News = ReturnType<typeof createNews>;
