import type { Person } from '../accounts/contract.ts';
import type { Accounts } from '../accounts/service.ts';
import type { Articles } from '../articles/service.ts';
import type { PersonWithReasons } from '../people/contract.ts';
import type { People } from '../people/service.ts';
import type { Actor } from '../platform/actor.ts';
import type { Presence } from '../presence/service.ts';
import type { Rooms } from '../rooms/service.ts';
import type { List } from '../wire/contract.ts';
import type { Reasons, Weighed } from './reasons.ts';

export type AroundOptions = {
  accounts: Pick<Accounts, 'people' | 'settingsOf'>;
  people: Pick<People, 'friendIds' | 'friendsOfFriends' | 'relations' | 'closeness'>;
  presence: Pick<Presence, 'statuses' | 'onlineIds'>;
  rooms: Pick<Rooms, 'mine' | 'get'>;
  articles: Pick<Articles, 'tagsOf' | 'followersOf' | 'list'>;
  reasons: Reasons;
};

/** People looked at for one answer, and those of them who are shown. */
const ONLINE_MAX = 500;
const CANDIDATES_MAX = 200;
const SHOWN_MAX = 50;
/** Where people to know are looked for. */
const OWN_TAGS = 10;
const RECENT_ARTICLES = 50;
const OWN_ROOMS = 5;

const sumOf = (reasons: readonly Weighed[]): number =>
  reasons.reduce((sum, { weight }) => sum + weight, 0);
const unique = (ids: Iterable<string>): string[] => [...new Set(ids)];

/** People who are here, and people to know: always with a reason, never against their wish. */
export const createAround = (options: AroundOptions) => {
  const { accounts, people, presence, rooms, articles, reasons } = options;

  const discoverable = async (ids: readonly string[]): Promise<string[]> => {
    const settings = await accounts.settingsOf(ids);
    return ids.filter((id) => settings.get(id)?.discoverable);
  };

  /** The strongest first; who writes and has nothing in common comes last. */
  const ranked = async (
    actor: Actor,
    ids: readonly string[],
    known: ReadonlyMap<string, Person>,
    limit: number,
  ): Promise<{ id: string; reasons: Weighed[] }[]> => {
    const common = await reasons.inCommon(actor, ids);
    const all = ids.map((id) => ({ id, reasons: common.get(id) ?? [] }));
    const strong = all.filter((each) => each.reasons.length > 0);
    strong.sort((a, b) => sumOf(b.reasons) - sumOf(a.reasons) || (a.id < b.id ? -1 : 1));
    for (const { id } of all.filter((each) => each.reasons.length === 0)) {
      if (strong.length >= limit) break;
      const writes = await reasons.writes(actor, known.get(id)?.username ?? '');
      if (writes) strong.push({ id, reasons: [writes] });
    }
    return strong.slice(0, limit);
  };

  const show = async (
    actor: Actor,
    ids: readonly string[],
    limit: number,
  ): Promise<List<PersonWithReasons>> => {
    const known = await accounts.people(ids);
    const present = ids.filter((id) => known.has(id));
    const best = await ranked(actor, present, known, Math.min(limit, SHOWN_MAX));
    const shown = best.map(({ id }) => id);
    const [relations, statuses] = await Promise.all([
      people.relations(actor.userId, shown),
      presence.statuses(actor.userId, shown),
    ]);
    const items = best.flatMap(({ id, reasons: why }): PersonWithReasons[] => {
      const person = known.get(id);
      if (!person) return [];
      const relation = relations.get(id)?.relation ?? 'none';
      const status = statuses.get(id)?.status ?? 'offline';
      return [{ person, relation, status, reasons: why.map(({ reason }) => reason) }];
    });
    return { items, next: null };
  };

  const roomMates = async (actor: Actor): Promise<string[]> => {
    const { items } = await rooms.mine(actor, { limit: RECENT_ARTICLES });
    const open = items.filter(({ kind }) => kind === 'group' || kind === 'public');
    const named = await Promise.all(open.slice(0, OWN_ROOMS).map(({ id }) => rooms.get(actor, id)));
    return named.flatMap(({ members }) => members ?? []).map(({ id }) => id);
  };
  const tagMates = async (actor: Actor): Promise<string[]> => {
    const tags = (await articles.tagsOf(actor.userId)).slice(0, OWN_TAGS);
    const written = await Promise.all(
      tags.map((tag) => articles.list(actor, { tag, limit: OWN_TAGS })),
    );
    const authors = written.flatMap(({ items }) => items.map(({ author }) => author.id));
    return [...authors, ...(await articles.followersOf(tags, CANDIDATES_MAX))];
  };
  const writers = async (actor: Actor): Promise<string[]> => {
    const { items } = await articles.list(actor, { limit: RECENT_ARTICLES });
    return items.map(({ author }) => author.id);
  };

  return {
    /** People online now who let others find them, each with a reason; at most 50. */
    online: async (actor: Actor, limit: number): Promise<List<PersonWithReasons>> => {
      const { userId } = actor;
      const [everybody, friends] = await Promise.all([
        presence.onlineIds(ONLINE_MAX),
        people.friendIds(userId),
      ]);
      const ids = unique([...friends.slice(0, ONLINE_MAX), ...everybody]);
      const statuses = await presence.statuses(userId, ids);
      const here = ids.filter(
        (id) => id !== userId && (statuses.get(id)?.status ?? 'offline') !== 'offline',
      );
      return show(actor, (await discoverable(here)).slice(0, CANDIDATES_MAX), limit);
    },

    /** The same for visitors: who shows themselves to everybody, without reasons. */
    onlineForAll: async (limit: number): Promise<List<PersonWithReasons>> => {
      const ids = await discoverable(await presence.onlineIds(ONLINE_MAX));
      const shown = ids.slice(0, limit);
      const [known, statuses] = await Promise.all([
        accounts.people(shown),
        presence.statuses(null, shown),
      ]);
      const items = shown.flatMap((id): PersonWithReasons[] => {
        const person = known.get(id);
        const status = statuses.get(id)?.status ?? 'offline';
        if (!person || status === 'offline') return [];
        return [{ person, relation: 'none', status, reasons: [] }];
      });
      return { items, next: null };
    },

    /** People to know: not friends, not asked, not declined; at most 50. */
    suggestions: async (actor: Actor, limit: number): Promise<List<PersonWithReasons>> => {
      const { userId } = actor;
      const [near, ...others] = await Promise.all([
        people.friendsOfFriends(userId),
        roomMates(actor),
        tagMates(actor),
        writers(actor),
      ]);
      const nearest = [...near].sort((a, b) => b[1].length - a[1].length).map(([id]) => id);
      const ids = unique([...nearest, ...others.flat()]).filter((id) => id !== userId);
      const [relations, closeness] = await Promise.all([
        people.relations(userId, ids),
        people.closeness(userId, ids),
      ]);
      const strangers = ids.filter((id) => {
        const { blocked = false, declined = false } = closeness.get(id) ?? {};
        return relations.get(id)?.relation === 'none' && !blocked && !declined;
      });
      return show(actor, (await discoverable(strangers)).slice(0, CANDIDATES_MAX), limit);
    },
  };
};
export type Around = ReturnType<typeof createAround>;
