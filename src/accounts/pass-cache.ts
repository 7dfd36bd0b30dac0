import type { Actor } from '../platform/actor.ts';
import { type Clock, isWithin } from '../platform/clock.ts';
import { remember } from '../platform/remember.ts';

/** So long a session ended by another process may still let its holder in. */
const FRESH_MS = 1_000;
const MAX_KNOWN = 10_000;

type Kind = Actor['via']['kind'];

/** Who came in a moment ago. What this process ends is forgotten at once. */
export const createPassCache = (clock: Clock) => {
  const known = new Map<string, { actor: Actor; at: number }>();
  let generation = 0;
  /** They stand in the order in which they came: what is too old to be used is in front. */
  const dropOld = () => {
    for (const [key, { at }] of known) {
      if (clock.now() - at < FRESH_MS) return;
      known.delete(key);
    }
  };
  return {
    get: (kind: Kind, hash: string): Actor | null => {
      const one = known.get(`${kind}:${hash}`);
      return one && isWithin(FRESH_MS, one.at, clock.now()) ? one.actor : null;
    },
    /** Take it before a read; `set` drops what was read before something was forgotten. */
    generation: () => generation,
    set: (kind: Kind, hash: string, actor: Actor, readAt: number) => {
      if (readAt !== generation) return;
      dropOld();
      remember(known, `${kind}:${hash}`, { actor, at: clock.now() }, MAX_KNOWN);
    },
    forget: (viaIds: readonly string[]) => {
      generation += 1;
      const gone = new Set(viaIds);
      for (const [key, { actor }] of known) if (gone.has(actor.via.id)) known.delete(key);
    },
  };
};
