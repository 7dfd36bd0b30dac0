import { conflict, unavailable } from '../errors.ts';
import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import type { Hook } from '../platform/hook.ts';
import { newId } from '../platform/ids.ts';
import { isSlugOf, slugLike, slugOf } from '../platform/slug.ts';
import type { Rooms } from '../rooms/service.ts';
import type { Access } from './access.ts';
import type { Article, ArticleCard, ArticleChange, NewArticle } from './contract.ts';
import type { Renderer } from './renderer.ts';
import type { Shown } from './shown.ts';
import type { ArticleRecord, ArticlesStore, ArticleText } from './store.ts';

type Options = {
  store: ArticlesStore;
  access: Access;
  shown: Shown;
  renderer: Renderer;
  rooms: Pick<Rooms, 'createForArticle' | 'updateArticle' | 'removeForArticle'>;
  published: Hook<{ article: ArticleCard }>;
  changed: Hook<{ articleId: string }>;
  /** Called when the tags of what is published may have changed. */
  tagsChanged: () => void;
  clock: Clock;
};

/** Slugs tried for one title: the plain one, then with random endings. */
const SLUGS = 4;

const slugsFor = (title: string): string[] => {
  const slug = slugOf(title);
  return [slug, ...Array.from({ length: SLUGS - 1 }, () => slugLike(slug))];
};

const words = (record: ArticleText): ArticleText => {
  const { title, body, tags, html, toc, minutes, excerpt } = record;
  return { title, body, tags, html, toc, minutes, excerpt };
};

const isSame = (record: ArticleRecord, change: ArticleChange): boolean =>
  (change.title ?? record.title) === record.title &&
  (change.body ?? record.body) === record.body &&
  (change.tags ?? record.tags).join() === record.tags.join();

/** Writing, changing, publishing and deleting articles. */
export const createWriting = (options: Options) => {
  const { store, access, shown, renderer, rooms, published, changed, tagsChanged, clock } = options;

  const reload = async (actor: Actor, id: string): Promise<Article> =>
    shown.articleOf(actor, await access.requireReadable(actor, id));
  const tellRoom = ({ id, slug, title, state }: ArticleRecord) =>
    rooms.updateArticle({ articleId: id, slug, title, open: state === 'published' });
  const announce = async (record: ArticleRecord) => {
    const [article] = await shown.cardsOf([record]);
    if (article) await published.emit({ article });
  };

  const insert = async (draft: Omit<ArticleRecord, 'roomId'>): Promise<ArticleRecord> => {
    const { id, slug, title, authorId, state } = draft;
    const open = state === 'published';
    // The room first: it is made once for an id, and a room without an article is never shown.
    const about = { articleId: id, slug, title, ownerId: authorId, open };
    const record = { ...draft, roomId: await rooms.createForArticle(about) };
    try {
      for (const candidate of slugsFor(title)) {
        const stored = { ...record, slug: candidate };
        if (!(await store.insert(stored))) continue;
        if (candidate !== slug) await tellRoom(stored);
        return stored;
      }
      throw unavailable('No free address was found for this title.');
    } catch (error) {
      await rooms.removeForArticle(id);
      throw error;
    }
  };

  const create = async (actor: Actor, input: NewArticle): Promise<Article> => {
    const rendered = await renderer.render(input.body);
    const at = clock.iso();
    const record = await insert({
      ...rendered,
      id: newId(),
      slug: slugOf(input.title),
      title: input.title,
      body: input.body,
      tags: input.tags ?? [],
      authorId: actor.userId,
      state: input.publish ? 'published' : 'draft',
      publishedAt: input.publish ? at : null,
      createdAt: at,
      updatedAt: at,
      updatedBy: actor.userId,
      version: 1,
      publishedVersion: input.publish ? 1 : null,
    });
    if (input.publish) {
      tagsChanged();
      await announce(record);
    }
    await changed.emit({ articleId: record.id });
    return shown.articleOf(actor, record);
  };

  const edit = async (actor: Actor, idOrSlug: string, change: ArticleChange): Promise<Article> => {
    const record = await access.requireOwn(actor, idOrSlug);
    // A save that is sent again after its answer was lost finds its words stored: all is well.
    if (isSame(record, change)) return shown.articleOf(actor, record);
    const { baseVersion, title, body, tags } = change;
    const refuse = async () => conflict('It was changed since.', await reload(actor, record.id));
    if (baseVersion !== record.version) throw await refuse();
    const rendered = body === undefined ? {} : { body, ...(await renderer.render(body)) };
    const text = {
      ...words(record),
      ...rendered,
      ...(title !== undefined && { title }),
      ...(tags && { tags }),
    };
    const saved = { at: clock.iso(), by: actor.userId };
    if (!(await store.edit(record.id, baseVersion, text, saved))) throw await refuse();
    tagsChanged();
    if (text.title !== record.title) await tellRoom({ ...record, title: text.title });
    await changed.emit({ articleId: record.id });
    return reload(actor, record.id);
  };

  const storePublication = async (record: ArticleRecord, at: string) => {
    // The address is settled with the first publication; a draft's may still follow its title.
    const kept = record.publishedAt !== null || isSlugOf(record.slug, record.title);
    for (const slug of [...(kept ? [record.slug] : []), ...slugsFor(record.title)]) {
      const outcome = await store.publish(record.id, slug, at);
      if (outcome?.state !== 'slug_taken') return outcome;
    }
    throw unavailable('No free address was found for this title.');
  };
  const publish = async (actor: Actor, idOrSlug: string): Promise<Article> => {
    const draft = await access.requireOwn(actor, idOrSlug);
    const outcome = await storePublication(draft, clock.iso());
    const record = await access.requireOwn(actor, draft.id);
    await tellRoom(record);
    tagsChanged();
    if (outcome?.first) await announce(record);
    await changed.emit({ articleId: record.id });
    return shown.articleOf(actor, record);
  };
  const unpublish = async (actor: Actor, idOrSlug: string): Promise<Article> => {
    const { id } = await access.requireOwn(actor, idOrSlug);
    await store.unpublish(id);
    const record = await access.requireOwn(actor, id);
    await tellRoom(record);
    tagsChanged();
    await changed.emit({ articleId: id });
    return shown.articleOf(actor, record);
  };

  return {
    /** Stores a draft, or publishes at once. */
    create,
    /** Errors: forbidden; conflict with the current article when `baseVersion` is not the latest. */
    edit,
    /** Shows it to all; again is the same. Its address and its day stay those of the first time. */
    publish,
    /** Back to draft, for its author alone. */
    unpublish,
    /** Takes the text, its history and its conversation away for good. */
    remove: async (actor: Actor, idOrSlug: string): Promise<void> => {
      const { id } = await access.requireRemovable(actor, idOrSlug);
      await store.remove(id, clock.iso(), actor.userId);
      await rooms.removeForArticle(id);
      tagsChanged();
      await changed.emit({ articleId: id });
    },
  };
};
