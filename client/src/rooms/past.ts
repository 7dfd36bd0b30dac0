import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Message, MessagesPage } from '../../../src/rooms/contract.ts';
import { noAnswer, toApiError } from '../net/failure.ts';
import { get, query } from '../net/http.ts';
import type { LiveRoom } from './live.ts';
import { KEPT_MAX } from './log.ts';
import {
  afterArrival,
  around,
  isKnown,
  newest,
  type Span,
  stepDown,
  stepUp,
  within,
} from './span.ts';

/** What there is beyond an end of what is drawn. */
export type Beyond = 'more' | 'loading' | 'failed' | 'none';
/** Where to go: a message by its id or its number. */
export type Place = { id: string } | { n: number };
export type Past = {
  /** The messages to draw: a bounded part of what is known, without a hole. */
  shown: ReadonlySignal<readonly Message[]>;
  older: ReadonlySignal<Beyond>;
  /** `none`: the newest message is drawn, and so is what comes. */
  newer: ReadonlySignal<Beyond>;
  /** Goes a step up or down, from memory or with one page more; the far end is let go. */
  loadOlder: () => Promise<void>;
  loadNewer: () => Promise<void>;
  /** Back to the newest messages. */
  toLatest: () => void;
  /** Draws a message and what is around it, wherever it stands. False: it is not in this room. Errors: ApiError. */
  goTo: (place: Place) => Promise<boolean>;
  /** Whether the reader stands at the end and follows what comes. */
  follow: (following: boolean) => void;
  /** Stops looking after what arrives. */
  rest: () => void;
};

const PAGE = 50;

/** The way through a room's history, both ways, a step at a time. */
export const openPast = (roomId: string, live: LiveRoom): Past => {
  const { messages, span, shown, draw, grow, toLatest } = openDrawn(live);
  const { fetchPage, fetchAround } = openPages(roomId, live);
  const following = signal(true);

  const up = oneAtATime(async () => {
    const first = shown.peek()[0]?.n ?? 0;
    if (grow(stepUp) || first <= 1) return;
    await fetchPage({ before: first });
    grow(stepUp);
  });
  const down = oneAtATime(async () => {
    const last = shown.peek().at(-1)?.n ?? 0;
    if (grow(stepDown) || span.peek().to === null) return;
    // The messages of a room are numbered without holes.
    await fetchPage({ before: last + PAGE + 1 });
    grow(stepDown);
  });
  const goTo = async (place: Place): Promise<boolean> => {
    const isIt = ({ id, n }: Message) => ('id' in place ? id === place.id : n === place.n);
    if (shown.peek().some(isIt)) return true;
    const known = messages.peek().findLast(isIt);
    const found = known ?? (await fetchAround(place)).find(isIt);
    return found !== undefined && draw(around(messages.peek(), found.n));
  };
  const rest = effect(() => {
    draw(afterArrival(messages.value, span.peek(), following.value));
    const [first, last] = [shown.peek()[0], shown.peek().at(-1)];
    if (messages.value.length > KEPT_MAX && first && last) live.keepNear(first.n, last.n);
  });

  return {
    shown,
    older: computed(() => ((shown.value[0]?.n ?? 2) <= 1 ? 'none' : up.state.value)),
    newer: computed(() => (span.value.to === null ? 'none' : down.state.value)),
    loadOlder: up.run,
    loadNewer: down.run,
    follow: (is) => {
      following.value = is;
    },
    ...{ toLatest, goTo, rest },
  };
};

/** The part of what is known that is drawn, and its moves. */
function openDrawn({ log }: LiveRoom) {
  const wanted = signal<Span>(newest);
  const messages = computed((): readonly Message[] => log.value?.messages ?? []);
  const span = computed(() => (isKnown(messages.value, wanted.value) ? wanted.value : newest));
  const draw = (next: Span | null): boolean => {
    if (next) wanted.value = next;
    return next !== null;
  };
  return {
    messages,
    span,
    shown: computed(() => within(messages.value, span.value)),
    draw,
    grow: (step: typeof stepUp): boolean => draw(step(messages.peek(), span.peek())),
    toLatest: (): void => {
      const last = messages.peek().at(-1);
      draw((last && around(messages.peek(), last.n)) ?? newest);
    },
  };
}

function openPages(roomId: string, { log, addPage }: LiveRoom) {
  const fetchPage = async (which: { before: number } | { around: string }): Promise<Message[]> => {
    const path = `/api/rooms/${roomId}/messages${query({ ...which, limit: PAGE })}`;
    const page = await get<MessagesPage>(path);
    // Two epochs are never mixed; the room itself is about to begin anew.
    if (page.epoch !== log.peek()?.epoch) throw noAnswer();
    addPage(page.messages, page.head);
    return page.messages;
  };
  /** No messages: there is no such place. */
  const fetchAround = async (place: Place): Promise<Message[]> => {
    if ('n' in place) return fetchPage({ before: place.n + PAGE / 2 });
    try {
      return await fetchPage({ around: place.id });
    } catch (error) {
      if (toApiError(error).code !== 'not_found') throw error;
      return [];
    }
  };
  return { fetchPage, fetchAround };
}

/** A way to go on, with what came of the last try; while one is under way, a second does nothing. */
function oneAtATime(step: () => Promise<void>) {
  const state = signal<Beyond>('more');
  const run = async (): Promise<void> => {
    if (state.peek() === 'loading') return;
    state.value = 'loading';
    state.value = await step().then(
      () => 'more',
      () => 'failed',
    );
  };
  return { state, run };
}
