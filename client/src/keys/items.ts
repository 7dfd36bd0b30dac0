/** What j and k go through: articles and hits of lists, responses, messages. */
const ITEMS = '.card, .hit, .response:not(.gone) > article, .line';

const areVisible = (element: HTMLElement): boolean => element.checkVisibility();
const main = (): HTMLElement | null => document.getElementById('main');

const itemsHere = (): HTMLElement[] =>
  [...(main()?.querySelectorAll<HTMLElement>(ITEMS) ?? [])].filter(areVisible);

let last: HTMLElement | null = null;

export const itemAround = (node: Node | null): HTMLElement | null => {
  const element = node instanceof Element ? node : node?.parentElement;
  return element?.closest<HTMLElement>(ITEMS) ?? null;
};

/** The item with the focus, or the last one that had it while nothing else has. */
export function currentItem(): HTMLElement | null {
  const focused = document.activeElement;
  const around = itemAround(focused);
  if (around) return around;
  const nowhere = focused === document.body || focused === main() || focused?.tagName === 'H1';
  return nowhere && last?.isConnected && last.checkVisibility() ? last : null;
}

/** An item's link takes the focus, where it has one that leads on; otherwise the item itself. */
export function focusItem(item: HTMLElement): void {
  last = item;
  const target = item.querySelector<HTMLElement>('h2 a') ?? item;
  if (!target.matches('a, [tabindex]')) target.setAttribute('tabindex', '-1');
  target.focus({ preventScroll: true });
  item.scrollIntoView({ block: item.offsetHeight > innerHeight / 2 ? 'start' : 'nearest' });
}

/** Goes one on or back; without a place, to the first in sight, and in chat to the newest. */
export function move(step: 1 | -1): void {
  const items = itemsHere();
  const now = currentItem();
  const index = now ? items.indexOf(now) : -1;
  const next = index < 0 ? firstInSight(items) : items[index + step];
  if (next) focusItem(next);
}

const firstInSight = (items: HTMLElement[]): HTMLElement | undefined => {
  if (items[0]?.matches('.line')) return items.at(-1);
  return items.find((item) => item.getBoundingClientRect().top >= 0) ?? items[0];
};

const marked = (name: string): string => `[data-key="${name}"]`;

/** The control of that name in an item. */
export const controlIn = (item: HTMLElement | null, name: string): HTMLElement | null =>
  item?.querySelector<HTMLElement>(marked(name)) ?? null;

/** The control of that name which belongs to the page as a whole. */
export const controlOfPage = (name: string): HTMLElement | null =>
  [...(main()?.querySelectorAll<HTMLElement>(marked(name)) ?? [])].find(
    (control) => areVisible(control) && !control.closest(ITEMS),
  ) ?? null;
