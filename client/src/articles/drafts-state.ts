import { type ReadonlySignal, signal } from '@preact/signals';
import type { ArticleCard } from '../../../src/articles/contract.ts';
import { viewer } from '../accounts/state.ts';
import { toApiError } from '../net/failure.ts';
import { fetchArticles } from './state.ts';

/** My texts that are not published; null: not here yet. */
export function createDrafts() {
  const drafts = signal<ArticleCard[] | null>(null);
  const failure = signal<string | null>(null);
  const load = async (): Promise<void> => {
    const author = viewer.peek()?.username;
    if (!author) return;
    try {
      drafts.value = (await fetchArticles({ author, state: 'draft' })).items;
    } catch (error) {
      failure.value = toApiError(error).detail;
    }
  };
  return {
    drafts: drafts as ReadonlySignal<ArticleCard[] | null>,
    failure: failure as ReadonlySignal<string | null>,
    load,
  };
}
