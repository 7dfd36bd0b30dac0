import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Conversation } from './conversation.ts';
import type { Stick } from './stick.ts';

type Box = { current: HTMLElement | null };

/** Nearer to the beginning than this, the page before is fetched. */
const FETCH_PX = 800;
/** A quoted message is looked for in this many older pages. */
const JUMP_PAGES = 20;
const MARK_MS = 2_000;

/** The newest message is read while the tab is visible and the list stands at its end. */
export function useAttention(conversation: Conversation, atEnd: boolean): void {
  useEffect(() => {
    const tell = () => conversation.attend(atEnd && document.visibilityState === 'visible');
    tell();
    document.addEventListener('visibilitychange', tell);
    return () => {
      document.removeEventListener('visibilitychange', tell);
      conversation.attend(false);
    };
  }, [conversation, atEnd]);
}

/** Fetches the past on the way up; the answer is to be called on every scroll. */
export function usePast({ log, loadOlder }: Conversation, box: Box): () => void {
  const messages = log.value?.messages.length ?? 0;
  const fetchNearTop = () => {
    if (messages > 0 && (box.current?.scrollTop ?? FETCH_PX) < FETCH_PX) void loadOlder();
  };
  // A short first page may leave nothing to scroll.
  useEffect(fetchNearTop, [messages]);
  return fetchNearTop;
}

/** Opens at the first unread message when it is further up than one screen. */
export function useFirstPlace(box: Box, loaded: boolean, { show }: Stick): void {
  useLayoutEffect(() => {
    const line = loaded && box.current?.querySelector('.unread-line');
    if (!line || !box.current) return;
    if (line.getBoundingClientRect().top < box.current.getBoundingClientRect().top) {
      show(line, 'start');
    }
  }, [loaded]);
}

/** Whoever writes wants to see it stand there. */
export function useOwnToEnd(count: number, { toEnd }: Stick): void {
  const before = useRef(count);
  useLayoutEffect(() => {
    if (count > before.current) toEnd();
    before.current = count;
  }, [count]);
}

/** Goes to a message, through older pages when it must, and marks it for a moment. */
export function useJump({ older, loadOlder }: Conversation, box: Box, { show }: Stick) {
  const [marked, setMarked] = useState<string | null>(null);
  const jumpTo = async (messageId: string): Promise<void> => {
    const find = () => box.current?.querySelector(`[data-message="${messageId}"]`);
    for (let page = 0; !find() && older.peek() !== 'none' && page < JUMP_PAGES; page += 1) {
      await loadOlder();
      await new Promise(requestAnimationFrame);
    }
    const found = find();
    if (!found) return;
    show(found, 'center');
    setMarked(messageId);
    setTimeout(() => setMarked(null), MARK_MS);
  };
  return { marked, jumpTo };
}

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
