import { createSame } from './same.ts';
import type { RoomsStore } from './store.ts';

/** In rooms up to this size members see how far the others have read. */
export const SEEN_BY_MAX = 50;

export type ReadPositions = {
  /**
   * How far each member has read, no older than event `atLeast`; undefined in a room that is too
   * large to tell. Kept up to date for a moment: look at it late.
   */
  of(roomId: string, atLeast: number): Promise<ReadonlyMap<string, number> | undefined>;
  /** Somebody has read further, here or elsewhere. */
  moved(roomId: string, userId: string, n: number): void;
};

/** Who comes back to a room sees at once what the others have read: one look for all who do. */
export const createReadPositions = (store: Pick<RoomsStore, 'members'>): ReadPositions => {
  const same = createSame<Map<string, number> | undefined>();
  const look = async (roomId: string) => {
    const members = await store.members(roomId, SEEN_BY_MAX + 1);
    if (members.length > SEEN_BY_MAX) return undefined;
    return new Map(members.map(({ userId, lastRead }) => [userId, lastRead]));
  };
  return {
    of: (roomId, atLeast) => same.ask(roomId, atLeast, () => look(roomId)),
    moved: (roomId, userId, n) => {
      const raise = (positions: Map<string, number> | undefined) => {
        const known = positions?.get(userId);
        if (known !== undefined && known < n) positions?.set(userId, n);
      };
      // Whoever asked hears of a failure.
      same.kept(roomId)?.then(raise, () => {});
    },
  };
};
