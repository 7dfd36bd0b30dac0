import { signal } from '@preact/signals';
import type {
  Article,
  Difference,
  DifferencePiece,
  FullRevision,
  ListedRevision,
} from '../../../src/articles/contract.ts';
import type { HistoryAsked, HistoryContent } from '../../../src/pages/contract.ts';
import type { List } from '../../../src/wire/contract.ts';
import { get, patch, query } from '../net/http.ts';
import { type Outcome, outcome } from '../net/outcome.ts';
import { changeContent, forgetPages } from '../pages/state.ts';
import { historyPath } from './history-path.ts';

type Named = HistoryContent['article'];

/** What of an address the page understands; the rest is as if it was not there. */
export const readAsked = (found: Record<string, string | undefined>): HistoryAsked => {
  const asked: HistoryAsked = {};
  for (const name of ['from', 'to'] as const) {
    const value = found[name];
    if (value && /^\d{1,15}$/.test(value)) asked[name] = Number(value);
  }
  return found['cursor'] ? { ...asked, cursor: found['cursor'] } : asked;
};

export async function loadHistory(slug: string, asked: HistoryAsked): Promise<HistoryContent> {
  const whole = await get<Article>(`/api/articles/${encodeURIComponent(slug)}`);
  const { id, title, author, version } = whole;
  const article = { id, slug: whole.slug, title, author, version };
  const { from, to = version, cursor } = asked;
  const path = `/api/articles/${id}/revisions`;
  const [versions, difference] = await Promise.all([
    get<List<ListedRevision>>(`${path}${query({ cursor })}`),
    get<Difference>(`${path}/${to}/difference${query({ from })}`),
  ]);
  return { page: 'history', article, asked, versions, difference };
}

/** The latest restoration here: `version` came back as `now`; before it stood `before`. */
export const restored = signal<{
  articleId: string;
  version: number;
  now: number;
  before: number;
} | null>(null);

/** Makes a new version that reads like this one; what stands now stays in the history. */
export const restore = ({ id, slug, version: before }: Named, version: number): Outcome =>
  outcome(async () => {
    const at = `/api/articles/${id}`;
    const { title, body, tags } = await get<FullRevision>(`${at}/revisions/${version}`);
    const stored = await patch<Article>(at, { title, body, tags, baseVersion: before });
    const path = historyPath(slug);
    const fresh = await loadHistory(slug, {});
    forgetPages(path);
    changeContent<'history'>(path, () => fresh);
    restored.value = { articleId: id, version, now: stored.version, before };
  });

/** Words that came and went. */
export const countWords = ({ parts }: Difference): { added: number; removed: number } => {
  const pieces = parts.flatMap((part) => ('pieces' in part ? part.pieces : []));
  const count = (kind: DifferencePiece['kind']) =>
    pieces
      .filter((piece) => piece.kind === kind)
      .reduce((sum, { text }) => sum + (text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0), 0);
  return { added: count('added'), removed: count('removed') };
};

export const isUnchanged = (pieces: readonly DifferencePiece[]): boolean =>
  pieces.every(({ kind }) => kind === 'same');
