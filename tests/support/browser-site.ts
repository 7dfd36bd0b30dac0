import type { Browser } from 'playwright-core';
import { signInAs, startBrowser, type Visitor, visit } from './browser.ts';
import type { TestPerson } from './client.ts';
import { type Node, startNode } from './cluster.ts';
import { openPlace, type Place } from './place.ts';
import { freePort } from './ports.ts';

type Looks = Parameters<typeof visit>[2];

/** A site in a process of its own, with data of its own, and a browser that looks at it. */
export type BrowserSite = {
  place: Place;
  browser: Browser;
  /** Stays the same when the process is started again. */
  url: string;
  /** Somebody at a browser of their own; with a person, logged in as them. */
  open: (person?: Pick<TestPerson, 'url' | 'cookie'> | null, looks?: Looks) => Promise<Visitor>;
  /** Kills the process; `start` makes another at the same address. */
  stop: () => Promise<void>;
  start: () => Promise<void>;
  close: () => Promise<void>;
};

type Options = {
  env?: Record<string, string>;
  /** Fills the place before the process starts. */
  prepare?: (place: Place) => Promise<unknown>;
};

export const openBrowserSite = async ({ env, prepare }: Options = {}): Promise<BrowserSite> => {
  const place = await openPlace();
  await prepare?.(place);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = { ...place.env, ORIGIN: url, ...env };
  let node: Node = await startNode(port, settings);
  const browser = await startBrowser();
  const stop = async () => {
    if (node.alive()) await node.kill('SIGKILL');
  };
  return {
    place,
    browser,
    url,
    open: async (person, looks) => {
      const visitor = await visit(browser, url, looks);
      if (person) await signInAs(visitor.context, person);
      return visitor;
    },
    stop,
    start: async () => {
      node = await startNode(port, settings);
    },
    close: async () => {
      await browser.close();
      await stop();
      await place.close();
    },
  };
};
