import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { remember } from '../platform/remember.ts';

/** Shorter texts fit into one packet as they are. */
const WORTH_PACKING = 1_024;
const pack = promisify(gzip);

const takesGzip = ({ headers }: FastifyRequest): boolean =>
  /\bgzip\b(?!;\s*q=0(\.0*)?(,|$))/.test(headers['accept-encoding'] ?? '');

/** Every text that is answered travels packed to whoever can unpack it: pages, feeds, JSON. */
export const packTexts = (app: FastifyInstance): void => {
  app.addHook('onSend', (request, reply, payload, done) => {
    if (typeof payload !== 'string' || payload.length < WORTH_PACKING) return done(null, payload);
    if (!reply.hasHeader('vary')) reply.header('vary', 'accept-encoding');
    if (!takesGzip(request)) return done(null, payload);
    reply.header('content-encoding', 'gzip').removeHeader('content-length');
    gzip(payload, done);
  });
};

/** A text for many: its bytes, also packed, and its name are made once. */
export type SharedText = {
  readonly bytes: Buffer;
  packed(): Promise<Buffer>;
  /** Weak: it names the text, which may travel packed or not. */
  etag(): string;
};

export const sharedText = (text: string): SharedText => {
  const bytes = Buffer.from(text);
  let packed: Promise<Buffer> | undefined;
  let etag: string | undefined;
  return {
    bytes,
    packed: () => (packed ??= pack(bytes)),
    etag: () =>
      (etag ??= `W/"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`),
  };
};

/** The text that was made of the same before, of as many as are remembered; otherwise it is made. */
export const rememberedTexts = (max: number) => {
  const known = new Map<string, { source: string; text: SharedText }>();
  return (key: string, source: string, make: () => string): SharedText => {
    const before = known.get(key);
    if (before?.source === source) return before.text;
    const text = sharedText(make());
    remember(known, key, { source, text }, max);
    return text;
  };
};

/** Answers with it, packed where that is taken and worth it; `type` and status are set already. */
export const sendShared = (
  request: FastifyRequest,
  reply: FastifyReply,
  { bytes, packed }: SharedText,
): FastifyReply | Promise<FastifyReply> => {
  if (bytes.length < WORTH_PACKING) return reply.send(bytes);
  if (!reply.hasHeader('vary')) reply.header('vary', 'accept-encoding');
  if (!takesGzip(request)) return reply.send(bytes);
  reply.header('content-encoding', 'gzip');
  return packed().then((gzipped) => reply.send(gzipped));
};
