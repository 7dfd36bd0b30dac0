import type { FastifyReply, FastifyRequest } from 'fastify';
import { createMaking } from '../platform/making.ts';
import { remember } from '../platform/remember.ts';
import { type SharedText, sendShared, sharedText } from './packing.ts';

type Said = { json: string; text: SharedText };

/** Answers that are remembered, some 50 KB each. */
const REMEMBERED = 50;

/**
 * For what all who are not signed in see alike: those who ask for the same at the same time get one
 * answer, found once. Of the same data it is the same text, checked and packed once. The route says
 * its own `response` schema.
 */
export const createForAll = () => {
  const make = createMaking<SharedText>();
  const known = new Map<string, Said>();
  const say = (url: string, reply: FastifyReply, data: unknown): SharedText => {
    const json = JSON.stringify(data);
    const before = known.get(url);
    if (before && before.json === json) return before.text;
    const text = sharedText(reply.serialize(data) as string);
    remember(known, url, { json, text }, REMEMBERED);
    return text;
  };
  return async <T>(request: FastifyRequest, reply: FastifyReply, find: () => Promise<T>) => {
    if (request.actor) return find();
    const { url } = request;
    const text = await make(url, async () => say(url, reply, await find()));
    return sendShared(request, reply.type('application/json; charset=utf-8'), text);
  };
};
