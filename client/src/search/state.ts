import { type ReadonlySignal, signal } from '@preact/signals';
import type { SearchHit, SearchKind } from '../../../src/discovery/contract.ts';
import type { List } from '../../../src/wire/contract.ts';
import { toApiError } from '../net/failure.ts';
import { get, query } from '../net/http.ts';

/** What is looked for: words, and perhaps one kind only. */
export type Wanted = { q: string; kind: SearchKind | null };

/** The contract's limit for a query. */
export const QUERY_MAX = 200;

export const KINDS: readonly { kind: SearchKind | null; word: string; members?: true }[] = [
  { kind: null, word: 'All' },
  { kind: 'articles', word: 'Articles' },
  { kind: 'responses', word: 'Responses' },
  { kind: 'people', word: 'People' },
  { kind: 'messages', word: 'Messages', members: true },
];

/** Reads the words of an address; an unknown kind is none. */
export const wantedOf = ({ q = '', kind }: { q?: string; kind?: string }): Wanted => ({
  q: q.slice(0, QUERY_MAX),
  kind: KINDS.find((known) => known.kind === kind)?.kind ?? null,
});

export const addressOf = ({ q, kind }: Wanted): string =>
  `/search${query({ q: q.trim() || null, kind })}`;

export const fetchHits = (
  { q, kind }: Wanted,
  more: { cursor?: string | null; limit?: number } = {},
  stop?: AbortSignal,
): Promise<List<SearchHit>> => get(`/api/search${query({ q, kind, ...more })}`, stop);

/** A snippet in pieces, those that were looked for apart from the rest. */
export const piecesOf = ({
  snippet,
  marks,
}: Pick<SearchHit, 'snippet' | 'marks'>): { text: string; found: boolean }[] => {
  const pieces: { text: string; found: boolean }[] = [];
  let at = 0;
  for (const [start, length] of marks) {
    if (start > at) pieces.push({ text: snippet.slice(at, start), found: false });
    pieces.push({ text: snippet.slice(start, start + length), found: true });
    at = start + length;
  }
  if (at < snippet.length) pieces.push({ text: snippet.slice(at), found: false });
  return pieces;
};

export type Search = {
  /** null: not asked, or no answer yet. */
  hits: ReadonlySignal<SearchHit[] | null>;
  next: ReadonlySignal<string | null>;
  loading: ReadonlySignal<boolean>;
  failure: ReadonlySignal<string | null>;
  /** Looks for it; what was asked before is called off. */
  look: (wanted: Wanted) => Promise<void>;
  more: () => Promise<void>;
  close: () => void;
};

/** One search and its pages: only the newest question is ever answered. */
export function createSearch(): Search {
  const hits = signal<SearchHit[] | null>(null);
  const next = signal<string | null>(null);
  const loading = signal(false);
  const failure = signal<string | null>(null);
  let wanted: Wanted = { q: '', kind: null };
  let running = new AbortController();

  const read = async (cursor: string | null): Promise<void> => {
    running.abort();
    running = new AbortController();
    const { signal: stop } = running;
    loading.value = true;
    try {
      const page = await fetchHits(wanted, { cursor }, stop);
      if (stop.aborted) return;
      hits.value = cursor ? joined(hits.peek() ?? [], page.items) : page.items;
      next.value = page.next;
      failure.value = null;
    } catch (error) {
      if (!stop.aborted) failure.value = toApiError(error).detail;
    } finally {
      if (!stop.aborted) loading.value = false;
    }
  };
  const clear = (): void => {
    running.abort();
    hits.value = null;
    next.value = null;
    failure.value = null;
    loading.value = false;
  };
  const look = async (asked: Wanted): Promise<void> => {
    const other = asked.kind !== wanted.kind;
    wanted = { ...asked, q: asked.q.trim() };
    // The old answer stays while the words grow, but not under another heading.
    if (other || wanted.q === '') clear();
    if (wanted.q !== '') await read(null);
  };
  const more = async (): Promise<void> => {
    const cursor = next.peek();
    if (cursor && !loading.peek()) await read(cursor);
  };
  return { hits, next, loading, failure, look, more, close: () => running.abort() };
}

const joined = (known: SearchHit[], more: SearchHit[]): SearchHit[] => {
  const ids = new Set(known.map(({ kind, id }) => `${kind} ${id}`));
  return [...known, ...more.filter(({ kind, id }) => !ids.has(`${kind} ${id}`))];
};
