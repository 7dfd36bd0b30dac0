import type { Logger } from '../log.ts';

/** A room is summed up for those who watch it from outside at most this often. */
const EVERY_MS = 500;

export type HeadNotices = {
  /** Something has happened in the room: its watchers hear of it now, or at the next turn. */
  touch(roomId: string): void;
  close(): void;
};

type Turn = { timer: NodeJS.Timeout; again: boolean };

/** Tells a room's watchers at once, then at most every 500 ms; the last change is always told. */
export const createHeadNotices = (
  tell: (roomId: string) => Promise<void>,
  log: Logger,
): HeadNotices => {
  const turns = new Map<string, Turn>();
  const start = (roomId: string) => {
    const turn: Turn = { again: false, timer: setTimeout(() => next(roomId), EVERY_MS) };
    turn.timer.unref();
    turns.set(roomId, turn);
    tell(roomId).catch((error: unknown) => {
      log.warn({ err: error, roomId }, 'watchers could not be told; once more in a moment');
      turn.again = true;
    });
  };
  const next = (roomId: string) => {
    const turn = turns.get(roomId);
    turns.delete(roomId);
    if (turn?.again) start(roomId);
  };
  return {
    touch: (roomId) => {
      const turn = turns.get(roomId);
      if (turn) turn.again = true;
      else start(roomId);
    },
    close: () => {
      for (const { timer } of turns.values()) clearTimeout(timer);
      turns.clear();
    },
  };
};
