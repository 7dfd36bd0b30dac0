import type { Leases } from '../platform/leases.ts';
import { isSame, type State, type States } from './states.ts';

/** After the bus was away, other processes may take so long to renew what Redis has lost. */
const SETTLE_MS = 20_000;
/** Who does not exist looks like somebody who hides. */
export const ABSENT: State = { here: false, status: 'offline', audience: 'nobody' };

type Options = {
  states: States;
  leases: Pick<Leases, 'isComplete'>;
  isHere(userId: string): boolean;
  isWatched(userId: string): boolean;
  elapsed: () => number;
};

/** How the people who are watched from this process were when it last looked. */
export const createKnown = ({ states, leases, isHere, isWatched, elapsed }: Options) => {
  const known = new Map<string, State>();
  let settledAt = Number.NEGATIVE_INFINITY;

  /** While others are out of reach, who is not seen from here may well be there. */
  const isUncertain = (userId: string): boolean =>
    !isHere(userId) && (!leases.isComplete() || elapsed() < settledAt);
  const read = async (userIds: readonly string[]): Promise<Map<string, State>> => {
    const found = await states.read(userIds);
    for (const [userId, state] of found) {
      const before = known.get(userId);
      if (before?.here && !state.here && isUncertain(userId)) found.set(userId, before);
    }
    return found;
  };

  return {
    /** As they are now, without keeping it. */
    read,
    get: (userId: string): State => known.get(userId) ?? ABSENT,
    /** Looks at people again; gives those who are not as they were. */
    refresh: async (userIds: readonly string[]): Promise<string[]> => {
      const found = await read(userIds);
      return userIds.filter((userId) => {
        const now = found.get(userId) ?? ABSENT;
        const isNews = !isSame(known.get(userId) ?? ABSENT, now);
        if (isWatched(userId)) known.set(userId, now);
        return isNews;
      });
    },
    /** Looks at those never looked at. What a `refresh` found meanwhile stands: it read later. */
    learn: async (userIds: readonly string[]): Promise<void> => {
      const found = await read(userIds.filter((userId) => !known.has(userId)));
      for (const [userId, state] of found)
        if (isWatched(userId) && !known.has(userId)) known.set(userId, state);
    },
    /** Nobody watches them any more: what is known would become old. */
    forget: (userId: string): void => void known.delete(userId),
    /** Messages and leases may have been lost: for a while nobody is declared gone. */
    doubt: (): void => {
      settledAt = elapsed() + SETTLE_MS;
    },
    size: (): number => known.size,
  };
};
export type Known = ReturnType<typeof createKnown>;
