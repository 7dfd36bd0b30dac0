import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { logOut, viewer } from '../accounts/state.ts';
import { toApiError } from '../net/failure.ts';
import { starting } from '../rooms/starting.ts';
import { loadRooms, rooms } from '../rooms/state.ts';
import { addressOf, fetchHits, QUERY_MAX } from '../search/state.ts';
import { chooseTheme } from '../shell/state.ts';
import { type Act, type Entry, isFound, ofHit, ofRoom, ofSearch, standingFor } from './entries.ts';

/** A pause in typing after which the server is asked. */
const PAUSE_MS = 150;
/** Lines of a kind; a palette is no page of results. */
const ROOMS_MAX = 6;
const HITS_MAX = 5;

export type Palette = {
  query: ReadonlySignal<string>;
  entries: ReadonlySignal<Entry[]>;
  /** The line that Enter takes. */
  active: ReadonlySignal<Entry | undefined>;
  searching: ReadonlySignal<boolean>;
  failure: ReadonlySignal<string | null>;
  type: (text: string) => void;
  point: (id: string) => void;
  /** Goes so many lines on, around the ends. */
  step: (by: number) => void;
  toEnd: (end: 'first' | 'last') => void;
  close: () => void;
};

/** What one can go to or do, narrowed by what is typed. */
export function createPalette(): Palette {
  const query = signal('');
  const pointed = signal<string | null>(null);
  const asking = createAsking();
  const me = viewer.peek();
  const standing = standingFor(me?.username ?? null);
  if (me) loadRooms().catch(() => undefined);

  const entries = computed(() => {
    const q = query.value.trim();
    const own = (rooms.value ?? [])
      // Words lead to the article itself.
      .filter(({ kind }) => q === '' || kind !== 'article')
      .map(ofRoom)
      .filter((entry) => isFound(entry, q));
    const rest = standing.filter((entry) => isFound(entry, q));
    const hits = q ? asking.hits.value : [];
    const all = ofSearch(q, addressOf({ q, kind: null }));
    return [...own.slice(0, ROOMS_MAX), ...hits, ...rest, all];
  });
  const index = computed(() =>
    Math.max(
      0,
      entries.value.findIndex(({ id }) => id === pointed.value),
    ),
  );
  const at = (place: number): void => {
    const { length } = entries.peek();
    pointed.value = entries.peek()[(place + length) % length]?.id ?? null;
  };
  return {
    query,
    entries,
    active: computed(() => entries.value[index.value]),
    searching: asking.searching,
    failure: asking.failure,
    type: (text) => {
      query.value = text.slice(0, QUERY_MAX);
      pointed.value = null;
      asking.ask(query.peek().trim());
    },
    point: (id) => {
      pointed.value = id;
    },
    step: (by) => at(index.peek() + by),
    toEnd: (end) => at(end === 'first' ? 0 : -1),
    close: asking.close,
  };
}

/** People and articles from the server: only the newest question counts. */
function createAsking() {
  const hits = signal<Entry[]>([]);
  const searching = signal(false);
  const failure = signal<string | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = new AbortController();

  const read = async (q: string, stop: AbortSignal): Promise<void> => {
    try {
      const found = await Promise.all(
        (['people', 'articles'] as const).map((kind) =>
          fetchHits({ q, kind }, { limit: HITS_MAX }, stop),
        ),
      );
      if (stop.aborted) return;
      hits.value = found.flatMap(({ items }) => items.map(ofHit));
      failure.value = null;
    } catch (error) {
      if (!stop.aborted) failure.value = toApiError(error).detail;
    }
    if (!stop.aborted) searching.value = false;
  };
  const close = (): void => {
    clearTimeout(timer);
    running.abort();
  };
  const ask = (q: string): void => {
    close();
    // What was found for other words would be chosen by mistake.
    hits.value = hits.peek().filter((entry) => isFound(entry, q));
    searching.value = q !== '';
    if (q === '') return;
    running = new AbortController();
    const { signal: stop } = running;
    timer = setTimeout(() => void read(q, stop), PAUSE_MS);
  };
  return { hits, searching, failure, ask, close };
}

/** Does what a line stands for. null: done; otherwise why not, in words. */
export async function choose(
  { to, act }: Entry,
  { go, help }: { go: (to: string) => void; help: () => void },
): Promise<string | null> {
  if (to) go(to);
  if (act === 'help') help();
  if (act === 'log-out') {
    const failed = await logOut();
    if (!failed) go('/');
    return failed;
  }
  const way = act && WAYS[act];
  if (way) {
    starting.value = way;
    go('/chat');
  }
  const look = act && THEMES[act];
  if (look) void chooseTheme(look);
  return null;
}

const WAYS: { [act in Act]?: 'direct' | 'room' | 'browse' } = {
  'new-chat': 'direct',
  'new-room': 'room',
  'browse-rooms': 'browse',
};
const THEMES: { [act in Act]?: 'light' | 'dark' | 'system' } = {
  'theme-light': 'light',
  'theme-dark': 'dark',
  'theme-system': 'system',
};
