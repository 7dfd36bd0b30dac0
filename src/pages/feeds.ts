import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Accounts } from '../accounts/service.ts';
import { type ArticlesQuery, Tag } from '../articles/contract.ts';
import type { Articles } from '../articles/service.ts';
import type { Courses } from '../courses/service.ts';
import { typed } from '../edge/http.ts';
import { escapeHtml } from '../platform/html.ts';
import type { Message } from '../rooms/contract.ts';
import type { Rooms } from '../rooms/service.ts';
import { Username } from '../wire/contract.ts';
import { FOR_ALL, sendText } from './answer.ts';
import { MANIFEST, SITE } from './manifest.ts';
import { atom, type Entry, type Feed, siteMap } from './xml.ts';

export type FeedsOptions = {
  accounts: Pick<Accounts, 'byUsername'>;
  articles: Pick<Articles, 'get' | 'list' | 'tags' | 'addresses'>;
  courses: Pick<Courses, 'list'>;
  rooms: Pick<Rooms, 'messages'>;
  /** The first public URL, without a slash at its end. */
  origin: string;
};

const ARTICLES = 20;
const RESPONSES = 50;
const LLMS_ARTICLES = 50;
/** The feed of nothing was last changed when feeds began. */
const LONG_AGO = '2000-01-01T00:00:00.000Z';

/** Making a feed is work: it takes from the same bucket as a call. */
const config = { limit: 'reads' } as const;

const sendFeed = (request: FastifyRequest, reply: FastifyReply, feed: Feed) =>
  sendText(request, reply, { type: 'application/atom+xml', text: atom(feed), cache: FOR_ALL });

const createEntries = ({ articles, origin }: FeedsOptions) => {
  const personUrl = (username: string) => `${origin}/@${username}`;
  const articleUrl = (slug: string) => `${origin}/a/${encodeURIComponent(slug)}`;
  return {
    articleUrl,
    personUrl,
    /** The newest articles with their texts; what every visitor may read. */
    ofArticles: async (which: Partial<ArticlesQuery>): Promise<Entry[]> => {
      const { items } = await articles.list(null, { ...which, limit: ARTICLES });
      const whole = await Promise.all(items.map(({ id }) => articles.get(null, id)));
      return whole.map((article) => ({
        // The address by id holds for good; that by slug may still change in theory.
        id: `${origin}/a/${article.id}`,
        title: article.title,
        url: articleUrl(article.slug),
        author: { name: article.author.name, url: personUrl(article.author.username) },
        published: article.publishedAt ?? article.updatedAt,
        updated: article.updatedAt,
        summary: article.excerpt,
        html: article.html,
        tags: article.tags,
      }));
    },
    ofResponses: (messages: readonly Message[], page: string): Entry[] =>
      messages.flatMap((message) => {
        const { id, sender, body, html, at, editedAt, deleted } = message;
        if (deleted || !sender) return [];
        return [
          {
            id: `${page}#r-${id}`,
            title: `${sender.name} responded`,
            url: `${page}#r-${id}`,
            author: { name: sender.name, url: personUrl(sender.username) },
            published: at,
            updated: editedAt ?? at,
            html: html ?? `<p>${escapeHtml(body)}</p>`,
          },
        ];
      }),
  };
};

const feedRoutes = (instance: FastifyInstance, options: FeedsOptions) => {
  const { accounts, articles, rooms, origin } = options;
  const entries = createEntries(options);
  const app = typed(instance);
  const feedOf = (title: string, page: string, feed: string, list: Entry[]): Feed => ({
    ...{ title, url: `${origin}${feed}`, page: `${origin}${page}`, updated: LONG_AGO },
    entries: list,
  });
  app.get('/feed.xml', { config, schema: { hide: true } }, async (request, reply) =>
    sendFeed(request, reply, feedOf(SITE, '/', '/feed.xml', await entries.ofArticles({}))),
  );
  app.get(
    '/t/:tag/feed.xml',
    { config, schema: { hide: true, params: z.strictObject({ tag: Tag }) } },
    async (request, reply) => {
      const { tag } = request.params;
      const list = await entries.ofArticles({ tag });
      const page = `/t/${tag}`;
      return sendFeed(request, reply, feedOf(`#${tag} · ${SITE}`, page, `${page}/feed.xml`, list));
    },
  );
  app.get(
    '/@:username/feed.xml',
    { config, schema: { hide: true, params: z.strictObject({ username: Username }) } },
    async (request, reply) => {
      const { name, username } = await accounts.byUsername(request.params.username);
      const list = await entries.ofArticles({ author: username });
      const page = `/@${username}`;
      return sendFeed(request, reply, feedOf(`${name} · ${SITE}`, page, `${page}/feed.xml`, list));
    },
  );
  app.get(
    '/a/:slug/responses.xml',
    {
      config,
      schema: { hide: true, params: z.strictObject({ slug: z.string().min(1).max(200) }) },
    },
    async (request, reply) => {
      const { slug, title, roomId } = await articles.get(null, request.params.slug);
      const { messages } = await rooms.messages(null, roomId, { limit: RESPONSES });
      const list = entries.ofResponses([...messages].reverse(), entries.articleUrl(slug));
      const page = `/a/${encodeURIComponent(slug)}`;
      const name = `Responses to ${title}`;
      return sendFeed(request, reply, feedOf(name, page, `${page}/responses.xml`, list));
    },
  );
};

/** Pages of one person, and what is no page. */
const NOT_FOR_ROBOTS = [
  '/api/',
  '/chat',
  '/write',
  '/notifications',
  '/people',
  '/settings',
  '/search',
];

const robots = (origin: string) =>
  [
    'User-agent: *',
    ...NOT_FOR_ROBOTS.map((path) => `Disallow: ${path}`),
    `Sitemap: ${origin}/sitemap.xml`,
    '',
  ].join('\n');

const siteRoutes = (app: FastifyInstance, options: FeedsOptions) => {
  const { articles, courses, origin } = options;
  const hidden = { config, schema: { hide: true } };
  const { articleUrl } = createEntries(options);
  app.get('/sitemap.xml', hidden, async (request, reply) => {
    const [addresses, tags, { items }] = await Promise.all([
      articles.addresses(),
      articles.tags(null),
      courses.list(null, { limit: 100 }),
    ]);
    const text = siteMap([
      { url: `${origin}/` },
      ...items.map(({ slug }) => ({ url: `${origin}/c/${encodeURIComponent(slug)}` })),
      ...tags.map(({ tag }) => ({ url: `${origin}/t/${tag}` })),
      ...addresses.map(({ slug, updatedAt }) => ({ url: articleUrl(slug), updatedAt })),
    ]);
    return sendText(request, reply, { type: 'application/xml', text, cache: FOR_ALL });
  });
  app.get('/robots.txt', hidden, (request, reply) =>
    sendText(request, reply, { type: 'text/plain', text: robots(origin), cache: FOR_ALL }),
  );
  app.get('/llms.txt', hidden, async (request, reply) => {
    const { items } = await articles.list(null, { limit: LLMS_ARTICLES });
    const lines = items.map(
      ({ title, slug, excerpt }) =>
        `- [${title.replace(/[[\]\n]/g, ' ')}](${articleUrl(slug)}.md): ${excerpt}`,
    );
    const about = `# ${SITE}\n\n> ${MANIFEST.description} Every article is also Markdown: add .md to its address.\n`;
    const text = `${about}\n## Articles, newest first\n\n${lines.join('\n')}\n`;
    return sendText(request, reply, { type: 'text/plain', text, cache: FOR_ALL });
  });
  app.get('/manifest.webmanifest', hidden, (request, reply) =>
    sendText(request, reply, {
      type: 'application/manifest+json',
      text: JSON.stringify(MANIFEST),
      cache: FOR_ALL,
    }),
  );
};

/** What programs read: feeds, the site map, and the like. The same for everybody. */
export const feedsRoutes = (app: FastifyInstance, options: FeedsOptions): void => {
  feedRoutes(app, options);
  siteRoutes(app, options);
};
