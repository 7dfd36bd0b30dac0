/**
 * What happened in one run, as its clients saw it. `mark` is the body of a message: every intent to
 * say something has a body of its own, so a message is known wherever it appears.
 */
export type Fact =
  /**
   * One attempt goes out; a resend is one more `send` of the same mark. `wrong`: it must be
   * refused, and may be seen nowhere, whatever its sender is told.
   */
  | { kind: 'send'; device: string; roomId: string; mark: string; wrong?: true }
  | { kind: 'ok'; device: string; roomId: string; mark: string; seq: number; id: string }
  /** An attempt was refused. */
  | { kind: 'error'; device: string; roomId: string; mark: string; code: string }
  /** An attempt ended without an answer: it may have been stored or not. */
  | { kind: 'unknown'; device: string; roomId: string; mark: string }
  /** An event reached a device: told (`live`) or as an answer (`sync`). */
  | {
      kind: 'deliver';
      device: string;
      roomId: string;
      how: 'live' | 'sync';
      seq: number;
      id: string;
      mark: string | null;
    }
  /** An answer said: with this you have everything from `after` up to `head`. */
  | { kind: 'synced'; device: string; roomId: string; after: number; head: number }
  /** An answer said: you are too far behind, here is the newest page, as of `head`. */
  | { kind: 'reset'; device: string; roomId: string; head: number }
  | { kind: 'connect'; device: string; link: string }
  /** `silent`: given up by the device, because an ask was not answered for 5 s. */
  | { kind: 'disconnect'; device: string; silent?: true }
  /** A device has caught up in all its rooms, for the first time since it connected. */
  | { kind: 'complete'; device: string }
  | { kind: 'joined'; person: string; roomId: string }
  /** From `graceMs` after this the person may be shown nothing of the room until `joined`. */
  | { kind: 'removed'; person: string; roomId: string; graceMs: number }
  /** A read position as the server answered it, and when it was asked for. */
  | { kind: 'read'; device: string; roomId: string; since: number; asked: number; answer: number }
  /** The quiet end: what a device shows, from the event after `base`, and how it shows it. */
  | { kind: 'screen'; device: string; roomId: string; base: number; rows: Row[]; states: States }
  /** The quiet end: the whole log of a room as one process reads it from the store. */
  | { kind: 'stored'; process: string; roomId: string; rows: Row[]; states: States };

/** One event of a room; `id` names what it is, so that two events with one `seq` are told apart. */
export type Row = { seq: number; id: string; mark: string | null };
/** How messages stand now: id -> body, deletion and reactions in one line. */
export type States = Record<string, string>;

/** `at`: milliseconds of the machine's monotonic clock, the same for all processes. */
export type Entry = Fact & { at: number };
export type History = readonly Entry[];

export const monotonicNow = (): number => Number(process.hrtime.bigint() / 1_000n) / 1_000;

/** A device is `person/number`. */
export const personOf = (device: string): string => device.slice(0, device.indexOf('/'));

/** The answer of the server tells nothing about whether the message was stored. */
export const isUnknowing = (code: string): boolean => code === 'unavailable' || code === 'internal';
