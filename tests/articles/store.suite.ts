import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type ArticleHead,
  type ArticleRecord,
  type ArticlesStore,
  type Listed,
  listedAt,
  REACTIONS_MAX,
} from '../../src/articles/store.ts';
import { newId } from '../../src/platform/ids.ts';
import { describeOnStores } from '../support/backends.ts';
import { articleOf, textOf, tick } from './records.ts';
import { type OpenStore, openArticlesStore } from './stores.ts';

export const articlesStoreSuite = () =>
  describeOnStores('the articles store', (name) => {
    let open: OpenStore;
    let store: ArticlesStore;
    beforeAll(async () => {
      open = await openArticlesStore(name);
      store = open.store;
    });
    afterAll(() => open.close());

    const add = async (more: Partial<ArticleRecord> = {}) => {
      const article = articleOf(more);
      expect(await store.insert(article)).toBe(true);
      return article;
    };
    const ids = (heads: readonly ArticleHead[]) => heads.map(({ id }) => id);
    /** A whole list, read page by page of two. */
    const walk = async (listed: Listed) => {
      const all: string[] = [];
      let after: { at: string; id: string } | null = null;
      for (;;) {
        const page: ArticleHead[] = await store.list(listed, { after, limit: 2 });
        all.push(...ids(page));
        const last = page.at(-1);
        if (!last || page.length < 2) return all;
        after = { at: listedAt(last), id: last.id };
      }
    };

    test('an article comes back as it was stored, by id and by slug', async () => {
      const article = await add({ tags: ['sea', 'moon'] });
      expect(await store.find(article.id)).toEqual(article);
      expect(await store.find(article.slug)).toEqual(article);
      expect(await store.find('nothing-here')).toBeNull();
      const { body, html, toc, ...head } = article;
      expect(await store.heads([article.id, 'nothing-here'])).toEqual([head]);
      expect(await store.headsOfRooms([article.roomId])).toEqual([head]);
    });

    test('an id wins over an equal slug', async () => {
      const first = await add();
      await add({ slug: first.id });
      expect((await store.find(first.id))?.slug).toBe(first.slug);
    });

    test('a slug is given once, also when its article is gone', async () => {
      const first = await add();
      expect(await store.insert(articleOf({ slug: first.slug }))).toBe(false);
      await store.remove(first.id, tick(), 'author-1');
      expect(await store.insert(articleOf({ slug: first.slug }))).toBe(false);
    });

    test('publishing lists it from its first day on; the address stays', async () => {
      const authorId = newId();
      const draft = await add({ state: 'draft', authorId, tags: ['first-day'] });
      const again = textOf({ body: 'Better', tags: ['first-day'] });
      await store.edit(draft.id, 1, again, { at: tick(), by: 'a' });
      const published = { by: 'author', authorId, tag: null } as const;
      const drafts = { by: 'drafts', authorId } as const;
      expect(await walk(published)).toEqual([]);
      expect(await walk(drafts)).toEqual([draft.id]);

      const at = tick();
      const slug = `first-${newId()}`;
      expect(await store.publish(draft.id, slug, at)).toEqual({ state: 'published', first: true });
      expect(await store.find(slug)).toMatchObject({
        ...{ state: 'published', publishedAt: at, version: 2, publishedVersion: 2 },
      });
      expect(await walk(published)).toEqual([draft.id]);
      expect(await walk(drafts)).toEqual([]);
      expect(await walk({ by: 'tag', tag: 'first-day' })).toEqual([draft.id]);
      expect(await store.countBy(authorId)).toBe(1);

      await store.unpublish(draft.id);
      expect(await walk(published)).toEqual([]);
      expect(await walk(drafts)).toEqual([draft.id]);
      expect(await walk({ by: 'tag', tag: 'first-day' })).toEqual([]);
      expect(await store.countBy(authorId)).toBe(0);

      expect(await store.publish(draft.id, 'another', tick())).toEqual({
        state: 'published',
        first: false,
      });
      await store.edit(draft.id, 2, again, { at: tick(), by: 'a' });
      expect(await store.find(draft.id)).toMatchObject({
        ...{ slug, publishedAt: at, version: 3, publishedVersion: 2 },
      });
      expect(await store.publish(newId(), 'x', tick())).toBeNull();
    });

    test('publishing under a taken slug changes nothing', async () => {
      const taken = await add();
      const draft = await add({ state: 'draft' });
      expect(await store.publish(draft.id, taken.slug, tick())).toEqual({ state: 'slug_taken' });
      expect(await store.find(draft.id)).toEqual(draft);
    });

    test('an edit moves a draft to the top of its list and follows its tags', async () => {
      const authorId = newId();
      const first = await add({ state: 'draft', authorId });
      const second = await add({ state: 'draft', authorId });
      expect(await walk({ by: 'drafts', authorId })).toEqual([second.id, first.id]);
      await store.edit(first.id, 1, textOf({ tags: ['a-draft'] }), { at: tick(), by: 'a' });
      expect(await walk({ by: 'drafts', authorId })).toEqual([first.id, second.id]);
      expect(await walk({ by: 'tag', tag: 'a-draft' })).toEqual([]);
    });

    test('removing takes the text, the history and the place in lists away', async () => {
      const authorId = newId();
      const article = await add({ authorId, tags: ['removed'] });
      await store.edit(article.id, 1, textOf({ tags: ['removed'] }), { at: tick(), by: 'a' });
      expect(await store.remove(article.id, tick(), 'a')).toBe(true);
      expect(await store.remove(article.id, tick(), 'a')).toBe(false);
      expect(await store.find(article.id)).toBeNull();
      expect(await store.heads([article.id])).toEqual([]);
      expect(await store.headsOfRooms([article.roomId])).toEqual([]);
      expect(await store.revision(article.id, 1)).toBeNull();
      expect(await walk({ by: 'author', authorId, tag: null })).toEqual([]);
      expect(await walk({ by: 'tag', tag: 'removed' })).toEqual([]);
      expect(await store.edit(article.id, 2, textOf(), { at: tick(), by: 'a' })).toBe(false);
      expect(await store.publish(article.id, 'x', tick())).toBeNull();
    });

    test('lists are complete and newest first, also when times are equal', async () => {
      const authorId = newId();
      const at = tick();
      const same = await Promise.all(
        Array.from({ length: 5 }, () => add({ authorId, publishedAt: at, tags: ['same'] })),
      );
      const later = await add({ authorId });
      const inOrder = [later.id, ...ids(same).sort().reverse()];
      expect(await walk({ by: 'author', authorId, tag: null })).toEqual(inOrder);
      expect(await walk({ by: 'author', authorId, tag: 'same' })).toEqual(inOrder.slice(1));
      expect(await walk({ by: 'tag', tag: 'same' })).toEqual(inOrder.slice(1));
      const all = await walk({ by: 'all' });
      expect(all.filter((id) => inOrder.includes(id))).toEqual(inOrder);
      expect(new Set(all).size).toBe(all.length);
    });

    test('the followed are those of these authors and these tags, each once', async () => {
      const [ana, ben, other] = [newId(), newId(), newId()];
      const one = await add({ authorId: ana, tags: ['stars'] });
      const two = await add({ authorId: ben });
      await add({ authorId: other });
      const three = await add({ authorId: other, tags: ['stars', 'sky'] });
      const four = await add({ authorId: ana });
      await add({ authorId: ana, state: 'draft' });
      expect(
        await walk({ by: 'following', authorIds: [ana, ben], tags: ['stars', 'sky'] }),
      ).toEqual([four.id, three.id, two.id, one.id]);
      expect(await walk({ by: 'following', authorIds: [], tags: [] })).toEqual([]);
    });

    test('tags are counted as lists show them', async () => {
      await add({ tags: ['counted', 'counted-too'] });
      const second = await add({ tags: ['counted'] });
      await add({ tags: ['counted'], state: 'draft' });
      const asked = ['counted', 'counted-too', 'never-used'];
      expect(await store.tagCounts(asked)).toEqual(
        new Map([
          ['counted', 2],
          ['counted-too', 1],
        ]),
      );
      await store.remove(second.id, tick(), 'a');
      expect((await store.tagCounts(asked)).get('counted')).toBe(1);
      const top = await store.topTags(100);
      expect(top).toContainEqual({ tag: 'counted-too', articles: 1 });
      const counts = top.map(({ articles }) => articles);
      expect(counts).toEqual([...counts].sort((a, b) => b - a));
      expect(await store.topTags(1)).toHaveLength(1);
    });

    test('tags are followed once, in order, and left', async () => {
      const userId = newId();
      await store.follow(userId, 'web', tick());
      await store.follow(userId, 'art', tick());
      await store.follow(userId, 'web', tick());
      expect(await store.followed(userId, 10)).toEqual(['web', 'art']);
      expect(await store.followed(userId, 1)).toEqual(['web']);
      await store.unfollow(userId, 'web');
      await store.unfollow(userId, 'web');
      expect(await store.followed(userId, 10)).toEqual(['art']);
    });

    test('the tags an author wrote under', async () => {
      const authorId = newId();
      await add({ authorId, tags: ['old'] });
      await add({ authorId, tags: ['new', 'newer'] });
      await add({ authorId, tags: ['secret'], state: 'draft' });
      expect((await store.tagsWrittenBy(authorId, 10)).sort()).toEqual(['new', 'newer', 'old']);
      expect((await store.tagsWrittenBy(authorId, 1)).sort()).toEqual(['new', 'newer']);
    });

    test('a reaction counts once a person, and can be taken back', async () => {
      const { id } = await add();
      const [ana, ben] = [newId(), newId()];
      await store.react(id, ana, '👍', tick());
      await store.react(id, ana, '👍', tick());
      await store.react(id, ben, '👍', tick());
      await store.react(id, ben, '🌊', tick());
      expect(await store.reactions([id])).toEqual(new Map([[id, { '👍': 2, '🌊': 1 }]]));
      expect(await store.reactionsBy(ben, id)).toEqual(['👍', '🌊']);
      await store.unreact(id, ben, '👍');
      await store.unreact(id, ben, '👍');
      expect((await store.reactions([id])).get(id)).toEqual({ '👍': 1, '🌊': 1 });
      expect(await store.reactionsBy(ben, id)).toEqual(['🌊']);
    });

    test('one person cannot fill an article with emojis', async () => {
      const { id } = await add();
      for (let index = 0; index < REACTIONS_MAX + 3; index += 1)
        await store.react(id, 'someone', `e${index}`, tick());
      expect(await store.reactionsBy('someone', id)).toHaveLength(REACTIONS_MAX);
    });

    test('addresses are those of what is published', async () => {
      const shown = await add();
      await add({ state: 'draft' });
      expect((await store.addresses(1))[0]).toEqual({
        slug: shown.slug,
        updatedAt: shown.updatedAt,
      });
    });
  });
