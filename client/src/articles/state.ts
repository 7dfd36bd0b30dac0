import { type ReadonlySignal, signal } from '@preact/signals';
import type { Article, ArticleCard } from '../../../src/articles/contract.ts';
import type { CourseCard } from '../../../src/courses/contract.ts';
import type { ThreadsPage } from '../../../src/rooms/contract.ts';
import type { List } from '../../../src/wire/contract.ts';
import { loadNow } from '../home/state.ts';
import { toApiError } from '../net/failure.ts';
import { del, get, put, query } from '../net/http.ts';
import { type ContentOf, changeContent } from '../pages/state.ts';
import { fetchTags, loadTags } from '../shell/state.ts';

export type ArticlesOf = {
  tag?: string;
  author?: string;
  feed?: 'latest' | 'following';
  state?: 'draft' | 'published';
};

export const fetchArticles = (of: ArticlesOf, cursor?: string): Promise<List<ArticleCard>> =>
  get(`/api/articles${query({ ...of, cursor })}`);

export async function loadHome(feed: 'latest' | 'following'): Promise<ContentOf<'home'>> {
  const [articles, tags, courses, now] = await Promise.all([
    fetchArticles({ feed }),
    fetchTags(),
    get<List<CourseCard>>('/api/courses'),
    loadNow(),
  ]);
  return { page: 'home', articles, tags, courses: courses.items, now };
}

export async function loadArticle(slug: string): Promise<ContentOf<'article'>> {
  const article = await get<Article>(`/api/articles/${encodeURIComponent(slug)}`);
  const threads = await get<ThreadsPage>(`/api/articles/${article.id}/responses`);
  return { page: 'article', article, threads };
}

export async function loadTag(name: string): Promise<ContentOf<'tag'>> {
  const [articles, tags] = await Promise.all([fetchArticles({ tag: name }), fetchTags()]);
  const tag = tags.find((known) => known.tag === name) ?? {
    tag: name,
    articles: articles.items.length,
    following: false,
  };
  return { page: 'tag', tag, articles };
}

/** Reacts to the article itself; shown at once, and then as the server counts it. */
export async function reactToArticle(
  { id, slug, reactions, reacted = [] }: Article,
  emoji: string,
  on: boolean,
): Promise<string | null> {
  const show = (fields: Pick<Article, 'reactions' | 'reacted'>) =>
    changeContent<'article'>(`/a/${slug}`, (content) => ({
      ...content,
      article: { ...content.article, ...fields },
    }));
  if (reacted.includes(emoji) === on) return null;
  const { [emoji]: count = 0, ...rest } = reactions;
  const next = count + (on ? 1 : -1);
  show({
    reactions: next > 0 ? { ...reactions, [emoji]: next } : rest,
    reacted: on ? [...reacted, emoji] : reacted.filter((one) => one !== emoji),
  });
  try {
    const stored = await put<Article>(`/api/articles/${id}/reaction`, { emoji, on });
    show({ reactions: stored.reactions, reacted: stored.reacted });
    return null;
  } catch (error) {
    show({ reactions, reacted });
    return toApiError(error).detail;
  }
}

/** Follows or leaves a tag; shown at once, taken back when it fails. */
export async function followTag(tag: string, on: boolean): Promise<string | null> {
  const show = (following: boolean) =>
    changeContent<'tag'>(`/t/${tag}`, (content) => ({
      ...content,
      tag: { ...content.tag, following },
    }));
  show(on);
  try {
    await (on ? put(`/api/tags/${tag}/follow`) : del(`/api/tags/${tag}/follow`));
    void loadTags();
    return null;
  } catch (error) {
    show(!on);
    return toApiError(error).detail;
  }
}

export type MoreArticles = {
  items: ReadonlySignal<ArticleCard[]>;
  next: ReadonlySignal<string | null>;
  loading: ReadonlySignal<boolean>;
  failure: ReadonlySignal<string | null>;
  more: () => Promise<void>;
};

/** A list that grows at its end. */
export function growingList(first: List<ArticleCard>, of: ArticlesOf): MoreArticles {
  const items = signal(first.items);
  const next = signal(first.next);
  const loading = signal(false);
  const failure = signal<string | null>(null);
  const more = async (): Promise<void> => {
    if (loading.peek() || !next.peek()) return;
    loading.value = true;
    try {
      const page = await fetchArticles(of, next.peek() ?? undefined);
      const known = new Set(items.peek().map((card) => card.id));
      items.value = [...items.peek(), ...page.items.filter((card) => !known.has(card.id))];
      next.value = page.next;
      failure.value = null;
    } catch (error) {
      failure.value = toApiError(error).detail;
    } finally {
      loading.value = false;
    }
  };
  return { items, next, loading, failure, more };
}
