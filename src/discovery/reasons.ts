import type { Accounts } from '../accounts/service.ts';
import type { Articles } from '../articles/service.ts';
import type { Reason } from '../people/contract.ts';
import type { People } from '../people/service.ts';
import type { Actor } from '../platform/actor.ts';
import type { Rooms } from '../rooms/service.ts';
import type { SearchStore } from './store.ts';

/** A reason and how much it says; the strongest come first. */
export type Weighed = { reason: Reason; weight: number };

export type ReasonsOptions = {
  accounts: Pick<Accounts, 'people'>;
  people: Pick<People, 'mutualFriends'>;
  rooms: Pick<Rooms, 'sharedRooms'>;
  articles: Pick<Articles, 'readingNow' | 'tagsOf' | 'list' | 'byRoom' | 'names'>;
  store: Pick<SearchStore, 'talkedWith'>;
};
type Found = Map<string, Weighed>;

/** Tags cost a look at each person: beyond so many they are left out. */
const TAGS_OF_MAX = 100;
const TALKED_MAX = 500;
const NAMED_TAGS = 3;
const WRITTEN = 5;

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
const hashed = (tags: readonly string[]) =>
  listed(tags.slice(0, NAMED_TAGS).map((tag) => `#${tag}`));

/** Why people may be of interest to each other. Every reason is a fact that both could know. */
export const createReasons = (options: ReasonsOptions) => {
  const { accounts, people, rooms, articles, store } = options;
  const reading = async (me: string, ids: readonly string[]): Promise<Found> => {
    const open = await articles.readingNow([me, ...ids]);
    const mine = open.get(me);
    const found: Found = new Map();
    for (const id of ids) {
      const article = open.get(id);
      if (!mine || article?.slug !== mine.slug) continue;
      const text = `Reads “${mine.title}” right now, like you`;
      found.set(id, { reason: { kind: 'reading', text, url: `/a/${mine.slug}` }, weight: 8 });
    }
    return found;
  };
  const talked = async (me: string, ids: readonly string[]): Promise<Found> => {
    const pairs = await store.talkedWith(me, ids, TALKED_MAX);
    const places = await articles.byRoom([...new Set(pairs.map(({ roomId }) => roomId))]);
    const readable = await articles.names(
      null,
      [...places.values()].map(({ id }) => id),
    );
    const open = new Map(readable.map((article) => [article.id, article]));
    const found: Found = new Map();
    for (const { userId, roomId } of pairs) {
      const article = open.get(places.get(roomId)?.id ?? '');
      if (!article || found.has(userId)) continue;
      const [text, url] = [`Talked under “${article.title}”, like you`, `/a/${article.slug}`];
      found.set(userId, { reason: { kind: 'talked', text, url }, weight: 6 });
    }
    return found;
  };
  const mutualFriends = async (me: string, ids: readonly string[]): Promise<Found> => {
    const mutual = await people.mutualFriends(me, ids);
    const named = await accounts.people(
      [...mutual.values()].flatMap((friends) => friends[0] ?? []),
    );
    const found: Found = new Map();
    for (const [id, friends] of mutual) {
      const first = named.get(friends[0] ?? '');
      if (!first) continue;
      const rest = friends.length - 1;
      const text = `Friends with ${first.name}${rest > 0 ? ` and ${rest} more of your friends` : ''}`;
      const weight = 4 + Math.min(friends.length, 5);
      found.set(id, { reason: { kind: 'mutual_friends', text }, weight });
    }
    return found;
  };
  const sharedRooms = async (me: string, ids: readonly string[]): Promise<Found> => {
    const shared = await rooms.sharedRooms(me, ids);
    return new Map(
      [...shared].map(([id, { title, id: roomId }]) => {
        const reason = {
          kind: 'room',
          text: `Is in “${title}” too`,
          url: `/chat/${roomId}`,
        } as const;
        return [id, { reason, weight: 3 }];
      }),
    );
  };
  const tags = async (me: string, ids: readonly string[]): Promise<Found> => {
    const mine = new Set(await articles.tagsOf(me));
    if (mine.size === 0) return new Map();
    const found: Found = new Map();
    const look = async (id: string) => {
      const shared = (await articles.tagsOf(id)).filter((tag) => mine.has(tag));
      if (shared.length === 0) return;
      const weight = 1 + Math.min(shared.length, 4);
      const text = `Cares about ${hashed(shared)}, like you`;
      found.set(id, { reason: { kind: 'tags', text }, weight });
    };
    await Promise.all(ids.slice(0, TAGS_OF_MAX).map(look));
    return found;
  };

  return {
    /** What the actor has in common with each of these people, the strongest first. */
    inCommon: async (
      { userId }: Actor,
      ids: readonly string[],
    ): Promise<Map<string, Weighed[]>> => {
      const kinds = await Promise.all(
        [reading, talked, mutualFriends, sharedRooms, tags].map((look) => look(userId, ids)),
      );
      return new Map(
        ids.map((id) => {
          const own = kinds.flatMap((found) => found.get(id) ?? []);
          return [id, own.sort((a, b) => b.weight - a.weight)];
        }),
      );
    },
    /** What somebody writes about; null: nothing is published. */
    writes: async (actor: Actor, username: string): Promise<Weighed | null> => {
      const { items } = await articles.list(actor, { author: username, limit: WRITTEN });
      const [newest] = items;
      if (!newest) return null;
      const about = [...new Set(items.flatMap((card) => card.tags))];
      const named = { text: `Wrote “${newest.title}”`, url: `/a/${newest.slug}` };
      const words = about.length > 0 ? { text: `Writes about ${hashed(about)}` } : named;
      return { reason: { kind: 'writes', ...words }, weight: 1 };
    },
  };
};
export type Reasons = ReturnType<typeof createReasons>;
