import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { requireActor, typed } from '../edge/http.ts';
import { Id, listOf, PageQuery, Username } from '../wire/contract.ts';
import {
  Emoji,
  EventsPage,
  EventsQuery,
  Message,
  MessageChange,
  MessagesPage,
  MessagesQuery,
  Muting,
  NewResponse,
  NewRoom,
  Room,
  RoomChange,
  Stored,
} from './contract.ts';
import type { Rooms } from './service.ts';

const InRoom = z.strictObject({ id: Id });
const InMessage = z.strictObject({ id: Id, messageId: Id });
const OfMember = z.strictObject({ id: Id, username: Username });
const OfReaction = z.strictObject({ id: Id, messageId: Id, emoji: Emoji });
const tags = ['rooms'];
type App = ReturnType<typeof typed>;

/** HTTP for rooms: the same services as the socket. */
export const roomsRoutes =
  ({ rooms }: { rooms: Rooms }): FastifyPluginAsync =>
  async (instance) => {
    const app = typed(instance);
    addRooms(app, rooms);
    addMembers(app, rooms);
    addHistory(app, rooms);
    addMessages(app, rooms);
  };

const addRooms = (app: App, rooms: Rooms) => {
  app.get(
    '/api/rooms',
    { schema: { tags, querystring: PageQuery, response: { 200: listOf(Room) } } },
    (request) => rooms.mine(requireActor(request), request.query),
  );
  app.get(
    '/api/rooms/public',
    { schema: { tags, querystring: PageQuery, response: { 200: listOf(Room) } } },
    (request) => rooms.publicRooms(request.actor, request.query),
  );
  app.post(
    '/api/rooms',
    { schema: { tags, body: NewRoom, response: { 201: Room } } },
    async (request, reply) =>
      reply.code(201).send(await rooms.create(requireActor(request), request.body)),
  );
  app.put(
    '/api/rooms/direct/:username',
    {
      schema: {
        tags,
        params: z.strictObject({ username: Username }),
        response: { 200: Room },
      },
      config: { limit: 'reach' },
    },
    (request) => rooms.openDirect(requireActor(request), request.params.username),
  );
  app.get(
    '/api/rooms/:id',
    { schema: { tags, params: InRoom, response: { 200: Room } } },
    (request) => rooms.get(request.actor, request.params.id),
  );
  app.patch(
    '/api/rooms/:id',
    { schema: { tags, params: InRoom, body: RoomChange, response: { 200: Room } } },
    (request) => rooms.rename(requireActor(request), request.params.id, request.body.title),
  );
  app.put(
    '/api/rooms/:id/muted',
    { schema: { tags, params: InRoom, body: Muting, response: { 200: Room } } },
    (request) => rooms.mute(requireActor(request), request.params.id, request.body.muted),
  );
};

const addMembers = (app: App, rooms: Rooms) => {
  app.put(
    '/api/rooms/:id/members/:username',
    { schema: { tags, params: OfMember, response: { 200: Room } } },
    (request) => {
      const { id, username } = request.params;
      return rooms.addMember(requireActor(request), id, username);
    },
  );
  app.delete(
    '/api/rooms/:id/members/:username',
    { schema: { tags, params: OfMember, response: { 204: z.null() } } },
    async (request, reply) => {
      const { id, username } = request.params;
      await rooms.removeMember(requireActor(request), id, username);
      return reply.code(204).send(null);
    },
  );
};

const addHistory = (app: App, rooms: Rooms) => {
  app.get(
    '/api/rooms/:id/events',
    {
      schema: { tags, params: InRoom, querystring: EventsQuery, response: { 200: EventsPage } },
    },
    (request) => rooms.events(request.actor, request.params.id, request.query),
  );
  app.get(
    '/api/rooms/:id/messages',
    {
      schema: {
        tags,
        params: InRoom,
        querystring: MessagesQuery,
        response: { 200: MessagesPage },
      },
    },
    (request) => rooms.messages(request.actor, request.params.id, request.query),
  );
};

const addMessages = (app: App, rooms: Rooms) => {
  app.post(
    '/api/rooms/:id/messages',
    {
      schema: {
        tags,
        params: InRoom,
        body: NewResponse,
        response: { 200: Message, 201: Message },
      },
      config: { limit: 'messages' },
    },
    async (request, reply) => {
      const sending = { roomId: request.params.id, ...request.body };
      const { message, created } = await rooms.send(requireActor(request), sending);
      return reply.code(created ? 201 : 200).send(message);
    },
  );
  app.patch(
    '/api/rooms/:id/messages/:messageId',
    {
      schema: { tags, params: InMessage, body: MessageChange, response: { 200: Stored } },
      config: { limit: 'messages' },
    },
    (request) => {
      const { id: roomId, messageId } = request.params;
      return rooms.edit(requireActor(request), { roomId, messageId, ...request.body });
    },
  );
  app.delete(
    '/api/rooms/:id/messages/:messageId',
    {
      schema: { tags, params: InMessage, response: { 200: Stored } },
      config: { limit: 'messages' },
    },
    (request) => {
      const { id: roomId, messageId } = request.params;
      return rooms.remove(requireActor(request), { roomId, messageId });
    },
  );
  for (const [method, on] of [
    ['PUT', true],
    ['DELETE', false],
  ] as const) {
    app.route({
      method,
      url: '/api/rooms/:id/messages/:messageId/reactions/:emoji',
      schema: { tags, params: OfReaction, response: { 200: Stored } },
      config: { limit: 'messages' },
      handler: (request) => {
        const { id: roomId, messageId, emoji } = request.params;
        return rooms.react(requireActor(request), { roomId, messageId, emoji, on });
      },
    });
  }
};
