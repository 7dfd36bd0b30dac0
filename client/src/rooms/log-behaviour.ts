import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Conversation } from './conversation.ts';
import type { Place } from './past.ts';
import type { Stick } from './stick.ts';

type Box = { current: HTMLElement | null };

/** Nearer to an end of what is drawn than this, what lies beyond is fetched. */
const FETCH_PX = 800;
const MARK_MS = 2_500;

/** The newest message is read while the tab is visible and the list stands at its end. */
export function useAttention(conversation: Conversation, atEnd: boolean): void {
  useEffect(() => {
    const tell = () => conversation.attend(atEnd && document.visibilityState === 'visible');
    tell();
    conversation.follow(atEnd);
    document.addEventListener('visibilitychange', tell);
    return () => {
      document.removeEventListener('visibilitychange', tell);
      conversation.attend(false);
    };
  }, [conversation, atEnd]);
}

/** Fetches what lies beyond on the way up and down; the answer is to be called on every scroll. */
export function useBeyond(conversation: Conversation, box: Box): () => void {
  const { shown, loadOlder, loadNewer } = conversation;
  const [first, last] = [shown.value[0]?.n, shown.value.at(-1)?.n];
  const fetchNear = () => {
    const { current } = box;
    if (!current || shown.peek().length === 0) return;
    const { scrollTop, scrollHeight, clientHeight } = current;
    if (scrollTop < FETCH_PX) void loadOlder();
    else if (scrollHeight - scrollTop - clientHeight < FETCH_PX) void loadNewer();
  };
  // A short page may leave nothing to scroll.
  useEffect(fetchNear, [first, last]);
  return fetchNear;
}

/** Whoever writes wants to see it stand there. */
export function useOwnToEnd(count: number, toLatest: () => void): void {
  const before = useRef(count);
  useLayoutEffect(() => {
    if (count > before.current) toLatest();
    before.current = count;
  }, [count]);
}

const GONE = 'That message is not in this room.';
const UNREACHED = 'That message did not load. Try again.';

/** A message that is opened to change is brought to the eyes, wherever one reads. */
export function useEdited(
  editing: string | null,
  { shown }: Conversation,
  { jumpTo }: Pick<Jump, 'jumpTo'>,
): void {
  useLayoutEffect(() => {
    if (editing && !shown.peek().some(({ id }) => id === editing)) void jumpTo(editing);
  }, [editing]);
}

/** Goes to a message, wherever in the history it stands, and marks it for a moment. */
export function useJump({ goTo, toLatest }: Conversation, box: Box, { show }: Stick) {
  const [marked, setMarked] = useState<string | null>(null);
  /** Why there was no way, in words. */
  const [lost, setLost] = useState<string | null>(null);
  const go = async (place: Place, selector: string, block: 'start' | 'center') => {
    const isThere = await goTo(place).catch(() => null);
    await new Promise(requestAnimationFrame);
    const found = box.current?.querySelector<HTMLElement>(selector);
    if (found) show(found, block);
    return { found, isThere };
  };
  const jumpTo = async (id: string): Promise<void> => {
    const { found, isThere } = await go({ id }, `[data-message="${CSS.escape(id)}"]`, 'center');
    setLost(isThere === null ? UNREACHED : isThere ? null : GONE);
    if (!found) return;
    if (!found.contains(document.activeElement)) found.focus({ preventScroll: true });
    setMarked(id);
    setTimeout(() => setMarked((now) => (now === id ? null : now)), MARK_MS);
  };
  const toUnread = async (n: number): Promise<void> => {
    const { found } = await go({ n }, UNREAD, 'start');
    // It may be that only messages of mine are unread.
    if (!found) toLatest();
  };
  return { marked, lost, jumpTo, toUnread, forgetLost: () => setLost(null) };
}

type Jump = ReturnType<typeof useJump>;
const UNREAD = '.unread-line';

/**
 * Opens at the message of the address, else at the first unread one when it is further up than
 * one screen. Answers whether it is there yet; before, nothing counts as read.
 */
export function useFirstPlace(
  { log, readLine }: Conversation,
  at: string | null,
  box: Box,
  { show }: Stick,
  { jumpTo, toUnread }: Jump,
): boolean {
  const [there, setThere] = useState(false);
  const loaded = log.value !== null;
  const open = async () => {
    if (at) return jumpTo(at);
    const unread = readLine.peek();
    if (unread === null || !box.current) return undefined;
    const line = box.current.querySelector(UNREAD);
    if (!line) return toUnread(unread + 1);
    if (line.getBoundingClientRect().top < box.current.getBoundingClientRect().top)
      show(line, 'start');
    return undefined;
  };
  useLayoutEffect(() => {
    if (loaded) void open().finally(() => setThere(true));
  }, [loaded, at]);
  return there;
}

/** The message whose line, or something in it, has the focus. */
export const focusedIn = (box: HTMLElement | null): string | null => {
  const on = box?.contains(document.activeElement) ? document.activeElement : null;
  return on?.closest('.line')?.getAttribute('data-message') ?? null;
};

/** While a picker is open, the lines it covers stay quiet. */
export const isPicking = (): boolean => document.querySelector('.line .popover') !== null;

/** Arrow keys go from message to message. */
export function moveFocus(event: KeyboardEvent): void {
  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
  const { currentTarget, target } = event;
  if (!(target instanceof HTMLElement) || !target.classList.contains('line')) return;
  const lines = [...(currentTarget as HTMLElement).querySelectorAll<HTMLElement>('.line')];
  const next = lines[lines.indexOf(target) + (event.key === 'ArrowUp' ? -1 : 1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
