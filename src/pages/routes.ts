import { join } from 'node:path';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Accounts } from '../accounts/service.ts';
import { Tag } from '../articles/contract.ts';
import type { Articles } from '../articles/service.ts';
import type { Courses } from '../courses/service.ts';
import type { Discovery } from '../discovery/service.ts';
import { typed } from '../edge/http.ts';
import { setRetryAfter, statusOf } from '../edge/problem.ts';
import { addStatic } from '../edge/static.ts';
import { createMaking } from '../platform/making.ts';
import { projectRoot } from '../platform/project.ts';
import { Username, wholeNumber } from '../wire/contract.ts';
import { FOR_ALL, FOR_ONE, sendText, type Text } from './answer.ts';
import { type ClientBuild, loadClientBuild } from './client-build.ts';
import type { PageContent, PageData } from './contract.ts';
import { type FeedsOptions, feedsRoutes } from './feeds.ts';
import { markdownTwin } from './twin.ts';

export type PagesOptions = FeedsOptions & {
  accounts: Pick<Accounts, 'me' | 'byUsername'>;
  articles: FeedsOptions['articles'] &
    Pick<Articles, 'tag' | 'responses' | 'source' | 'revisions' | 'difference'>;
  courses: Pick<Courses, 'get' | 'list'>;
  discovery: Pick<Discovery, 'profile' | 'now'>;
  /** The folder with the built client in `dist`. */
  root?: string;
  devPages?: boolean;
};

/** Articles and courses on a page before "more". */
const FIRST = { limit: 20 };
/** Making a page is work: it takes from the same bucket as a call. */
const config = { limit: 'reads' } as const;
const APP_PAGES = [
  ...['/chat', '/chat/:roomId', '/write', '/write/:id', '/write/course', '/write/course/:id'],
  ...['/search', '/notifications', '/people', '/settings'],
  ...['/login', '/join', '/forgot', '/reset', '/verify'],
];
const DEV_PAGES = ['/dev/gallery'];
const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Not built yet</title>
<h1>This site has not been built yet</h1><p>Run <code>npm run build</code>, then start it again.</p>`;

const themeOf = ({ cookies }: FastifyRequest): PageData['theme'] => {
  const { theme } = cookies;
  return theme === 'light' || theme === 'dark' ? theme : 'system';
};
/** A path that begins with two slashes would read as a host. */
const pathOf = ({ url }: FastifyRequest): string => url.replace(/^\/+/, '/');
const bySlug = z.strictObject({ slug: z.string().min(1).max(200) });
/** An address that somebody wrote by hand still shows the page. */
const historyQuery = z.object({
  from: wholeNumber.optional().catch(undefined),
  to: wholeNumber.optional().catch(undefined),
  cursor: z.string().max(200).optional(),
});
const byTag = z.strictObject({ tag: Tag });
const byUsername = z.strictObject({ username: Username });

/** What a page shows, or where to go instead. */
type Found = PageContent | { elsewhere: string };
type Find = () => Promise<Found>;
type Made = Text | { elsewhere: string };

/** `client` is null when it was not built. */
const createShow = ({ accounts, origin }: PagesOptions, client: ClientBuild | null) => {
  const type = 'text/html';
  const make = async (request: FastifyRequest, find: Find): Promise<Made> => {
    const content = await find();
    if ('elsewhere' in content) return content;
    if (!client) return { type, text: NOT_BUILT, cache: 'no-store', status: 503 };
    const viewer = request.actor && (await accounts.me(request.actor));
    const data: PageData = { content, viewer, origin, theme: themeOf(request) };
    const text = client.documentOf(pathOf(request), data);
    if (content.page === 'error' && content.status > 0)
      return { type, text, cache: 'no-store', status: content.status };
    return { type, text, cache: viewer ? FOR_ONE : FOR_ALL };
  };
  const makeForAll = createMaking<Made>();
  const send = (request: FastifyRequest, reply: FastifyReply, made: Made) =>
    'elsewhere' in made ? reply.redirect(made.elsewhere, 302) : sendText(request, reply, made);
  return {
    /** One page for this reader, or for all who are not signed in and ask for it at the same time. */
    page: async (
      request: FastifyRequest,
      reply: FastifyReply,
      find: Find,
    ): Promise<FastifyReply> => {
      const made = request.actor
        ? await make(request, find)
        : await makeForAll(`${themeOf(request)} ${pathOf(request)}`, () => make(request, find));
      return send(request, reply, made);
    },
    /** What went wrong is between this reader and the server. */
    error: async (request: FastifyRequest, reply: FastifyReply, status: number) =>
      send(request, reply, await make(request, async () => ({ page: 'error', status }))),
  };
};
type Show = ReturnType<typeof createShow>;

const articlePages = (instance: FastifyInstance, options: PagesOptions, show: Show) => {
  const { articles, origin } = options;
  const app = typed(instance);
  app.get(
    '/a/:slug.md',
    { config, schema: { hide: true, params: bySlug } },
    async (request, reply) => {
      const { slug } = request.params;
      const article = await articles.get(request.actor, slug);
      const text = markdownTwin(article, await articles.source(request.actor, slug), origin);
      const cache = request.actor ? FOR_ONE : FOR_ALL;
      return sendText(request, reply, { type: 'text/markdown', text, cache });
    },
  );
  app.get('/a/:slug', { config, schema: { hide: true, params: bySlug } }, (request, reply) =>
    show.page(request, reply, async () => {
      const { actor, params } = request;
      const article = await articles.get(actor, params.slug);
      if (article.slug !== params.slug)
        return { elsewhere: `/a/${encodeURIComponent(article.slug)}` };
      const threads = await articles.responses(actor, article.id, { order: 'oldest', ...FIRST });
      return { page: 'article', article, threads };
    }),
  );
};

const historyPage = (instance: FastifyInstance, { articles }: PagesOptions, show: Show) => {
  typed(instance).get(
    '/a/:slug/history',
    { config, schema: { hide: true, params: bySlug, querystring: historyQuery } },
    (request, reply) =>
      show.page(request, reply, async () => {
        const { actor, params, query } = request;
        const { id, slug, title, author, version } = await articles.get(actor, params.slug);
        if (slug !== params.slug) return { elsewhere: `/a/${encodeURIComponent(slug)}/history` };
        const { from, to = version, cursor } = query;
        const [versions, difference] = await Promise.all([
          articles.revisions(actor, id, { ...FIRST, cursor }),
          articles.difference(actor, id, { from, to }),
        ]);
        const article = { id, slug, title, author, version };
        return { page: 'history', article, asked: query, versions, difference };
      }),
  );
};
const listPages = (instance: FastifyInstance, options: PagesOptions, show: Show) => {
  const { articles, courses, discovery } = options;
  const app = typed(instance);
  app.get('/', { config, schema: { hide: true } }, (request, reply) =>
    show.page(request, reply, async () => {
      const { actor } = request;
      const [latest, tags, { items }, now] = await Promise.all([
        articles.list(actor, FIRST),
        articles.tags(actor),
        courses.list(actor, FIRST),
        discovery.now(actor),
      ]);
      return { page: 'home', articles: latest, tags, courses: items, now };
    }),
  );
  app.get('/t/:tag', { config, schema: { hide: true, params: byTag } }, (request, reply) =>
    show.page(request, reply, async () => {
      const { actor, params } = request;
      const [tag, tagged] = await Promise.all([
        articles.tag(actor, params.tag),
        articles.list(actor, { tag: params.tag, ...FIRST }),
      ]);
      return { page: 'tag', tag, articles: tagged };
    }),
  );
  app.get('/@:username', { config, schema: { hide: true, params: byUsername } }, (request, reply) =>
    show.page(request, reply, async () => {
      const { actor, params } = request;
      const profile = await discovery.profile(actor, params.username);
      const { username } = profile;
      if (!pathOf(request).startsWith(`/@${username}`)) return { elsewhere: `/@${username}` };
      const written = await articles.list(actor, { author: username, ...FIRST });
      return { page: 'profile', profile, articles: written };
    }),
  );
  app.get('/c/:slug', { config, schema: { hide: true, params: bySlug } }, (request, reply) =>
    show.page(request, reply, async () => {
      const course = await courses.get(request.actor, request.params.slug);
      if (course.slug !== request.params.slug)
        return { elsewhere: `/c/${encodeURIComponent(course.slug)}` };
      return { page: 'course', course };
    }),
  );
};

const appPages = (app: FastifyInstance, show: Show, devPages: boolean) => {
  app.get('/offline', { config, schema: { hide: true } }, (request, reply) =>
    show.page(request, reply, async () => ({ page: 'error', status: 0 })),
  );
  for (const path of devPages ? [...APP_PAGES, ...DEV_PAGES] : APP_PAGES)
    app.get(path, { config, schema: { hide: true } }, (request, reply) =>
      show.page(request, reply, async () => ({ page: 'app' })),
    );
};

/**
 * The pages that people open, as HTML from the server that is taken over in the browser; the
 * client's files; and what programs read: feeds, the site map and the like.
 */
export const pagesRoutes =
  (options: PagesOptions): FastifyPluginAsync =>
  async (app) => {
    const { root = projectRoot, devPages = false } = options;
    const show = createShow(options, await loadClientBuild(root));
    app.errorPage.show = (request, reply, error) => {
      setRetryAfter(reply, error);
      return show.error(request, reply, statusOf[error.code]);
    };
    articlePages(app, options, show);
    historyPage(app, options, show);
    listPages(app, options, show);
    appPages(app, show, devPages);
    feedsRoutes(app, options);
    await addStatic(app, join(root, 'dist/client'));
  };
