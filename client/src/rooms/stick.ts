import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

type Ref = { current: HTMLElement | null };
type Anchor = { element: Element; top: number };

/** Nearer to the end than this counts as being there. */
const END_PX = 48;

/**
 * Keeps a scrolled list calm: at its end it follows what is added, elsewhere the line that is
 * read keeps its place, whatever is added, changed or removed above or below it.
 */
export const useStick = (box: Ref, lines: string) => {
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
  useEffect(() => {
    const { current } = box;
    const content = current?.firstElementChild;
    if (!current || !content) return;
    const observer = new ResizeObserver(settle);
    observer.observe(current);
    observer.observe(content);
    return () => observer.disconnect();
  }, []);

  return {
    atEnd,
    /** Call it on every scroll. */
    notice,
    toEnd: () => {
      pinned.current = true;
      settle();
      setAtEnd(true);
    },
    /** Leaves the end, to show this element near the upper edge. */
    show: (element: Element, block: 'start' | 'center') => {
      pinned.current = false;
      element.scrollIntoView({ block });
      notice();
    },
  };
};

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
