import { conflict } from '../errors.ts';
import type { Actor } from '../platform/actor.ts';
import { takeAddress } from '../platform/addresses.ts';
import type { Clock } from '../platform/clock.ts';
import { idFor } from '../platform/ids.ts';
import { slugOf } from '../platform/slug.ts';
import type { Rooms } from '../rooms/service.ts';
import type { Access } from './access.ts';
import type { Announcing } from './announcing.ts';
import type { Article, ArticleChange, NewArticle } from './contract.ts';
import type { Renderer } from './renderer.ts';
import type { Shown } from './shown.ts';
import type { ArticleRecord, ArticlesStore, ArticleText } from './store.ts';

type Options = {
  store: ArticlesStore;
  access: Access;
  shown: Shown;
  renderer: Renderer;
  rooms: Pick<Rooms, 'createForArticle' | 'removeForArticle'>;
  announce: Announcing;
  clock: Clock;
};
/** An article before it has a room. */
type Draft = Omit<ArticleRecord, 'roomId'>;

const isSame = (record: ArticleRecord, change: ArticleChange): boolean =>
  (change.title ?? record.title) === record.title &&
  (change.body ?? record.body) === record.body &&
  (change.tags ?? record.tags).join() === record.tags.join();

const firstVersion = ({ userId }: Actor, id: string, input: NewArticle, at: string) => ({
  id,
  slug: slugOf(input.title),
  title: input.title,
  body: input.body,
  tags: input.tags ?? [],
  authorId: userId,
  state: input.publish ? ('published' as const) : ('draft' as const),
  publishedAt: input.publish ? at : null,
  createdAt: at,
  updatedAt: at,
  updatedBy: userId,
  version: 1,
  publishedVersion: input.publish ? 1 : null,
});

/** Writing articles and changing their words. */
export const createWriting = (options: Options) => {
  const { store, access, shown, renderer, rooms, announce, clock } = options;

  const findStored = async (id: string) => {
    const found = await store.find(id);
    return found?.id === id ? found : null;
  };
  const insert = async (draft: Draft): Promise<ArticleRecord> => {
    const { id, slug, title, authorId, state } = draft;
    const open = state === 'published';
    // The room first: it is made once for an id, and a room without an article is never shown.
    const about = { articleId: id, slug, title, ownerId: authorId, open };
    const roomId = await rooms.createForArticle(about);
    const take = async (address: string) => {
      const record = { ...draft, roomId, slug: address };
      // Taken is the address, or the id: by the same article, sent twice at the same time.
      return (await store.insert(record)) ? record : findStored(id);
    };
    try {
      return await takeAddress(title, take);
    } catch (error) {
      // Stored after all, by the same article sent again: then the room is its own.
      const stored = await findStored(id);
      if (!stored) await rooms.removeForArticle(id);
      throw error;
    }
  };
  const make = async (actor: Actor, id: string, input: NewArticle) => {
    const rendered = await renderer.render(input.body);
    return insert({ ...firstVersion(actor, id, input, clock.iso()), ...rendered });
  };
  const changedText = async (record: ArticleRecord, change: ArticleChange) => {
    const { title, body, tags, html, toc, minutes, excerpt } = record;
    const text: ArticleText = { title, body, tags, html, toc, minutes, excerpt };
    const { title: newTitle = title, body: newBody = body, tags: newTags = tags } = change;
    const rendered = newBody === body ? {} : await renderer.render(newBody);
    return { ...text, ...rendered, title: newTitle, body: newBody, tags: newTags };
  };

  return {
    /** Stores a draft, or publishes at once; a resend is answered with what is stored. */
    create: async (actor: Actor, input: NewArticle): Promise<Article> => {
      const id = idFor(actor.userId, input);
      const record =
        (input.clientId ? await findStored(id) : null) ?? (await make(actor, id, input));
      // Who sends again was never answered: others may not have been told.
      if (record.slug !== slugOf(record.title)) await announce.toRoom(record);
      if (record.state === 'published' && input.publish) await announce.published(record);
      await announce.changed(record.id);
      return shown.articleOf(actor, record);
    },
    /** Errors: forbidden; conflict with the current article when `baseVersion` is not the latest. */
    edit: async (actor: Actor, idOrSlug: string, change: ArticleChange): Promise<Article> => {
      const before = await access.requireOwn(actor, idOrSlug);
      // A save that is sent again after its answer was lost finds its words stored: all is well.
      if (isSame(before, change)) return shown.articleOf(actor, before);
      const { baseVersion } = change;
      const saved = { at: clock.iso(), by: actor.userId };
      const stored =
        baseVersion === before.version &&
        (await store.edit(before.id, baseVersion, await changedText(before, change), saved));
      const record = await access.requireOwn(actor, before.id);
      const article = await shown.articleOf(actor, record);
      if (!stored) throw conflict('It was changed since.', article);
      if (record.title !== before.title) await announce.toRoom(record);
      await announce.changed(record.id);
      return article;
    },
  };
};
