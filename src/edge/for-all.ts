import type { FastifyReply, FastifyRequest } from 'fastify';
import { createMaking } from '../platform/making.ts';
import { rememberedTexts, type SharedText, sendShared } from './packing.ts';

/** Answers that are remembered, some 50 KB each. */
const REMEMBERED = 50;

/**
 * For what all who are not signed in see alike: those who ask for the same at the same time get one
 * answer, found once. Of the same data it is the same text, checked and packed once. The route says
 * its own `response` schema.
 */
export const createForAll = () => {
  const make = createMaking<SharedText>();
  const textOf = rememberedTexts(REMEMBERED);
  return async <T>(request: FastifyRequest, reply: FastifyReply, find: () => Promise<T>) => {
    if (request.actor) return find();
    const { url } = request;
    const text = await make(url, async () => {
      const data = await find();
      return textOf(url, JSON.stringify(data), () => reply.serialize(data) as string);
    });
    return sendShared(request, reply.type('application/json; charset=utf-8'), text);
  };
};
