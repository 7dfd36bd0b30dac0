import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import type { TagCount } from './contract.ts';
import type { ArticlesStore } from './store.ts';

/** Tags on offer when somebody follows none. */
const TOP = 50;
/** What a person follows beyond this is not looked at. */
const FOLLOWED = 200;
/** A person is known by the tags of so many newest articles. */
const WRITTEN = 30;
/** The most used tags may be so old: every page shows them, and they change slowly. */
const KEPT_MS = 10_000;

const nobodys = async (): Promise<string[]> => [];

/** Tags: how much they are used, and who follows them. */
export const createTags = (store: ArticlesStore, clock: Clock) => {
  let kept: { tags: Promise<{ tag: string; articles: number }[]>; until: number } | null = null;
  const top = () => {
    if (!kept || kept.until <= clock.now()) {
      const fresh = { tags: store.topTags(TOP), until: clock.now() + KEPT_MS };
      kept = fresh;
      fresh.tags.catch(() => {
        if (kept === fresh) kept = null;
      });
    }
    return kept.tags;
  };
  const followed = (userId: string) => store.followed(userId, FOLLOWED);
  return {
    followed,
    /** Call it when what is published has changed here. */
    forget: () => {
      kept = null;
    },
    /** Those that the person follows, then the most used ones. */
    tags: async (actor: Actor | null): Promise<TagCount[]> => {
      const [most, mine] = await Promise.all([top(), actor ? followed(actor.userId) : nobodys()]);
      const counts = mine.length > 0 ? await store.tagCounts(mine) : new Map<string, number>();
      const others = most.filter(({ tag }) => !mine.includes(tag));
      return [
        ...mine.map((tag) => ({ tag, articles: counts.get(tag) ?? 0, following: true })),
        ...others.map((each) => ({ ...each, following: false })),
      ];
    },
    tag: async (actor: Actor | null, tag: string): Promise<TagCount> => {
      const [counts, mine] = await Promise.all([
        store.tagCounts([tag]),
        actor ? followed(actor.userId) : nobodys(),
      ]);
      return { tag, articles: counts.get(tag) ?? 0, following: mine.includes(tag) };
    },
    followTag: (actor: Actor, tag: string): Promise<void> =>
      store.follow(actor.userId, tag, clock.iso()),
    unfollowTag: (actor: Actor, tag: string): Promise<void> => store.unfollow(actor.userId, tag),
    /** People who follow at least one of these tags. */
    followersOf: (tags: readonly string[], limit: number): Promise<string[]> =>
      tags.length > 0 ? store.followers(tags, limit) : nobodys(),
    /** What a person cares about: tags followed, and tags written under. */
    tagsOf: async (userId: string): Promise<string[]> => {
      const both = await Promise.all([followed(userId), store.tagsWrittenBy(userId, WRITTEN)]);
      return [...new Set(both.flat())];
    },
  };
};
export type Tags = ReturnType<typeof createTags>;
