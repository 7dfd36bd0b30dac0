import type { Accounts } from '../accounts/service.ts';
import type { People } from '../people/service.ts';
import type { PersonStatus } from './contract.ts';
import { ABSENT } from './known.ts';
import { maySee, type State } from './states.ts';
import type { PresenceStore } from './store.ts';

/** One person as seen by one viewer. */
export type Sight = { viewerId: string | null; userId: string; state: State; visible: boolean };

type Options = {
  store: Pick<PresenceStore, 'lastSeen'>;
  accounts: Pick<Accounts, 'settingsOf'>;
  people: Pick<People, 'closeness'>;
};

/** What viewers may know of people. */
export const createViews = ({ store, accounts, people }: Options) => {
  /** In the same order. When somebody was last here is for those who show themselves too. */
  const show = async (sights: readonly Sight[]): Promise<PersonStatus[]> => {
    const absent = sights.filter(({ visible, state }) => visible && state.status === 'offline');
    const viewerIds = [...new Set(absent.flatMap(({ viewerId }) => viewerId ?? []))];
    const [seen, settings] = await Promise.all([
      absent.length > 0 ? store.lastSeen([...new Set(absent.map(({ userId }) => userId))]) : null,
      viewerIds.length > 0 ? accounts.settingsOf(viewerIds) : null,
    ]);
    return sights.map(({ viewerId, userId, state, visible }) => {
      if (!visible) return { userId, status: 'offline' };
      const lastSeen = state.status === 'offline' ? seen?.get(userId) : undefined;
      const shows = (settings?.get(viewerId ?? '')?.presence ?? 'nobody') !== 'nobody';
      return { userId, status: state.status, ...(lastSeen && shows && { lastSeen }) };
    });
  };
  return {
    show,
    /** How one viewer sees these people, each once. */
    of: async (
      viewerId: string | null,
      userIds: readonly string[],
      stateOf: (userId: string) => State | undefined,
    ): Promise<PersonStatus[]> => {
      const closeness = viewerId ? await people.closeness(viewerId, userIds) : null;
      const sights = [...new Set(userIds)].map((userId): Sight => {
        const state = stateOf(userId) ?? ABSENT;
        const visible = maySee(viewerId, userId, state, closeness?.get(userId));
        return { viewerId, userId, state, visible };
      });
      return show(sights);
    },
  };
};
export type Views = ReturnType<typeof createViews>;
