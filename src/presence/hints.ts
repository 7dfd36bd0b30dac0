import type { Bus } from '../platform/bus.ts';

/** What one process lets the others know: whom to look at, and why. */
export type Hint = {
  /** Arrived, or on another device state. */
  moved: string[];
  /** Lost a device: to be looked at when the grace is over. */
  leaving: string[];
  /** Changed who may see them, or being busy or invisible. */
  chose: string[];
  /** Friends or no longer, blocked or no longer. */
  regarded: [string, string][];
};

const CHANNEL = 'presence:hints';
const none = (): Hint => ({ moved: [], leaving: [], chose: [], regarded: [] });

/** Hints are heard here at once, and go to the other processes together at the next `publish`. */
export const createHints = (bus: Bus, hear: (hint: Hint) => void) => {
  let waiting = none();
  const unsubscribe = bus.subscribe(CHANNEL, (message) => hear(JSON.parse(message) as Hint));
  return {
    give: (part: Partial<Hint>): void => {
      hear({ ...none(), ...part });
      waiting.moved.push(...(part.moved ?? []));
      waiting.leaving.push(...(part.leaving ?? []));
      waiting.chose.push(...(part.chose ?? []));
      waiting.regarded.push(...(part.regarded ?? []));
    },
    publish: (): void => {
      const isEmpty = Object.values(waiting).every((part) => part.length === 0);
      if (isEmpty) return;
      bus.publish(CHANNEL, JSON.stringify(waiting));
      waiting = none();
    },
    close: unsubscribe,
  };
};
