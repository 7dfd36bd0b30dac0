import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { Person } from '../accounts/contract.ts';
import { requireActor, typed } from '../edge/http.ts';
import { Id, listOf, PageQuery, Username } from '../wire/contract.ts';
import { FriendRequest, FriendRequests, NewFriendRequest } from './contract.ts';
import type { People } from './service.ts';

const byUsername = z.strictObject({ username: Username });
const byId = z.strictObject({ id: Id });
const done = { 204: z.null() };

const requestRoutes = (instance: Parameters<FastifyPluginAsync>[0], people: People) => {
  const app = typed(instance);
  app.get('/api/friend-requests', { schema: { response: { 200: FriendRequests } } }, (request) =>
    people.requests(requireActor(request)),
  );
  app.post(
    '/api/friend-requests',
    {
      config: { limit: 'reach' },
      schema: { body: NewFriendRequest, response: { 201: FriendRequest } },
    },
    async (request, reply) =>
      reply.code(201).send(await people.request(requireActor(request), request.body)),
  );
  app.post(
    '/api/friend-requests/:id/acceptance',
    { schema: { params: byId, response: { 200: FriendRequest } } },
    (request) => people.accept(requireActor(request), request.params.id),
  );
  app.delete(
    '/api/friend-requests/:id',
    { schema: { params: byId, response: done } },
    async (request, reply) => {
      await people.drop(requireActor(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
};

const friendRoutes = (instance: Parameters<FastifyPluginAsync>[0], people: People) => {
  const app = typed(instance);
  app.get(
    '/api/friends',
    { schema: { querystring: PageQuery, response: { 200: listOf(Person) } } },
    (request) => people.friends(requireActor(request), request.query),
  );
  app.delete(
    '/api/friends/:username',
    { schema: { params: byUsername, response: done } },
    async (request, reply) => {
      await people.remove(requireActor(request), request.params.username);
      return reply.code(204).send(null);
    },
  );
};

const blockRoutes = (instance: Parameters<FastifyPluginAsync>[0], people: People) => {
  const app = typed(instance);
  app.get(
    '/api/blocks',
    { schema: { querystring: PageQuery, response: { 200: listOf(Person) } } },
    (request) => people.blocks(requireActor(request), request.query),
  );
  app.put(
    '/api/blocks/:username',
    { schema: { params: byUsername, response: done } },
    async (request, reply) => {
      await people.block(requireActor(request), request.params.username);
      return reply.code(204).send(null);
    },
  );
  app.delete(
    '/api/blocks/:username',
    { schema: { params: byUsername, response: done } },
    async (request, reply) => {
      await people.unblock(requireActor(request), request.params.username);
      return reply.code(204).send(null);
    },
  );
};

export const peopleRoutes =
  ({ people }: { people: People }): FastifyPluginAsync =>
  async (app) => {
    requestRoutes(app, people);
    friendRoutes(app, people);
    blockRoutes(app, people);
  };
