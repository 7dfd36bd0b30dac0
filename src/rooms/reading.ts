import { notFound } from '../errors.ts';
import type { Actor } from '../platform/actor.ts';
import { shared } from '../platform/shared-json.ts';
import type { Access } from './access.ts';
import {
  type EventsPage,
  type EventsQuery,
  type Message,
  type MessagesPage,
  type MessagesQuery,
  RESYNC_MAX,
  type RoomEvent,
} from './contract.ts';
import { weightOf } from './packets.ts';
import { createSame } from './same.ts';
import type { RoomsStore } from './store.ts';
import type { Wire } from './wire.ts';

/** Messages of the page that a client gets when it begins anew. */
const PAGE = 50;
/** More text than this is not sent as missed events: the newest page is quicker for everybody. */
const RESYNC_CHARS = 700_000;
const PAGE_CHARS = 500_000;
export type CaughtUp = {
  head: number;
  n: number;
  events?: RoomEvent[];
  reset?: true;
  messages?: Message[];
};

export type Reading = {
  /** Events as the log has them, messages as they stand now. Errors: not_found. */
  events(actor: Actor | null, roomId: string, query: EventsQuery): Promise<EventsPage>;
  /** A page of history, the newest, one before an `n` or one around a message. Errors: not_found. */
  messages(actor: Actor | null, roomId: string, query: MessagesQuery): Promise<MessagesPage>;
  /**
   * All that is missing after `after`, or the newest page: never a part. With another epoch, or
   * too far behind, `reset`. The answer is no older than event `atLeast`; without, than now.
   */
  catchUp(
    roomId: string,
    after?: { epoch: string; seq: number },
    atLeast?: number,
  ): Promise<CaughtUp>;
};

const newestWithin = (messages: readonly Message[], chars: number): Message[] => {
  let left = chars;
  const kept = messages.toReversed().filter(({ body, html }, index) => {
    left -= body.length + (html?.length ?? 0);
    return index === 0 || left > 0;
  });
  return kept.reverse();
};

export const createReading = (store: RoomsStore, access: Access, wire: Wire): Reading => {
  const same = createSame<CaughtUp>();
  const newestPage = async (roomId: string): Promise<CaughtUp> => {
    const page = await store.messages(roomId, { limit: PAGE });
    const messages = newestWithin(await wire.messages(page.messages), PAGE_CHARS);
    return {
      head: page.head.seq,
      n: Math.max(page.head.n, messages.at(-1)?.n ?? 0),
      messages: shared(messages),
    };
  };
  /** The `n` before which a page of this size has this message in its middle. */
  const pastMiddle = async (roomId: string, messageId: string, limit: number) => {
    const message = await store.message(messageId);
    if (message?.roomId !== roomId) throw notFound('message');
    return message.n + Math.ceil(limit / 2);
  };
  const anew = async (roomId: string): Promise<CaughtUp> => ({
    ...(await newestPage(roomId)),
    reset: true,
  });

  /** All that came after it, or the newest page. */
  const since = async (roomId: string, after: { seq: number }): Promise<CaughtUp> => {
    const page = await store.events(roomId, { after: after.seq, limit: RESYNC_MAX + 1 });
    if (page.events.length > RESYNC_MAX || after.seq > page.head.seq) return anew(roomId);
    const events = await wire.events(page.events);
    if (weightOf(events) > RESYNC_CHARS) return anew(roomId);
    const last = page.events.at(-1);
    return { head: last?.seq ?? after.seq, n: last?.n ?? page.head.n, events: shared(events) };
  };

  return {
    events: async (actor, roomId, { after, before, limit }) => {
      await access.requireReadable(actor, roomId);
      const page = await store.events(roomId, {
        ...(after !== undefined ? { after } : { before }),
        limit,
      });
      const head = Math.max(page.head.seq, page.events.at(-1)?.seq ?? 0);
      const events = await wire.events(page.events);
      return {
        epoch: store.epoch,
        head,
        events,
        // A number that this log has not reached is from another one.
        ...(after !== undefined && after > head && { reset: true as const }),
      };
    },
    messages: async (actor, roomId, { around, limit, ...query }) => {
      await access.requireReadable(actor, roomId);
      const before = around ? await pastMiddle(roomId, around, limit) : query.before;
      const page = await store.messages(roomId, { before, limit });
      const messages = await wire.messages(page.messages);
      return { epoch: store.epoch, head: page.head.seq, messages };
    },
    catchUp: async (roomId, after, atLeast) => {
      const version = atLeast ?? (await store.heads([roomId])).get(roomId)?.seq ?? 0;
      if (!after) return same.ask(`${roomId} newest`, version, () => newestPage(roomId));
      if (after.epoch !== store.epoch)
        return same.ask(`${roomId} anew`, version, () => anew(roomId));
      return same.ask(`${roomId} after ${after.seq}`, version, () => since(roomId, after));
    },
  };
};
