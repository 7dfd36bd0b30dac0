import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

type Ref = { current: HTMLElement | null };
export type Stick = {
  atEnd: boolean;
  /** Call it on every scroll. */
  notice: () => void;
  toEnd: () => void;
  /** Leaves the end, to show this element. */
  show: (element: Element, block: 'start' | 'center') => void;
};
type Anchor = { element: Element; top: number };

/** Nearer to the end than this counts as being there. */
const END_PX = 48;

/**
 * Keeps a scrolled list calm: at its end it follows what is added, elsewhere the line that is
 * read keeps its place, whatever is added, changed or removed above or below it.
 */
export const useStick = (box: Ref, lines: string): Stick => {
  const pinned = useRef(true);
  const anchor = useRef<Anchor | null>(null);
  const [atEnd, setAtEnd] = useState(true);

  const settle = () => {
    const { current } = box;
    if (!current) return;
    if (pinned.current) {
      current.scrollTop = current.scrollHeight;
    } else if (anchor.current?.element.isConnected) {
      const moved = anchor.current.element.getBoundingClientRect().top - anchor.current.top;
      if (Math.abs(moved) >= 1) current.scrollTop += moved;
    }
  };
  const notice = () => {
    const { current } = box;
    if (!current) return;
    const below = current.scrollHeight - current.scrollTop - current.clientHeight;
    pinned.current = below < END_PX;
    anchor.current = firstVisible(current, lines);
    setAtEnd(pinned.current);
  };

  useLayoutEffect(settle);
  useResize(box, settle);

  return {
    atEnd,
    notice,
    toEnd: () => {
      pinned.current = true;
      settle();
      setAtEnd(true);
    },
    show: (element, block) => {
      pinned.current = false;
      element.scrollIntoView({ block });
      notice();
    },
  };
};

/** Pictures, fonts and the keyboard of a phone change heights without a render. */
function useResize(box: Ref, onResize: () => void): void {
  useEffect(() => {
    const { current } = box;
    const content = current?.firstElementChild;
    if (!current || !content) return;
    const observer = new ResizeObserver(onResize);
    observer.observe(current);
    observer.observe(content);
    return () => observer.disconnect();
  }, []);
}

/** The lines stand in order, so the first one in sight is found by halving. */
function firstVisible(box: HTMLElement, selector: string): Anchor | null {
  const elements = box.querySelectorAll(selector);
  const edge = box.getBoundingClientRect().top;
  let low = 0;
  let high = elements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((elements[middle]?.getBoundingClientRect().bottom ?? 0) <= edge) low = middle + 1;
    else high = middle;
  }
  const element = elements[low];
  return element ? { element, top: element.getBoundingClientRect().top } : null;
}
