import { existsSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Files named by their content never change; the others may, after an update of the site. */
const FOR_GOOD = 'public, max-age=31536000, immutable';
const FOR_AN_HOUR = 'public, max-age=3600';
/** The service worker decides what of an update is shown: it must never be old itself. */
const NEVER = 'no-cache';
const lifeOf = (path: string): string =>
  path.includes('/assets/') ? FOR_GOOD : path.endsWith('/sw.js') ? NEVER : FOR_AN_HOUR;

/** Serves the built files of the client, but not its page, which is filled in for each reader. */
export const addStatic = async (app: FastifyInstance, folder: string): Promise<void> => {
  if (!existsSync(folder)) return;
  await app.register(fastifyStatic, {
    root: folder,
    // One route for each file that is there: no path of a request ever reaches the disk.
    wildcard: false,
    globIgnore: ['index.html', '**/*.{br,gz}'],
    preCompressed: true,
    index: false,
    cacheControl: false,
    decorateReply: false,
    setHeaders: (reply, path) => {
      reply.setHeader('cache-control', lifeOf(path));
    },
  });
};
