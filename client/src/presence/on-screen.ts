type Watch = { start: () => () => void; stop: (() => void) | null };

const watches = new WeakMap<Element, Watch>();
let observer: IntersectionObserver | null = null;

/** Runs `start` while the element is on the screen, and what it answers when it no longer is. */
export const whileOnScreen = (element: Element, start: () => () => void): (() => void) => {
  observer ??= new IntersectionObserver(noticed, { rootMargin: '100px' });
  watches.set(element, { start, stop: null });
  observer.observe(element);
  return () => {
    observer?.unobserve(element);
    watches.get(element)?.stop?.();
    watches.delete(element);
  };
};

function noticed(entries: IntersectionObserverEntry[]): void {
  for (const { target, isIntersecting } of entries) {
    const watch = watches.get(target);
    if (!watch) continue;
    if (isIntersecting) {
      watch.stop ??= watch.start();
    } else {
      watch.stop?.();
      watch.stop = null;
    }
  }
}
