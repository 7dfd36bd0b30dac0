import { ask } from '../net/socket.ts';
import { noteRead } from './state.ts';

export type Reading = {
  /** Whether the newest message is before the reader's eyes. */
  attentive: () => boolean;
  lastRead: () => number;
  /** The room was joined: how far I have read, and what there is. */
  start: (lastRead: number, n: number) => void;
  /** A message with this `n` arrived. */
  reach: (n: number) => void;
  attend: (attentive: boolean) => void;
  stop: () => void;
};

/** Tells the server how far I have read, one step at a time, while the newest is in sight. */
export const followReading = (roomId: string): Reading => {
  let told = 0;
  let newest = 0;
  let eyes = false;
  let sending = false;
  let stopped = false;

  const tell = async (): Promise<void> => {
    if (!eyes || sending || stopped || newest <= told) return;
    sending = true;
    const n = newest;
    noteRead(roomId, n);
    try {
      told = Math.max(n, (await ask('room:read', { roomId, n })).lastRead);
    } catch {
      // Told again with the next message or connection.
    } finally {
      sending = false;
    }
    if (told >= n) await tell();
  };

  return {
    attentive: () => eyes,
    lastRead: () => told,
    start: (lastRead, n) => {
      told = Math.max(told, lastRead);
      newest = Math.max(newest, n);
      void tell();
    },
    reach: (n) => {
      newest = Math.max(newest, n);
      void tell();
    },
    attend: (attentive) => {
      eyes = attentive;
      void tell();
    },
    stop: () => {
      stopped = true;
    },
  };
};
