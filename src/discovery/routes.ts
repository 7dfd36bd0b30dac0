import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { createForAll } from '../edge/for-all.ts';
import { requireActor, typed } from '../edge/http.ts';
import { PersonWithReasons, Profile } from '../people/contract.ts';
import { limit, listOf, Username } from '../wire/contract.ts';
import { Now, SearchHit, SearchQuery } from './contract.ts';
import type { Discovery } from './service.ts';

const tags = ['people'];
const byUsername = z.strictObject({ username: Username });
const Around = z.strictObject({ limit: limit(50) });

export const discoveryRoutes =
  ({ discovery }: { discovery: Discovery }): FastifyPluginAsync =>
  async (instance) => {
    const app = typed(instance);
    const forAll = createForAll();
    app.get(
      '/api/people/online',
      { schema: { tags, querystring: Around, response: { 200: listOf(PersonWithReasons) } } },
      (request) => discovery.online(requireActor(request), request.query.limit),
    );
    app.get('/api/now', { schema: { tags, response: { 200: Now } } }, (request, reply) =>
      forAll(request, reply, () => discovery.now(request.actor)),
    );
    app.get(
      '/api/people/suggestions',
      { schema: { tags, querystring: Around, response: { 200: listOf(PersonWithReasons) } } },
      (request) => discovery.suggestions(requireActor(request), request.query.limit),
    );
    app.get(
      '/api/people/:username',
      { schema: { tags, params: byUsername, response: { 200: Profile } } },
      (request, reply) =>
        forAll(request, reply, () => discovery.profile(request.actor, request.params.username)),
    );
    app.get(
      '/api/search',
      {
        config: { limit: 'search' },
        schema: {
          tags: ['search'],
          querystring: SearchQuery,
          response: { 200: listOf(SearchHit) },
        },
      },
      (request) => discovery.search(request.actor, request.query),
    );
  };
