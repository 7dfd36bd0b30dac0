import type { Accounts } from '../accounts/service.ts';
import type { Articles } from '../articles/service.ts';
import { notFound } from '../errors.ts';
import { type Logger, named } from '../log.ts';
import type { Profile } from '../people/contract.ts';
import type { People } from '../people/service.ts';
import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import type { Presence } from '../presence/service.ts';
import type { Rooms } from '../rooms/service.ts';
import { createAround } from './around.ts';
import { createFollowing } from './following.ts';
import { gather } from './gathering.ts';
import { createNow } from './now.ts';
import { createReasons } from './reasons.ts';
import { createSearch } from './search.ts';
import type { SearchStore } from './store.ts';
import { createTelling } from './telling.ts';

export type DiscoveryOptions = {
  store: SearchStore;
  accounts: Accounts;
  people: People;
  presence: Presence;
  rooms: Rooms;
  articles: Articles;
  clock: Clock;
  log: Logger;
};

/** Finding people: profiles, who is here now, whom one may want to know, and search. */
export const createDiscovery = (options: DiscoveryOptions) => {
  const { accounts, people, presence, articles } = options;
  const reasons = createReasons(options);
  const log = named(options.log, 'discovery');
  const { follow } = options.store;
  // The index follows the log of the rooms where that has one order; elsewhere it is told.
  const talk = follow ? createFollowing({ follow, log }) : createTelling({ ...options, log });
  gather({ ...options, talk });
  const around = createAround({ ...options, reasons });

  const standing = async (viewerId: string | null, personId: string) => {
    if (!viewerId) return { relation: 'none', requestId: null, blocked: false } as const;
    const [relations, blocked] = await Promise.all([
      people.relations(viewerId, [personId]),
      people.hasBlocked(viewerId, personId),
    ]);
    return { ...(relations.get(personId) ?? { relation: 'none', requestId: null }), blocked };
  };
  const mutualCount = async (viewerId: string | null, personId: string): Promise<number> => {
    if (!viewerId || viewerId === personId) return 0;
    return (await people.mutualFriends(viewerId, [personId])).get(personId)?.length ?? 0;
  };

  return {
    ...around,
    ...createNow({ ...options, around }),
    ...createSearch(options),
    close: talk.close,
    /** Errors: not_found, also for somebody who has blocked the viewer. */
    profile: async (actor: Actor | null, username: string): Promise<Profile> => {
      const person = await accounts.byUsername(username);
      const viewerId = actor?.userId ?? null;
      if (viewerId && (await people.hasBlocked(person.id, viewerId))) throw notFound('person');
      const [stands, statuses, written, mutualFriends] = await Promise.all([
        standing(viewerId, person.id),
        presence.statuses(viewerId, [person.id]),
        articles.countBy(person.id),
        mutualCount(viewerId, person.id),
      ]);
      const { status = 'offline', lastSeen } = statuses.get(person.id) ?? {};
      return {
        ...person,
        ...stands,
        presence: { status, ...(lastSeen && { lastSeen }) },
        articles: written,
        mutualFriends,
      };
    },
  };
};
export type Discovery = ReturnType<typeof createDiscovery>;
