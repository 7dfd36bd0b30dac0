import type { AskOutput } from '../../src/contract.ts';
import type { AckError } from '../../src/wire/contract.ts';
import type { Fact } from './history.ts';

export type Draft = { roomId: string; clientId: string; mark: string; body: string };
type Pending = Draft & { flying: boolean };
type Sent = AskOutput<'message:send'>['message'];

type Options = {
  device: string;
  /** Puts a send on the wire; false when there is no connection, or the room is not joined. */
  ship(draft: Draft): boolean;
  record(fact: Fact): void;
  sent(draft: Draft, message: Sent): void;
};

/** Sends of one room that may be on their way at once: their order must hold all the same. */
const WINDOW = 3;
const PASSING = new Set(['unavailable', 'rate_limited', 'internal']);
const RETRY_MS = 300;

/** Keeps every message until it is acked or refused for good; a resend has the same clientId. */
export const createOutbox = ({ device, ship, record, sent }: Options) => {
  const rooms = new Map<string, Pending[]>();
  const paused = new Set<string>();

  const pump = (roomId: string) => {
    if (paused.has(roomId)) return;
    for (const pending of (rooms.get(roomId) ?? []).slice(0, WINDOW)) {
      if (pending.flying) continue;
      if (!ship(pending)) return;
      pending.flying = true;
      record({ kind: 'send', device, roomId, mark: pending.mark });
    }
  };
  const find = (draft: Draft) =>
    rooms.get(draft.roomId)?.find(({ mark, flying }) => mark === draft.mark && flying);
  const remove = ({ roomId, mark }: Draft) => {
    const rest = (rooms.get(roomId) ?? []).filter((each) => each.mark !== mark);
    rooms.set(roomId, rest);
    pump(roomId);
  };
  const pause = (roomId: string, ms: number) => {
    paused.add(roomId);
    setTimeout(() => {
      paused.delete(roomId);
      pump(roomId);
    }, ms);
  };
  return {
    add: (draft: Draft) => {
      rooms.set(draft.roomId, [...(rooms.get(draft.roomId) ?? []), { ...draft, flying: false }]);
      pump(draft.roomId);
    },
    pump,
    acked: (draft: Draft, message: Sent) => {
      if (!find(draft)) return;
      const { roomId, mark } = draft;
      record({ kind: 'ok', device, roomId, mark, seq: message.seq, id: message.id });
      remove(draft);
      sent(draft, message);
    },
    refused: (draft: Draft, { code, retryAfterMs }: AckError) => {
      const pending = find(draft);
      if (!pending) return;
      record({ kind: 'error', device, roomId: draft.roomId, mark: draft.mark, code });
      pending.flying = false;
      if (PASSING.has(code)) pause(draft.roomId, retryAfterMs ?? RETRY_MS);
      else remove(draft);
    },
    /** The connection is gone: what was on its way has an unknown outcome. */
    unanswered: () => {
      for (const [roomId, list] of rooms)
        for (const pending of list.filter(({ flying }) => flying)) {
          pending.flying = false;
          record({ kind: 'unknown', device, roomId, mark: pending.mark });
        }
    },
    waiting: (): number => [...rooms.values()].reduce((sum, list) => sum + list.length, 0),
  };
};
