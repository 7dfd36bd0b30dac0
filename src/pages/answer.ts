import type { FastifyReply, FastifyRequest } from 'fastify';
import { type SharedText, sendShared, sharedText } from '../edge/packing.ts';

export type Text = {
  type: string;
  /** Shared when it is made for many. */
  text: string | SharedText;
  /** `Cache-Control` of the answer. */
  cache: string;
  status?: number;
};

/** Everybody may keep it, and asks each time whether it still holds. */
export const FOR_ALL = 'public, max-age=0, must-revalidate';
/** Shown to one person: only their browser keeps it. */
export const FOR_ONE = 'private, no-cache';

/** Answers with a text, or with 304 when the client has this very text. */
export const sendText = (
  request: FastifyRequest,
  reply: FastifyReply,
  { type, text, cache, status = 200 }: Text,
): FastifyReply | Promise<FastifyReply> => {
  const shared = typeof text === 'string' ? sharedText(text) : text;
  reply.header('cache-control', cache).header('vary', 'cookie, accept-encoding');
  if (status === 200) {
    const etag = shared.etag();
    reply.header('etag', etag);
    const known = (request.headers['if-none-match'] ?? '').split(/\s*,\s*/);
    if (known.includes(etag)) return reply.code(304).send();
  }
  return sendShared(request, reply.code(status).type(`${type}; charset=utf-8`), shared);
};
