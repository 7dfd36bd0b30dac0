import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Article, Readers } from '../../../src/articles/contract.ts';
import type { RoomEvent, ThreadsPage } from '../../../src/rooms/contract.ts';
import { viewer } from '../accounts/state.ts';
import { toApiError } from '../net/failure.ts';
import { discard, outgoing, retry, send } from '../net/outbox.ts';
import { ask, on, openSocket } from '../net/socket.ts';
import { createHopes } from '../rooms/hopes.ts';
import { type LiveRoom, openLiveRoom } from '../rooms/live.ts';
import { peopleOf } from '../rooms/mention.ts';
import { createResponsePages, type ResponsePages } from './response-pages.ts';
import { growTree, lineage, readUpTo, type Tree, waitingBelow } from './tree.ts';

export type Responses = ReturnType<typeof createResponses>;
type Talk = {
  article: Pick<Article, 'id' | 'roomId'> & Partial<Pick<Article, 'author'>>;
  room: Signal<LiveRoom | null>;
  pages: ResponsePages;
  failure: Signal<string | null>;
  readers: Signal<Readers | null>;
  hopes: ReturnType<typeof createHopes>;
};

/** The conversation under one article: complete, live, and still where the reader reads. */
export function createResponses(article: Talk['article'], first: ThreadsPage) {
  const { roomId } = article;
  const room: Talk['room'] = signal(null);
  const failure: Talk['failure'] = signal(null);
  const pages = createResponsePages(article.id, first, room, failure);
  const talk: Talk = { article, room, pages, failure, readers: signal(null), hopes: createHopes() };
  const tree = computed((): Tree => {
    const mine = outgoing.value.filter((entry) => entry.roomId === roomId);
    return growTree(talk.hopes.apply(pages.messages.value), pages.shown.value, mine, viewer.value);
  });
  return {
    tree,
    next: pages.next,
    loading: pages.loading,
    failure: failure as ReadonlySignal<string | null>,
    /** Whom one may mention: the author, and who responded. */
    people: () =>
      peopleOf(pages.messages.value, article.author ? [article.author] : [], viewer.value?.id),
    readers: talk.readers as ReadonlySignal<Readers | null>,
    /** Goes live; answers what ends it. For the browser only. */
    open: (): (() => void) => goLive(talk, first),
    loadMore: pages.loadMore,
    find: pages.find,
    /** Shows what waits below a response; null: below none. */
    reveal: (parent: string | null): string[] => {
      const ids = waitingBelow(pages.messages.peek(), pages.shown.peek(), parent);
      pages.show(ids);
      return ids;
    },
    markRead: createReading(talk),
    ...createActs(talk),
    retry,
    discard,
  };
}

/** What a reader does in the conversation. */
function createActs({ article: { roomId }, room, failure, hopes }: Talk) {
  /** Shows a change of mine at once; a refusal takes it back and is told. */
  const change = async (
    hoped: Parameters<typeof hopes.add>[0],
    act: () => Promise<{ seq: number }>,
  ) => {
    try {
      await hopes.add(hoped, act, () => room.peek()?.log.peek()?.seq ?? 0);
      failure.value = null;
    } catch (error) {
      failure.value = toApiError(error).detail;
    }
  };
  return {
    respond: async (body: string, replyTo: string | null): Promise<void> => {
      const me = viewer.peek();
      if (me) await send({ roomId, senderId: me.id, body, replyTo });
    },
    /** null: stored; otherwise why not, in words. */
    edit: (messageId: string, body: string): Promise<string | null> =>
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
  };
}

/** Joins the article's room, and hears of its readers. */
function goLive({ article, room, pages, readers, hopes }: Talk, first: ThreadsPage): () => void {
  const { id: articleId, roomId } = article;
  const onEvents = (events: RoomEvent[]): void => {
    const me = viewer.peek()?.id;
    for (const event of events) {
      const own = event.kind === 'message' && event.message.sender?.id === me;
      if (own) pages.show(lineage(pages.messages.peek(), event.message.id));
    }
    hopes.settle(events.at(-1)?.seq ?? 0);
  };
  openSocket();
  const live = openLiveRoom({
    roomId,
    start: { epoch: first.epoch, head: first.head, messages: pages.messages.peek() },
    join: (after) => ask('article:join', { articleId, ...(after ? { after } : {}) }),
    leave: () => ask('article:leave', { articleId }),
    onJoined: (joined) => {
      readers.value = inOrder(readers.peek(), joined.readers);
    },
    onEvents,
    onReset: () => void pages.reload(),
  });
  room.value = live;
  const stop = on('article:readers', (told) => {
    if (told.articleId === articleId) readers.value = inOrder(readers.peek(), told);
  });
  return () => {
    stop();
    live.close();
  };
}

/** Who comes stands at the end: nobody's face moves for it. */
function inOrder(before: Readers | null, now: Readers): Readers {
  const places = new Map(before?.people.map(({ id }, place) => [id, place]));
  const placeOf = ({ id }: Readers['people'][number]) => places.get(id) ?? places.size;
  return { ...now, people: now.people.toSorted((a, b) => placeOf(a) - placeOf(b)) };
}

/** Tells that everything in sight was seen; what waits behind a pill was not. */
function createReading({ article: { roomId }, room, pages }: Talk): () => void {
  let told = 0;
  return () => {
    const seen = readUpTo(pages.messages.peek(), pages.shown.peek());
    if (!viewer.peek() || !room.peek() || seen <= told) return;
    told = seen;
    // Only members have a read position; a reader who never responded has none.
    ask('room:read', { roomId, n: seen }).catch(() => undefined);
  };
}
