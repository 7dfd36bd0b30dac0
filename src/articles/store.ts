import type { TocEntry } from './contract.ts';

/** What a version says, and what was made of it when it was saved. */
export type ArticleText = {
  title: string;
  body: string;
  tags: string[];
  html: string;
  toc: TocEntry[];
  minutes: number;
  excerpt: string;
};

export type ArticleRecord = ArticleText & {
  id: string;
  slug: string;
  authorId: string;
  roomId: string;
  state: 'draft' | 'published';
  /** Of its first publication; it stays when the article goes back to draft. */
  publishedAt: string | null;
  createdAt: string;
  updatedAt: string;
  updatedBy: string;
  version: number;
  /** What was first published; readers see the history from here on. */
  publishedVersion: number | null;
};
/** An article without its text, for lists. */
export type ArticleHead = Omit<ArticleRecord, 'body' | 'html' | 'toc'>;

export type RevisionHead = { version: number; title: string; at: string; by: string; size: number };
/** `wasPublic`: readers saw this version; false for what was saved while it was a draft. */
export type RevisionRecord = RevisionHead & { body: string; tags: string[]; wasPublic: boolean };
/** Versions before this one; with `since` only what was public, from that version on. */
export type RevisionsPage = { before: number; since: number | null; limit: number };

/** Which articles a list shows; all but `drafts` show what is published. */
export type Listed =
  | { by: 'all' }
  | { by: 'tag'; tag: string }
  | { by: 'author'; authorId: string; tag: string | null }
  | { by: 'following'; authorIds: readonly string[]; tags: readonly string[] }
  | { by: 'drafts'; authorId: string };
/** Newest first, after this place in the order. */
export type ListPage = { after: { at: string; id: string } | null; limit: number };

/** By publication; a draft by its latest change. The key that `ListPage.after` goes on from. */
export const listedAt = (head: ArticleHead): string =>
  head.state === 'published' ? (head.publishedAt ?? '') : head.updatedAt;

/** A person gives at most this many different emojis to one article. */
export const REACTIONS_MAX = 12;

export type ArticlesStore = {
  /** False: the slug or the id is taken. Errors: conflict, when the id's article was deleted. */
  insert(article: ArticleRecord): Promise<boolean>;
  /** An id wins over an equal slug. Deleted ones are never found. */
  find(idOrSlug: string): Promise<ArticleRecord | null>;
  heads(ids: readonly string[]): Promise<ArticleHead[]>;
  headsOfRooms(roomIds: readonly string[]): Promise<ArticleHead[]>;
  list(listed: Listed, page: ListPage): Promise<ArticleHead[]>;
  countBy(authorId: string): Promise<number>;
  /** Of the newest published articles of this author. */
  tagsWrittenBy(authorId: string, articles: number): Promise<string[]>;
  /** Published articles, newest first, for the site map. */
  addresses(limit: number): Promise<{ slug: string; updatedAt: string }[]>;

  /** Makes the next version and keeps the one before; false: `baseVersion` is not the latest. */
  edit(
    id: string,
    baseVersion: number,
    text: ArticleText,
    change: { at: string; by: string },
  ): Promise<boolean>;
  /**
   * Published from now on; `slug` counts at the first time only, later the address stays. `first`
   * when it was never published before; null when there is no such article.
   */
  publish(
    id: string,
    slug: string,
    at: string,
  ): Promise<{ state: 'published'; first: boolean } | { state: 'slug_taken' } | null>;
  /** Back to draft, keeping that this version was public; nothing happens to what is not there. */
  unpublish(id: string): Promise<void>;
  /** Takes the text and its history away; the record with its slug stays. False: not there. */
  remove(id: string, at: string, by: string): Promise<boolean>;
  /** Newest first. */
  revisions(id: string, page: RevisionsPage): Promise<RevisionHead[]>;
  revision(id: string, version: number): Promise<RevisionRecord | null>;

  /** Tags of published articles with their number, most used first. */
  topTags(limit: number): Promise<{ tag: string; articles: number }[]>;
  tagCounts(tags: readonly string[]): Promise<Map<string, number>>;
  follow(userId: string, tag: string, at: string): Promise<void>;
  unfollow(userId: string, tag: string): Promise<void>;
  /** People who follow at least one of these tags. */
  followers(tags: readonly string[], limit: number): Promise<string[]>;
  /** In the order they were followed. */
  followed(userId: string, limit: number): Promise<string[]>;

  /** A person's emoji on an article, or not; at most REACTIONS_MAX of a person, more are ignored. */
  react(id: string, userId: string, emoji: string, at: string): Promise<void>;
  unreact(id: string, userId: string, emoji: string): Promise<void>;
  reactions(ids: readonly string[]): Promise<Map<string, Record<string, number>>>;
  reactionsBy(userId: string, id: string): Promise<string[]>;
};
