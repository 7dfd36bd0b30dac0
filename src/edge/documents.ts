import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { asks, tells } from '../contract.ts';

const schemaOf = (schema: z.ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' });

const socketEvents = () => ({
  path: '/socket.io',
  transports: ['websocket'],
  asks: Object.fromEntries(
    Object.entries(asks).map(([name, { input, output }]) => [
      name,
      { payload: schemaOf(input, 'input'), data: schemaOf(output, 'output') },
    ]),
  ),
  tells: Object.fromEntries(
    Object.entries(tells).map(([name, payload]) => [
      name,
      { payload: schemaOf(payload, 'output') },
    ]),
  ),
});

/** The contract as documents, made from the schemas that check every call. */
export const addDocuments = (app: FastifyInstance) => {
  let events: ReturnType<typeof socketEvents> | null = null;
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  app.get('/api/socket-events.json', { schema: { hide: true } }, async () => {
    events ??= socketEvents();
    return events;
  });
};
