import type { PageData } from '../../../src/pages/contract.ts';

const BLOCK = /<script type="application\/json" id="page-data">(.*?)<\/script>/s;

/** What a page of the server was drawn from; null when it is no page of ours. */
export function pageDataOf(html: string): PageData | null {
  const json = BLOCK.exec(html)?.[1];
  return json ? (JSON.parse(json) as PageData) : null;
}
