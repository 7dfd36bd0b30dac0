import type { FastifyReply, FastifyRequest } from 'fastify';
import { createMaking } from '../platform/making.ts';
import { type SharedText, sendShared, sharedText } from './packing.ts';

/**
 * For what all who are not signed in see alike: those who ask for the same at the same time get one
 * answer, found and put into words once. The route says its own `response` schema.
 */
export const createForAll = () => {
  const make = createMaking<SharedText>();
  return async <T>(request: FastifyRequest, reply: FastifyReply, find: () => Promise<T>) => {
    if (request.actor) return find();
    const text = await make(request.url, async () =>
      sharedText(reply.serialize(await find()) as string),
    );
    return sendShared(request, reply.type('application/json; charset=utf-8'), text);
  };
};
