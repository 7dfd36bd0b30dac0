import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Message, ThreadsPage } from '../../../src/rooms/contract.ts';
import { toApiError } from '../net/failure.ts';
import { get, query } from '../net/http.ts';
import type { LiveRoom } from '../rooms/live.ts';
import { firstShown, flatten, lineage } from './tree.ts';

export type ResponsePages = ReturnType<typeof createResponsePages>;

/** How far a permalink is followed into a long conversation. */
const MOST_PAGES_FOR_A_LINK = 20;
/** How long a link waits for a response that is not here yet. */
const ARRIVAL_MS = 5_000;

/** The conversation as far as it is loaded, and which of it is in sight. */
export function createResponsePages(
  articleId: string,
  first: ThreadsPage,
  room: ReadonlySignal<LiveRoom | null>,
  failure: Signal<string | null>,
) {
  const start = flatten(first.items);
  const sight = createSight(firstShown(first.items));
  const fetcher = createFetcher(articleId, first.next, failure);
  const messages: ReadonlySignal<Message[]> = computed(
    () => room.value?.log.value?.messages ?? start,
  );

  const loadMore = async (): Promise<void> => {
    const cursor = fetcher.next.peek();
    if (fetcher.loading.peek() || !cursor) return;
    await fetcher.fetch(cursor, (page) => {
      room.peek()?.addPage(flatten(page.items), page.head);
      sight.show(firstShown(page.items));
    });
  };

  /** Brings a response into sight, however far down it stands. False: it is not there. */
  const find = async (id: string): Promise<boolean> => {
    for (let page = 0; page < MOST_PAGES_FOR_A_LINK; page++) {
      const line = lineage(messages.peek(), id);
      sight.show(line);
      if (line.length > 0) return true;
      if (!fetcher.next.peek()) break;
      await loadMore();
    }
    const arrived = await arrivalOf(id, messages);
    if (arrived) sight.show(lineage(messages.peek(), id));
    return arrived;
  };

  return {
    messages,
    ...sight,
    next: fetcher.next as ReadonlySignal<string | null>,
    loading: fetcher.loading as ReadonlySignal<boolean>,
    loadMore,
    find,
    /** Too much happened to be told one by one: the first page as it stands now. */
    reload: (): Promise<void> =>
      fetcher.fetch(null, (page) =>
        room.peek()?.replace({ ...page, messages: flatten(page.items) }),
      ),
  };
}

/** A page kept from an earlier visit lacks what came since: the room's log brings it. */
function arrivalOf(id: string, messages: ReadonlySignal<Message[]>): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (found: boolean) => {
      clearTimeout(timer);
      stop();
      resolve(found);
    };
    const timer = setTimeout(() => end(false), ARRIVAL_MS);
    const stop = messages.subscribe((list) => {
      if (list.some((message) => message.id === id)) end(true);
    });
  });
}

function createSight(ids: string[]) {
  const shown = signal<ReadonlySet<string>>(new Set(ids));
  const show = (more: string[]): void => {
    const added = more.filter((id) => !shown.peek().has(id));
    if (added.length > 0) shown.value = new Set([...shown.peek(), ...added]);
  };
  return { shown: shown as ReadonlySignal<ReadonlySet<string>>, show };
}

function createFetcher(articleId: string, start: string | null, failure: Signal<string | null>) {
  const next = signal(start);
  const loading = signal(false);
  const fetch = async (cursor: string | null, take: (page: ThreadsPage) => void): Promise<void> => {
    loading.value = true;
    try {
      const page = await get<ThreadsPage>(
        `/api/articles/${articleId}/responses${query({ cursor })}`,
      );
      batch(() => {
        take(page);
        next.value = page.next;
        failure.value = null;
      });
    } catch (error) {
      failure.value = toApiError(error).detail;
    } finally {
      loading.value = false;
    }
  };
  return { next, loading, fetch };
}
