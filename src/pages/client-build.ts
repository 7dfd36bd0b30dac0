import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rememberedTexts, type SharedText, sharedText } from '../edge/packing.ts';
import type { PageData, RenderPage } from './contract.ts';

/** The built client: its render function and the page around what it renders. */
export type ClientBuild = {
  /** The whole document for a path. */
  documentOf(path: string, data: PageData): SharedText;
};

/** Visitors' pages that are remembered, some 100 KB each. */
const REMEMBERED = 50;
const MINUTE_MS = 60_000;

const MARKS = ['data-theme="system"', '<!--head-->', '<!--app-->', '<!--data-->'] as const;

/** The template between its marks; they stand in this order. */
const partsOf = (template: string): [string, string, string, string, string] => {
  const parts: string[] = [];
  let rest = template;
  for (const mark of MARKS) {
    const at = rest.indexOf(mark);
    if (at < 0) throw new Error(`the client's index.html has no ${mark}`);
    parts.push(rest.slice(0, at));
    rest = rest.slice(at + mark.length);
  }
  return [...parts, rest] as [string, string, string, string, string];
};

const filledIn = (template: string, render: RenderPage): ClientBuild['documentOf'] => {
  const [start, afterTheme, beforeApp, afterApp, end] = partsOf(template);
  const make = (path: string, data: PageData, json: string): string => {
    const { html, head } = render(path, data);
    return [
      ...[start, `data-theme="${data.theme}"`, afterTheme, head, beforeApp, html, afterApp],
      ...[`<script type="application/json" id="page-data">${json}</script>`, end],
    ].join('');
  };
  let known = { minute: 0, textOf: rememberedTexts(REMEMBERED) };
  return (path, data) => {
    // `<` could end the block that the data stands in.
    const json = JSON.stringify(data).replaceAll('<', '\\u003c');
    if (data.viewer) return sharedText(make(path, data, json));
    // Of the same data a page is the same, but for “5 min ago”.
    const minute = Math.floor(Date.now() / MINUTE_MS);
    if (known.minute !== minute) known = { minute, textOf: rememberedTexts(REMEMBERED) };
    return known.textOf(path, json, () => make(path, data, json));
  };
};

/** Loads the client from `dist` under this folder, once; null when it was not built. */
export const loadClientBuild = async (root: string): Promise<ClientBuild | null> => {
  try {
    const template = await readFile(join(root, 'dist/client/index.html'), 'utf8');
    const built = pathToFileURL(join(root, 'dist/ssr/server.js')).href;
    const { render } = (await import(built)) as { render: RenderPage };
    return { documentOf: filledIn(template, render) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  }
};
