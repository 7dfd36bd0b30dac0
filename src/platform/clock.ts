export type Clock = {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** The same as ISO 8601 text with milliseconds. */
  iso(): string;
};

export const systemClock: Clock = {
  now: () => Date.now(),
  iso: () => new Date().toISOString(),
};

/** Whether a moment is less than `ms` ago; one that lies ahead is not: the clock has stepped back. */
export const isWithin = (ms: number, at: number, now: number): boolean =>
  now >= at && now - at < ms;

/** ISO text for a moment that many milliseconds from `from`. */
export const isoAfter = (from: number, ms: number) => new Date(from + ms).toISOString();
