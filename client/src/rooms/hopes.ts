import { signal } from '@preact/signals';
import type { Message, RoomEvent } from '../../../src/rooms/contract.ts';
import { applyEvent } from './log.ts';

/** An event as the server will make it, before it did. */
export type Hoped = RoomEvent extends infer E
  ? E extends RoomEvent
    ? Omit<E, 'seq' | 'at'>
    : never
  : never;
type Hope = { event: RoomEvent; seq: number | null };

/** What I did that no event has confirmed yet: shown at once, taken back when refused. */
export function createHopes() {
  const hopes = signal<Hope[]>([]);

  const drop = (gone: Hope): void => {
    hopes.value = hopes.peek().filter((hope) => hope !== gone);
  };

  return {
    /** The messages as they will be. */
    apply: (messages: Message[]): Message[] =>
      hopes.value.reduce((list, { event }) => applyEvent(list, event), messages),

    /** Shows the change while `act` asks for it; `seen` is the event the log has come to. */
    add: async (hoped: Hoped, act: () => Promise<{ seq: number }>, seen: () => number) => {
      const at = new Date().toISOString();
      const hope: Hope = { event: { ...hoped, seq: Number.MAX_SAFE_INTEGER, at }, seq: null };
      hopes.value = [...hopes.peek(), hope];
      try {
        const { seq } = await act();
        if (seen() >= seq) drop(hope);
        else hopes.value = hopes.peek().map((one) => (one === hope ? { ...one, seq } : one));
      } catch (error) {
        drop(hope);
        throw error;
      }
    },

    /** The log has come to event `seq`: what it confirmed needs no hope. */
    settle: (seq: number): void => {
      const left = hopes.peek().filter((hope) => hope.seq === null || hope.seq > seq);
      if (left.length < hopes.peek().length) hopes.value = left;
    },
  };
}
