import { signUp } from '../support/client.ts';
import { freePort } from '../support/ports.ts';
import { opening } from './closers.ts';
import { diskFolder } from './disk.ts';
import type { Attempt } from './figures.ts';
import { startJob } from './job.ts';
import { tooBusy } from './load.ts';
import { startBare } from './peers/bare.ts';
import { lyceum, startLyceum } from './peers/lyceum.ts';
import { profileWindow } from './profile.ts';
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
type Server = { port: number; pid?: number; inspectPort?: number | undefined };
type Site = Server & { page: string; close(): Promise<void> };
type Paths = { page: string; list: string };

const openSite = (options: MeasureOptions): Promise<Site> =>
  opening(async (closers) => {
    const { path } = closers.add(await diskFolder());
    const core = options.cores?.server ?? null;
    const inspectPort = options.profile ? await freePort() : undefined;
    const { port, pid, url } = closers.add(
      await startLyceum({ DATA_DIR: path }, { core, inspectPort }),
    );
    const writer = await signUp(url, 'writer');
    let page = '';
    for (let number = 1; number <= ARTICLES; number += 1) {
      const article = { title: `Article ${number}`, body: SECTION.repeat(12), tags: ['bench'] };
      const made = await writer.post<{ slug: string }>(LIST, { ...article, publish: true });
      if (made.status !== 201) throw new Error(`no article: ${made.text}`);
      page = `/a/${made.body.slug}`;
    }
    return { port, pid, inspectPort, page, close: closers.close };
  });

const load = async (server: Server, paths: Paths, options: MeasureOptions) => {
  const { cores, seconds = SECONDS, profile } = options;
  const { port, pid, inspectPort } = server;
  const one = async (path: string) => {
    const window = inspectPort && pid ? await profileWindow(inspectPort, pid) : null;
    const job: HttpJob = { port, path, seconds };
    const measured = await startJob<HttpMeasured>('./http-load.ts', job, {
      core: cores?.generator ?? null,
      withinMs: seconds * 1_000 + SPARE_MS,
      onWindow: (edge) => window?.[edge](),
    });
    if (window) profile?.(`${path}\n${await window.text()}`);
    return measured;
  };
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
      return await load(site, { page: site.page, list: LIST }, options);
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
      return await load(server, { page: '/page', list: '/list' }, options);
    } finally {
      await server.close();
    }
  },
};
