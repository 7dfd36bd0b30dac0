import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { createForAll } from '../edge/for-all.ts';
import { requireActor, typed } from '../edge/http.ts';
import { Message, NewResponse, ThreadsPage } from '../rooms/contract.ts';
import { listOf, PageQuery, pageQuery, wholeNumber } from '../wire/contract.ts';
import {
  Article,
  ArticleCard,
  ArticleChange,
  ArticleReaction,
  ArticlesQuery,
  Difference,
  DifferenceQuery,
  FullRevision,
  ListedRevision,
  NewArticle,
  Preview,
  PreviewRequest,
  Tag,
  TagCount,
} from './contract.ts';
import type { Articles } from './service.ts';

type Options = { articles: Articles };

const bodyLimit = 1_024 * 1_024;
const byName = z.strictObject({ idOrSlug: z.string().min(1).max(200) });
const byVersion = byName.extend({ version: wholeNumber });
const done = { 204: z.null() };

const writingRoutes = (instance: FastifyInstance, { articles }: Options) => {
  const app = typed(instance);
  app.post(
    '/api/articles',
    { bodyLimit, schema: { body: NewArticle, response: { 201: Article } } },
    async (request, reply) =>
      reply.code(201).send(await articles.create(requireActor(request), request.body)),
  );
  app.patch(
    '/api/articles/:idOrSlug',
    { bodyLimit, schema: { params: byName, body: ArticleChange, response: { 200: Article } } },
    (request) => articles.edit(requireActor(request), request.params.idOrSlug, request.body),
  );
  app.delete(
    '/api/articles/:idOrSlug',
    { schema: { params: byName, response: done } },
    async (request, reply) => {
      await articles.remove(requireActor(request), request.params.idOrSlug);
      return reply.code(204).send(null);
    },
  );
  app.put(
    '/api/articles/:idOrSlug/publication',
    { schema: { params: byName, response: { 200: Article } } },
    (request) => articles.publish(requireActor(request), request.params.idOrSlug),
  );
  app.delete(
    '/api/articles/:idOrSlug/publication',
    { schema: { params: byName, response: { 200: Article } } },
    (request) => articles.unpublish(requireActor(request), request.params.idOrSlug),
  );
  app.post(
    '/api/preview',
    {
      bodyLimit,
      config: { limit: 'previews' },
      schema: { body: PreviewRequest, response: { 200: Preview } },
    },
    (request) => {
      requireActor(request);
      return articles.render(request.body.body);
    },
  );
};

const readingRoutes = (instance: FastifyInstance, { articles }: Options) => {
  const app = typed(instance);
  const forAll = createForAll();
  app.get(
    '/api/articles',
    { schema: { querystring: ArticlesQuery, response: { 200: listOf(ArticleCard) } } },
    (request, reply) => forAll(request, reply, () => articles.list(request.actor, request.query)),
  );
  app.get(
    '/api/articles/:idOrSlug',
    { schema: { params: byName, response: { 200: Article } } },
    (request, reply) =>
      forAll(request, reply, () => articles.get(request.actor, request.params.idOrSlug)),
  );
};

const historyRoutes = (instance: FastifyInstance, { articles }: Options) => {
  const app = typed(instance);
  app.get(
    '/api/articles/:idOrSlug/revisions',
    {
      schema: { params: byName, querystring: PageQuery, response: { 200: listOf(ListedRevision) } },
    },
    (request) => articles.revisions(request.actor, request.params.idOrSlug, request.query),
  );
  app.get(
    '/api/articles/:idOrSlug/revisions/:version',
    { schema: { params: byVersion, response: { 200: FullRevision } } },
    ({ actor, params }) => articles.revision(actor, params.idOrSlug, params.version),
  );
  app.get(
    '/api/articles/:idOrSlug/revisions/:version/difference',
    {
      schema: {
        params: byVersion,
        querystring: DifferenceQuery,
        response: { 200: Difference },
      },
    },
    ({ actor, params, query }) =>
      articles.difference(actor, params.idOrSlug, { to: params.version, ...query }),
  );
};

const responsesQuery = z.strictObject({
  ...pageQuery,
  order: z.enum(['oldest', 'newest']).default('oldest'),
});

const responseRoutes = (instance: FastifyInstance, { articles }: Options) => {
  const app = typed(instance);
  const forAll = createForAll();
  app.get(
    '/api/articles/:idOrSlug/responses',
    { schema: { params: byName, querystring: responsesQuery, response: { 200: ThreadsPage } } },
    (request, reply) => {
      const { actor, params, query } = request;
      return forAll(request, reply, () => articles.responses(actor, params.idOrSlug, query));
    },
  );
  app.post(
    '/api/articles/:idOrSlug/responses',
    {
      config: { limit: 'messages' },
      schema: { params: byName, body: NewResponse, response: { 200: Message, 201: Message } },
    },
    async (request, reply) => {
      const { idOrSlug } = request.params;
      const sent = await articles.respond(requireActor(request), idOrSlug, request.body);
      return reply.code(sent.created ? 201 : 200).send(sent.message);
    },
  );
  app.put(
    '/api/articles/:idOrSlug/reaction',
    { schema: { params: byName, body: ArticleReaction, response: { 200: Article } } },
    (request) => articles.react(requireActor(request), request.params.idOrSlug, request.body),
  );
};

const tagRoutes = (instance: FastifyInstance, { articles }: Options) => {
  const app = typed(instance);
  const byTag = z.strictObject({ tag: Tag });
  app.get('/api/tags', { schema: { response: { 200: listOf(TagCount) } } }, async (request) => ({
    items: await articles.tags(request.actor),
    next: null,
  }));
  app.put(
    '/api/tags/:tag/follow',
    { schema: { params: byTag, response: done } },
    async (request, reply) => {
      await articles.followTag(requireActor(request), request.params.tag);
      return reply.code(204).send(null);
    },
  );
  app.delete(
    '/api/tags/:tag/follow',
    { schema: { params: byTag, response: done } },
    async (request, reply) => {
      await articles.unfollowTag(requireActor(request), request.params.tag);
      return reply.code(204).send(null);
    },
  );
};

/** Articles, their conversations and tags over HTTP. */
export const articlesRoutes =
  (options: Options): FastifyPluginAsync =>
  async (instance) => {
    writingRoutes(instance, options);
    readingRoutes(instance, options);
    historyRoutes(instance, options);
    responseRoutes(instance, options);
    tagRoutes(instance, options);
  };
