import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { cameToEnd, isAtEnd, type Measure, movedUp } from './end.ts';

type Ref = { current: HTMLElement | null };
export type Stick = {
  /** The list ends with the newest line, and that is in sight. */
  atEnd: boolean;
  /** Call it on every scroll. */
  notice: () => void;
  toEnd: () => void;
  /** Leaves the end, to show this element. */
  show: (element: Element, block: 'start' | 'center') => void;
};
/** A line and where it stands in the content, whatever the scroll position is. */
type Anchor = { element: Element; at: number };

/**
 * Keeps a scrolled list calm: at its end it follows what is added, elsewhere the line that is
 * read keeps its place, whatever is added, changed or removed above or below it. `hasNewest`: the
 * list ends with the newest line; the end of any other part is not followed.
 */
export const useStick = (box: Ref, lines: string, hasNewest: boolean): Stick => {
  const newest = useRef({ was: hasNewest, is: hasNewest });
  newest.current.is = hasNewest;
  const pinned = useRef(true);
  const anchor = useRef<Anchor | null>(null);
  const last = useRef<Measure>({ top: 0, height: 0, frame: 0 });
  const [atEnd, setAtEnd] = useState(true);
  const takeTop = useTopBefore(box);

  const settle = () => {
    const { current } = box;
    if (!current) return;
    const top = takeTop() ?? current.scrollTop;
    // Who went to the end of another part is not yet at the end of this one.
    if (newest.current.was && cameToEnd(last.current, measure(current))) pinned.current = true;
    newest.current.was = newest.current.is;
    const follows = pinned.current && newest.current.is;
    if (!follows) hold(current, anchor.current, top);
    else if (!toEndOf(current, last.current)) return;
    last.current = measure(current);
  };
  const notice = () => {
    const { current } = box;
    if (!current) return;
    const now = measure(current);
    pinned.current = newest.current.is && isAtEnd(last.current, now);
    last.current = now;
    anchor.current = firstVisible(current, lines);
    setAtEnd(pinned.current);
  };

  useLayoutEffect(settle);
  useResize(box, settle);

  return {
    atEnd: atEnd && hasNewest,
    notice,
    toEnd: () => {
      pinned.current = true;
      if (box.current) box.current.scrollTop = box.current.scrollHeight;
      settle();
      setAtEnd(true);
    },
    show: (element, block) => {
      element.scrollIntoView({ block });
      notice();
    },
  };
};

const measure = ({ scrollTop, scrollHeight, clientHeight }: HTMLElement): Measure => ({
  top: scrollTop,
  height: scrollHeight,
  frame: clientHeight,
});

/** The position before this render changes the content, once: a shorter one makes the browser move it. */
function useTopBefore(box: Ref): () => number | null {
  const top = useRef<number | null>(null);
  top.current = box.current?.scrollTop ?? null;
  return () => {
    const before = top.current;
    top.current = null;
    return before;
  };
}

/**
 * Follows the end. False: the reader is just leaving it, and counts as standing where that began
 * until the browser tells of it.
 */
const toEndOf = (box: HTMLElement, before: Measure): boolean => {
  const now = measure(box);
  const stays = !movedUp(before, now);
  if (stays) box.scrollTop = now.height;
  return stays;
};

/** Keeps a line where it stood in the frame when the position was `top`. */
const hold = (box: HTMLElement, anchor: Anchor | null, top: number): void => {
  if (!anchor?.element.isConnected) return;
  const moved = placeOf(anchor.element, box) - anchor.at;
  anchor.at += moved;
  if (Math.abs(top + moved - box.scrollTop) >= 1) box.scrollTop = top + moved;
};

const placeOf = (element: Element, box: HTMLElement): number =>
  element.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;

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
  return element ? { element, at: placeOf(element, box) } : null;
}
