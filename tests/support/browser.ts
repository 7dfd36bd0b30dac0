import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumBinary } from './backends.ts';
import type { TestPerson } from './client.ts';

const out = 'tests/browser/out';

/** The browser of this machine. Without its sandbox, which containers do not offer. */
export const startBrowser = async (): Promise<Browser> => {
  if (!chromiumBinary) throw new Error('chromium is not available');
  const args = ['--no-sandbox', '--disable-dev-shm-usage'];
  return chromium.launch({ executablePath: chromiumBinary, args });
};

export type Visitor = {
  context: BrowserContext;
  page: Page;
  /** What the page complained about: errors, refused scripts, answers 500 and above. */
  complaints: string[];
};

/** A person at a browser of their own; keeps everything the page complains about. */
export const visit = async (
  browser: Browser,
  url: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Visitor> => {
  const context = await browser.newContext({
    baseURL: url,
    reducedMotion: 'reduce',
    // Only what is told of being offline needs the worker; elsewhere it would fetch beside the test.
    serviceWorkers: 'block',
    ...options,
  });
  context.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  // All tabs of this person, also those that the test opens later.
  context.on('page', (page) => page.on('pageerror', (error) => complaints.push(String(error))));
  context.on('console', (message) => {
    // The browser itself reports every answer 4xx; a refusal is no fault of the page.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
      complaints.push(message.text());
  });
  context.on('response', (answer) => {
    if (answer.status() >= 500) complaints.push(`${answer.status()} ${answer.url()}`);
  });
  const page = await context.newPage();
  return { context, page, complaints };
};

/** Lets a browser go on with the session of somebody who is logged in. */
export const signInAs = async (
  context: BrowserContext,
  { url, cookie }: Pick<TestPerson, 'url' | 'cookie'>,
): Promise<void> => {
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Lax' }]);
};

/** Saves what is seen as `tests/browser/out/NAME.png`. */
export const shoot = async (page: Page, name: string): Promise<void> => {
  mkdirSync(out, { recursive: true });
  await page.screenshot({ path: join(out, `${name}.png`) });
};

type Violation = {
  id: string;
  impact?: string | null;
  nodes: { html: string; target: unknown[] }[];
};
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds wrong on this page (WCAG 2.2 AA and best practices), one line each. */
export const axeFindings = async (page: Page): Promise<string[]> => {
  // The page's own policy lets no foreign script in: this goes in by the debugger.
  await page.evaluate(readFileSync(axePath, 'utf8'));
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run: () => Promise<{ violations: unknown[] }> };
    };
    return (await axe.run()).violations;
  });
  return (violations as Violation[]).flatMap(({ id, impact, nodes }) =>
    nodes.map((node) => `${impact} ${id}: ${node.target.join(' ')} ${node.html.slice(0, 160)}`),
  );
};

/** What pages complained of, but for the server that the test had stopped. */
export const otherThanMissingServer = (...visitors: Visitor[]): string[] =>
  visitors
    .flatMap(({ complaints }) => complaints)
    .filter((line) => !/ERR_CONNECTION_|ERR_EMPTY_RESPONSE|WebSocket/.test(line));
