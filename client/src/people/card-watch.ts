/** A link to a person, and the message it stands beside, when it does. */
export type Pointed = { anchor: HTMLAnchorElement; username: string; about: string | undefined };

type Options = {
  /** The card as it is on the page now. */
  panel: () => HTMLElement | null;
  show: (pointed: Pointed | null) => void;
  /** Whose card is not shown: my own. */
  isMe: (username: string) => boolean;
};
export type Watch = { close: () => void; stop: () => void };

/** Long enough that a pointer on its way elsewhere opens nothing, and reaches the card. */
const OPEN_MS = 400;
const CLOSE_MS = 300;
const PROFILE = /^\/@([a-z0-9_]{3,24})$/;
const FOCUSABLE = 'a[href], button:not(:disabled)';

/** Hears where the pointer and the focus are, and says whose card is to be shown. One at a time. */
export const watchPeople = ({ panel, show, isMe }: Options): Watch => {
  const card = createCard(show);
  const holds = (node: EventTarget | null) =>
    node instanceof Node && (panel()?.contains(node) ?? false);
  const anchorAt = (target: EventTarget | null): HTMLAnchorElement | null => {
    const pointed = pointedAt(target);
    return pointed && !isMe(pointed.username) ? pointed.anchor : null;
  };
  const keptByFocus = () => {
    const { activeElement: focused } = document;
    return holds(focused) || (focused === card.anchor() && focused?.matches(':focus-visible'));
  };
  let touched = false;

  const listeners = {
    pointerover: ({ pointerType, target }: PointerEvent) => {
      if (pointerType === 'touch') return;
      const anchor = anchorAt(target);
      if (anchor) card.aim(anchor);
      else card.aim(holds(target) || keptByFocus() ? card.anchor() : null);
    },
    focusin: ({ target }: FocusEvent) => {
      if (holds(target)) return card.aim(card.anchor());
      const anchor = anchorAt(target);
      card.aim(anchor?.matches(':focus-visible') ? anchor : null);
    },
    pointerdown: ({ pointerType, target }: PointerEvent) => {
      touched = pointerType === 'touch';
      if (!holds(target) && anchorAt(target) !== card.anchor()) card.close();
    },
    click: (event: MouseEvent) => {
      const anchor = anchorAt(event.target);
      if (!anchor) return;
      // A finger has nothing to hover with: its first tap shows the card, the second one follows.
      if (touched && event.detail > 0 && card.anchor() !== anchor) {
        event.preventDefault();
        event.stopPropagation();
        card.open(anchor);
      } else card.close();
    },
    keydown: (event: KeyboardEvent) => {
      const anchor = card.anchor();
      const open = panel();
      if (!anchor || !open) return;
      if (event.key === 'Tab') tab(event, anchor, open);
      // What opened above the card closes first.
      if (event.key !== 'Escape' || open.querySelector('[popover]')) return;
      event.stopPropagation();
      const returns = holds(document.activeElement);
      card.close();
      if (returns) anchor.focus();
    },
  };
  const all = Object.entries(listeners) as [string, EventListener][];
  for (const [name, hear] of all) document.addEventListener(name, hear, true);
  return {
    close: card.close,
    stop: () => {
      card.close();
      for (const [name, hear] of all) document.removeEventListener(name, hear, true);
    },
  };
};

/** The link to a person that this is in. Navigation and dialogs have none with a card. */
export const pointedAt = (target: EventTarget | null): Pointed | null => {
  if (!(target instanceof Element)) return null;
  const anchor = target.closest<HTMLAnchorElement>('a[href^="/@"]');
  const href = anchor?.getAttribute('href') ?? '';
  const username = PROFILE.exec(href)?.[1];
  if (!anchor || !username || href === location.pathname) return null;
  if (anchor.closest('nav, dialog, .rail, .person-card, [role="option"]')) return null;
  return { anchor, username, about: anchor.dataset['about'] };
};

/** What is shown, and what is to be shown when the pointer or the focus stays where it is. */
function createCard(show: Options['show']) {
  let shown: HTMLAnchorElement | null = null;
  let wanted: HTMLAnchorElement | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = (anchor: HTMLAnchorElement | null) => {
    clearTimeout(timer);
    // Pages change while one points at them.
    const pointed = anchor?.isConnected ? pointedAt(anchor) : null;
    wanted = anchor;
    shown = pointed && anchor;
    show(pointed);
  };
  return {
    anchor: () => shown,
    open,
    aim: (next: HTMLAnchorElement | null) => {
      if (next === wanted) return;
      wanted = next;
      clearTimeout(timer);
      if (next !== shown) timer = setTimeout(() => open(next), next ? OPEN_MS : CLOSE_MS);
    },
    /** Where the pointer rests on the same link, nothing opens again. */
    close: () => {
      clearTimeout(timer);
      if (!shown) return;
      wanted = shown;
      shown = null;
      show(null);
    },
  };
}

/** The card comes right after its link, although it stands elsewhere in the document. */
function tab(event: KeyboardEvent, anchor: HTMLAnchorElement, panel: HTMLElement): void {
  const stops = [...panel.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const { activeElement: focused } = document;
  const [first] = stops;
  if (focused === anchor && !event.shiftKey && first) {
    event.preventDefault();
    first.focus();
  } else if (focused === first && event.shiftKey) {
    event.preventDefault();
    anchor.focus();
  }
  // From the link the browser itself goes on to what comes after it.
  else if (focused === stops.at(-1) && !event.shiftKey) anchor.focus();
}
