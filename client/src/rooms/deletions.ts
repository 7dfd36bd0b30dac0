import { type ReadonlySignal, signal } from '@preact/signals';

/** A deletion can be taken back this long; only then it is sent. */
export const UNDO_MS = 10_000;

/** Deletions that wait for their time to undo to pass; `act` then does one. */
export function createDeletions(act: (messageId: string) => Promise<void>) {
  const timers = signal<ReadonlyMap<string, ReturnType<typeof setTimeout>>>(new Map());

  const undo = (messageId: string): void => {
    clearTimeout(timers.peek().get(messageId));
    const rest = new Map(timers.peek());
    rest.delete(messageId);
    timers.value = rest;
  };
  const now = (messageId: string): void => {
    undo(messageId);
    void act(messageId);
  };

  return {
    /** The messages on their way out. */
    waiting: timers as ReadonlySignal<ReadonlyMap<string, unknown>>,
    add: (messageId: string): void => {
      const timer = setTimeout(() => now(messageId), UNDO_MS);
      timers.value = new Map([...timers.peek(), [messageId, timer]]);
    },
    undo,
    /** Leaving the page decides: what was about to be deleted is deleted. */
    flush: (): void => {
      for (const messageId of [...timers.peek().keys()]) now(messageId);
    },
  };
}
