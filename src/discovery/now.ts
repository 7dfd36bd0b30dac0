import type { Articles } from '../articles/service.ts';
import { nullIfNotFound } from '../errors.ts';
import type { Actor } from '../platform/actor.ts';
import { type Clock, isoAfter } from '../platform/clock.ts';
import type { Rooms } from '../rooms/service.ts';
import type { Around } from './around.ts';
import type { Now, Talk } from './contract.ts';
import type { SearchStore, TalkIn } from './store.ts';

type Options = {
  store: Pick<SearchStore, 'talk'>;
  articles: Pick<Articles, 'byRoom' | 'names'>;
  rooms: Pick<Rooms, 'get'>;
  around: Pick<Around, 'online' | 'onlineForAll'>;
  clock: Clock;
};

const DAY_MS = 24 * 3_600_000;
/** Words looked at for one answer, rooms asked about, and what is shown. */
const SAID_MAX = 1_000;
const ROOMS_MAX = 20;
const SHOWN_MAX = 3;
/** What is the same for everybody is looked up once in this time. */
const SAME_MS = 5_000;

/** Keeps an answer for a while; one that failed is not kept. */
const keptFor = <T>(ms: number, clock: Clock, look: () => Promise<T>): (() => Promise<T>) => {
  let kept: { until: number; answer: Promise<T> } | null = null;
  return () => {
    if (kept && clock.now() < kept.until) return kept.answer;
    const mine = { until: clock.now() + ms, answer: look() };
    kept = mine;
    mine.answer.catch(() => {
      if (kept === mine) kept = null;
    });
    return mine.answer;
  };
};

/** What is going on on the site, for its front page. */
export const createNow = ({ store, articles, rooms, around, clock }: Options) => {
  /** As a stranger may read it: drafts and private rooms are not there. */
  const shownOf = async (found: readonly TalkIn[]): Promise<Talk[]> => {
    const places = await articles.byRoom(found.map(({ roomId }) => roomId));
    const ids = [...places.values()].map(({ id }) => id);
    const open = new Map((await articles.names(null, ids)).map((name) => [name.id, name]));
    const one = async ({ roomId, ...facts }: TalkIn): Promise<Talk | null> => {
      const place = places.get(roomId);
      if (place) {
        const { title, slug } = open.get(place.id) ?? {};
        return title && slug
          ? { kind: 'article', title, url: `/a/${slug}#responses`, ...facts }
          : null;
      }
      const room = await rooms.get(null, roomId).catch(nullIfNotFound);
      if (room?.kind !== 'public') return null;
      return { kind: 'public', title: room.title, url: `/chat/${roomId}`, ...facts };
    };
    const all = await Promise.all(found.map(one));
    return all.filter((talk) => talk !== null).slice(0, SHOWN_MAX);
  };
  const talk = keptFor(SAME_MS, clock, async () => {
    const found = await store.talk(isoAfter(clock.now(), -DAY_MS), SAID_MAX);
    return shownOf(found.slice(0, ROOMS_MAX));
  });
  const onlineForAll = keptFor(SAME_MS, clock, () => around.onlineForAll(SHOWN_MAX));

  return {
    /** Who is online, at most 3, and where one talks, at most 3; for visitors without reasons. */
    now: async (actor: Actor | null): Promise<Now> => {
      const here = actor ? around.online(actor, SHOWN_MAX) : onlineForAll();
      const [{ items }, talks] = await Promise.all([here, talk()]);
      return { online: items, talk: talks };
    },
  };
};
