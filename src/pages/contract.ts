import type { Me } from '../accounts/contract.ts';
import type {
  Article,
  ArticleCard,
  Difference,
  ListedRevision,
  TagCount,
} from '../articles/contract.ts';
import type { Course, CourseCard } from '../courses/contract.ts';
import type { Now } from '../discovery/contract.ts';
import type { Profile } from '../people/contract.ts';
import type { ThreadsPage } from '../rooms/contract.ts';
import type { List } from '../wire/contract.ts';

/** Two versions to compare, and where the list of versions goes on. */
export type HistoryAsked = {
  from?: number | undefined;
  to?: number | undefined;
  cursor?: string | undefined;
};
export type HistoryContent = {
  page: 'history';
  article: Pick<Article, 'id' | 'slug' | 'title' | 'author' | 'version'>;
  asked: HistoryAsked;
  versions: List<ListedRevision>;
  difference: Difference;
};

/** What the server found for the page asked for; the browser continues from it. */
export type PageContent =
  | {
      page: 'home';
      articles: List<ArticleCard>;
      tags: TagCount[];
      courses: CourseCard[];
      /** A page kept by an earlier version has none. */
      now?: Now;
    }
  | { page: 'article'; article: Article; threads: ThreadsPage }
  | HistoryContent
  | { page: 'tag'; tag: TagCount; articles: List<ArticleCard> }
  | { page: 'profile'; profile: Profile; articles: List<ArticleCard> }
  | { page: 'course'; course: Course }
  /** Chat, editor, settings and the like: drawn in the browser alone. */
  | { page: 'app' }
  /** Status 0: no server answered; the browser keeps this page for that. */
  | { page: 'error'; status: number };

export type PageData = {
  content: PageContent;
  viewer: Me | null;
  /** The first public URL, without a slash at its end. */
  origin: string;
  /** From the `theme` cookie; `system` when it is not there. */
  theme: 'system' | 'light' | 'dark';
};

/**
 * The built render function of the client (`dist/ssr/server.js`).
 * `head` is everything for <head> but charset, viewport, styles and scripts.
 */
export type RenderPage = (path: string, data: PageData) => { html: string; head: string };
