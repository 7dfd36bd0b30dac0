import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Article, Readers } from '../../../src/articles/contract.ts';
import type { Message, RoomEvent, ThreadsPage } from '../../../src/rooms/contract.ts';
import { viewer } from '../accounts/state.ts';
import { toApiError } from '../net/failure.ts';
import { get, query } from '../net/http.ts';
import { discard, outgoing, retry, send } from '../net/outbox.ts';
import { ask, on, openSocket } from '../net/socket.ts';
import { createDeletions } from '../rooms/deletions.ts';
import { createHopes } from '../rooms/hopes.ts';
import { type LiveRoom, openLiveRoom } from '../rooms/live.ts';
import {
  firstShown,
  flatten,
  growTree,
  lineage,
  readUpTo,
  type Tree,
  waitingBelow,
} from './tree.ts';

export type Responses = ReturnType<typeof createResponses>;

/** How far a permalink is followed into a long conversation. */
const MOST_PAGES_FOR_A_LINK = 20;
/** How long a link waits for a response that is not here yet. */
const ARRIVAL_MS = 5_000;

/** The conversation under one article: complete, live, and still where the reader reads. */
export function createResponses(article: Pick<Article, 'id' | 'roomId'>, first: ThreadsPage) {
  const { roomId } = article;
  const room = signal<LiveRoom | null>(null);
  const failure = signal<string | null>(null);
  const readers = signal<Readers | null>(null);
  const hopes = createHopes();
  const pages = createPages(article.id, first, room, failure);
  const { messages: stored, shown, show } = pages;
  const messages = computed(() => hopes.apply(stored.value));

  /** Shows a change of mine at once; a refusal takes it back and is told. */
  const change = async (
    ...hope: Parameters<typeof hopes.add> extends [infer E, infer A, ...unknown[]] ? [E, A] : never
  ) => {
    try {
      await hopes.add(hope[0], hope[1], () => room.peek()?.log.peek()?.seq ?? 0);
      failure.value = null;
    } catch (error) {
      failure.value = toApiError(error).detail;
    }
  };
  const deletions = createDeletions((messageId) =>
    change({ kind: 'delete', messageId }, () => ask('message:delete', { roomId, messageId })),
  );

  const onEvents = (events: RoomEvent[]): void => {
    const me = viewer.peek()?.id;
    for (const event of events) {
      const own = event.kind === 'message' && event.message.sender?.id === me;
      if (own) show(lineage(stored.peek(), event.message.id));
    }
    hopes.settle(events.at(-1)?.seq ?? 0);
  };

  let lastRead = 0;
  /** Tells that everything in sight was seen; what waits behind a pill was not. */
  const markRead = (): void => {
    const seen = readUpTo(stored.peek(), shown.peek());
    if (!viewer.peek() || !room.peek() || seen <= lastRead) return;
    lastRead = seen;
    // Only members have a read position; a reader who never responded has none.
    ask('room:read', { roomId, n: seen }).catch(() => undefined);
  };

  /** Goes live; answers what ends it. For the browser only. */
  const open = (): (() => void) => {
    openSocket();
    const live = openLiveRoom({
      roomId,
      start: { epoch: first.epoch, head: first.head, messages: stored.peek() },
      join: (after) => ask('article:join', { articleId: article.id, ...(after ? { after } : {}) }),
      leave: () => ask('article:leave', { articleId: article.id }),
      onJoined: (joined) => {
        readers.value = joined.readers;
        lastRead = Math.max(lastRead, joined.lastRead);
      },
      onEvents,
      onReset: () => void pages.reload(),
    });
    room.value = live;
    const stopReaders = on('article:readers', (told) => {
      if (told.articleId === article.id) readers.value = told;
    });
    return () => {
      deletions.flush();
      stopReaders();
      live.close();
    };
  };

  return {
    tree: computed((): Tree => {
      const mine = outgoing.value.filter((entry) => entry.roomId === roomId);
      return growTree(messages.value, shown.value, mine, viewer.value);
    }),
    next: pages.next,
    loading: pages.loading,
    failure: failure as ReadonlySignal<string | null>,
    readers: readers as ReadonlySignal<Readers | null>,
    deletions,
    markRead,
    open,
    loadMore: pages.loadMore,
    find: pages.find,
    /** Shows what waits below a response; null: below none. */
    reveal: (parent: string | null): string[] => {
      const ids = waitingBelow(stored.peek(), shown.peek(), parent);
      show(ids);
      return ids;
    },
    respond: async (body: string, replyTo: string | null): Promise<void> => {
      const me = viewer.peek();
      if (me) await send({ roomId, senderId: me.id, body, replyTo });
    },
    edit: async (messageId: string, body: string): Promise<string | null> =>
      ask('message:edit', { roomId, messageId, body }).then(
        () => null,
        (error) => toApiError(error).detail,
      ),
    react: async (messageId: string, emoji: string, on: boolean): Promise<void> => {
      const userId = viewer.peek()?.id;
      if (!userId) return;
      await change({ kind: 'reaction', messageId, emoji, userId, on }, () =>
        ask('message:react', { roomId, messageId, emoji, on }),
      );
    },
    retry,
    discard,
  };
}

/** The part that is loaded page by page, and which of it is in sight. */
function createPages(
  articleId: string,
  first: ThreadsPage,
  room: ReadonlySignal<LiveRoom | null>,
  failure: { value: string | null },
) {
  const start = flatten(first.items);
  const shown = signal<ReadonlySet<string>>(new Set(firstShown(first.items)));
  const next = signal(first.next);
  const loading = signal(false);
  const messages: ReadonlySignal<Message[]> = computed(
    () => room.value?.log.value?.messages ?? start,
  );

  const show = (ids: string[]): void => {
    const added = ids.filter((id) => !shown.peek().has(id));
    if (added.length > 0) shown.value = new Set([...shown.peek(), ...added]);
  };

  const fetchPage = async (take: (page: ThreadsPage) => void, cursor: string | null) => {
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

  const loadMore = async (): Promise<void> => {
    if (loading.peek() || !next.peek()) return;
    await fetchPage((page) => {
      room.peek()?.addOlder(flatten(page.items));
      show(firstShown(page.items));
    }, next.peek());
  };

  /** Brings a response into sight, however far down it stands. False: it is not there. */
  const find = async (id: string): Promise<boolean> => {
    for (let page = 0; page < MOST_PAGES_FOR_A_LINK; page++) {
      const line = lineage(messages.peek(), id);
      show(line);
      if (line.length > 0) return true;
      if (!next.peek()) break;
      await loadMore();
    }
    const arrived = await arrival(id);
    if (arrived) show(lineage(messages.peek(), id));
    return arrived;
  };

  /** A page kept from an earlier visit lacks what came since: the room's log brings it. */
  const arrival = (id: string): Promise<boolean> =>
    new Promise((resolve) => {
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

  return {
    messages,
    shown: shown as ReadonlySignal<ReadonlySet<string>>,
    next: next as ReadonlySignal<string | null>,
    loading: loading as ReadonlySignal<boolean>,
    show,
    loadMore,
    find,
    /** Too much happened to be told one by one: the first page as it stands now. */
    reload: () =>
      fetchPage((page) => room.peek()?.replace({ ...page, messages: flatten(page.items) }), null),
  };
}
