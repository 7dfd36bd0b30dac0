import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ArticleRecord, ArticlesStore } from '../../src/articles/store.ts';
import { newId } from '../../src/platform/ids.ts';
import { describeOnStores } from '../support/backends.ts';
import { articleOf, textOf, tick } from './records.ts';
import { type OpenStore, openArticlesStore } from './stores.ts';

/** What every store does with the versions of an article. */
export const revisionsSuite = () =>
  describeOnStores('the versions of an article', (name) => {
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

    test('an edit makes the next version and keeps the one before', async () => {
      const article = await add();
      const at = tick();
      const text = textOf({ title: 'Ebb', body: 'New', tags: ['sea'] });
      expect(await store.edit(article.id, 1, text, { at, by: 'author-2' })).toBe(true);
      expect(await store.find(article.id)).toEqual({
        ...article,
        ...text,
        version: 2,
        updatedAt: at,
        updatedBy: 'author-2',
      });
      const all = { before: 100, since: null, limit: 10 };
      expect(await store.revisions(article.id, all)).toEqual([
        { version: 2, title: 'Ebb', at, by: 'author-2', size: 3 },
        { version: 1, title: 'Tides', at: article.updatedAt, by: 'author-1', size: 11 },
      ]);
      expect(await store.revisions(article.id, { ...all, before: 2 })).toHaveLength(1);
      expect(await store.revision(article.id, 1)).toEqual({
        ...{ version: 1, title: 'Tides', at: article.updatedAt, by: 'author-1', size: 11 },
        ...{ body: 'The *moon*.', tags: [], wasPublic: true },
      });
      expect(await store.revision(article.id, 2)).toMatchObject({ body: 'New', tags: ['sea'] });
      expect(await store.revision(article.id, 3)).toBeNull();
    });

    test('of many edits of one version exactly one is taken', async () => {
      const article = await add();
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          store.edit(article.id, 1, textOf({ body: `by ${index}` }), { at: tick(), by: 'a' }),
        ),
      );
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      const stored = await store.find(article.id);
      expect(stored?.version).toBe(2);
      expect(stored?.body).toBe(`by ${outcomes.indexOf(true)}`);
      const all = { before: 100, since: null, limit: 10 };
      expect(await store.revisions(article.id, all)).toHaveLength(2);
    });

    test('what was saved while it was a draft is told apart from what was public', async () => {
      const { id } = await add({ state: 'draft' });
      const edit = (base: number) =>
        store.edit(id, base, textOf({ body: `after ${base}` }), { at: tick(), by: 'a' });
      await edit(1);
      await store.publish(id, `open-${newId()}`, tick());
      await edit(2);
      await store.unpublish(id);
      await store.unpublish(id);
      await edit(3);
      await edit(4);
      const versions = async (since: number | null, before = 100) =>
        (await store.revisions(id, { before, since, limit: 10 })).map(({ version }) => version);
      expect(await versions(null)).toEqual([5, 4, 3, 2, 1]);
      expect(await versions(2)).toEqual([3, 2]);
      expect(await store.revision(id, 3)).toMatchObject({ body: 'after 2', wasPublic: true });
      expect(await store.revision(id, 4)).toMatchObject({ body: 'after 3', wasPublic: false });
      expect(await store.revision(id, 5)).toMatchObject({ wasPublic: false });
      await store.publish(id, 'unused', tick());
      expect(await versions(2)).toEqual([5, 3, 2]);
      expect(await versions(3, 5)).toEqual([3]);
      expect(await versions(null)).toEqual([5, 4, 3, 2, 1]);
      await edit(5);
      expect(await versions(2)).toEqual([6, 5, 3, 2]);
    });
  });
