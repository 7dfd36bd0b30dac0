import { signUp } from '../support/client.ts';
import { opening } from './closers.ts';
import { diskFolder } from './disk.ts';
import type { Attempt } from './figures.ts';
import { startJob } from './job.ts';
import { tooBusy } from './load.ts';
import { startBare } from './peers/bare.ts';
import { lyceum, startLyceum } from './peers/lyceum.ts';
import type { Contender, MeasureOptions } from './workload.ts';

const ARTICLES = 20;
const SECONDS = 4;
const SPARE_MS = 20_000;
const LIST = '/api/articles';
const SECTION = `## A part of it

People share what they **know** and talk about it, with [links](https://example.org/), *stress* and
\`code\`. Each part has a few sentences, so that the whole is as long as articles are.

- one thing
- and another

\`\`\`ts
const answer = (question: string) => question.length;
\`\`\`

`;

export type HttpJob = { port: number; path: string; seconds: number };
export type HttpMeasured = { requestsPerSecond: number; generatorShare: number };
type Site = { port: number; page: string; close(): Promise<void> };

const openSite = (options: MeasureOptions): Promise<Site> =>
  opening(async (closers) => {
    const { path } = closers.add(await diskFolder());
    const core = options.cores?.server ?? null;
    const { port, url } = closers.add(await startLyceum({ DATA_DIR: path }, { core }));
    const writer = await signUp(url, 'writer');
    let page = '';
    for (let number = 1; number <= ARTICLES; number += 1) {
      const article = { title: `Article ${number}`, body: SECTION.repeat(12), tags: ['bench'] };
      const made = await writer.post<{ slug: string }>(LIST, { ...article, publish: true });
      if (made.status !== 201) throw new Error(`no article: ${made.text}`);
      page = `/a/${made.body.slug}`;
    }
    return { port, page, close: closers.close };
  });

const load = async (
  port: number,
  paths: { page: string; list: string },
  options: MeasureOptions,
) => {
  const { cores, seconds = SECONDS } = options;
  const one = (path: string) =>
    startJob<HttpMeasured>('./http-load.ts', { port, path, seconds } satisfies HttpJob, {
      core: cores?.generator ?? null,
      withinMs: seconds * 1_000 + SPARE_MS,
    });
  const pages = await one(paths.page);
  const lists = await one(paths.list);
  const generatorShare = Math.max(pages.generatorShare, lists.generatorShare);
  return {
    figures: { pages: pages.requestsPerSecond, lists: lists.requestsPerSecond, generatorShare },
    refusal: tooBusy(generatorShare),
  };
};

/** Readers without an account ask for an article and for the list of articles. */
export const reading: Contender = {
  ...lyceum,
  measure: async (options): Promise<Attempt> => {
    const site = await openSite(options);
    try {
      return await load(site.port, { page: site.page, list: LIST }, options);
    } finally {
      await site.close();
    }
  },
};

const bytesOf = async ({ port }: Site, path: string) => {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`);
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
  return { type: answer.headers.get('content-type') ?? '', body: await answer.text() };
};

/** What the real site says, so that it can be said again. */
const learn = async (options: MeasureOptions) => {
  const site = await openSite(options);
  try {
    return { page: await bytesOf(site, site.page), list: await bytesOf(site, LIST) };
  } finally {
    await site.close();
  }
};

/** Routes that know the same bytes by heart. */
export const bareRoutes: Contender = {
  name: 'fastify',
  title: 'bare Fastify',
  stores: 'nothing: it answers with bytes that it was given',
  missing: () => null,
  measure: async (options) => {
    const { page, list } = await learn(options);
    const env = { ANSWERS: JSON.stringify({ page, list }) };
    const server = await startBare(
      './fastify-server.ts',
      { core: options.cores?.server ?? null },
      env,
    );
    try {
      return await load(server.port, { page: '/page', list: '/list' }, options);
    } finally {
      await server.close();
    }
  },
};
