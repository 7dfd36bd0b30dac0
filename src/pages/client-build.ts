import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PageData, RenderPage } from './contract.ts';

/** The built client: its render function and the page around what it renders. */
export type ClientBuild = {
  /** The whole document for a path. */
  documentOf(path: string, data: PageData): string;
};

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
  return (path, data) => {
    const { html, head } = render(path, data);
    // `<` could end the block that the data stands in.
    const json = JSON.stringify(data).replaceAll('<', '\\u003c');
    return [
      ...[start, `data-theme="${data.theme}"`, afterTheme, head, beforeApp, html, afterApp],
      ...[`<script type="application/json" id="page-data">${json}</script>`, end],
    ].join('');
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
