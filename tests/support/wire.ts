import type { Bus } from '../../src/platform/bus.ts';

/** Joins processes of one test as Redis would, and loses what it carries when told to. */
export type Wire = { bus(): Bus; cut: boolean; gap(): void };
export const createWire = (): Wire => {
  const ends: { hear: Map<string, (message: string) => void>; gaps: (() => void)[] }[] = [];
  const wire: Wire = {
    cut: false,
    gap: () => {
      for (const { gaps } of ends) for (const told of gaps) told();
    },
    bus: () => {
      const own: (typeof ends)[number] = { hear: new Map(), gaps: [] };
      ends.push(own);
      return {
        kind: 'redis',
        publish: (channel, message) => {
          for (const end of ends) if (end !== own && !wire.cut) end.hear.get(channel)?.(message);
        },
        subscribe: (channel, listener) => {
          own.hear.set(channel, listener);
          return () => void own.hear.delete(channel);
        },
        onGap: (listener) => void own.gaps.push(listener),
        healthy: () => !wire.cut,
        close: async () => {},
      };
    },
  };
  return wire;
};
