import type { ArticleRecord, ArticleText } from '../../src/articles/store.ts';
import { newId } from '../../src/platform/ids.ts';

let seconds = 0;
/** One moment after the other, so that order by time is order of making. */
export const tick = () => new Date(Date.UTC(2026, 0, 1) + ++seconds * 1_000).toISOString();

export const textOf = (more: Partial<ArticleText> = {}): ArticleText => ({
  title: 'Tides',
  body: 'The *moon*.',
  tags: [],
  html: '<p>The <em>moon</em>.</p>',
  toc: [{ id: 'h-a', level: 2, text: 'A' }],
  minutes: 3,
  excerpt: 'The moon.',
  ...more,
});
export const articleOf = (more: Partial<ArticleRecord> = {}): ArticleRecord => {
  const at = tick();
  const state = more.state ?? 'published';
  return {
    ...textOf(),
    id: newId(),
    slug: `tides-${newId().toLowerCase()}`,
    authorId: newId(),
    roomId: newId(),
    state,
    publishedAt: state === 'published' ? at : null,
    createdAt: at,
    updatedAt: at,
    updatedBy: 'author-1',
    version: 1,
    publishedVersion: state === 'published' ? 1 : null,
    ...more,
  };
};
