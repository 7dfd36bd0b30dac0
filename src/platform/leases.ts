import type { Clock } from './clock.ts';

/**
 * Sets whose members stay only while somebody renews them: devices of a person, readers of an
 * article. What a killed process held ends by itself.
 */
export type Leases = {
  /** Holds every [set, member] for `ttlMs` from now. */
  renew(held: readonly (readonly [set: string, member: string])[], ttlMs: number): Promise<void>;
  release(set: string, member: string): Promise<void>;
  /** The living members of each set, in the order asked. */
  members(sets: readonly string[]): Promise<string[][]>;
  /** false: the latest answers know of this process alone, because the others are out of reach. */
  isComplete(): boolean;
};

/** `clock` must never step: a lease that jumps over its end takes people away who are here. */
export const createMemoryLeases = (clock: Pick<Clock, 'now'>): Leases => {
  const sets = new Map<string, Map<string, number>>();
  const living = (set: string): string[] => {
    const held = sets.get(set);
    if (!held) return [];
    for (const [member, until] of held) if (until <= clock.now()) held.delete(member);
    if (held.size === 0) sets.delete(set);
    return [...held.keys()];
  };
  return {
    renew: async (held, ttlMs) => {
      for (const [set, member] of held) {
        const members = sets.get(set) ?? new Map<string, number>();
        sets.set(set, members.set(member, clock.now() + ttlMs));
      }
    },
    release: async (set, member) => {
      sets.get(set)?.delete(member);
      living(set);
    },
    members: async (wanted) => wanted.map(living),
    isComplete: () => true,
  };
};
