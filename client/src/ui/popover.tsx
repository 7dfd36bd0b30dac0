import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

type Trigger = { 'aria-expanded': boolean; 'aria-haspopup': 'dialog'; onClick: () => void };
type Props = {
  /** Read aloud as the name of what opens. */
  label: string;
  trigger: (props: Trigger) => VNode;
  children: (close: () => void) => ComponentChildren;
  align?: 'start' | 'end';
  class?: string;
};

const GAP = 6;

/** A panel beside its button, above everything; Escape, a click elsewhere or leaving closes it. */
export const Popover = ({ label, trigger, children, align = 'end', class: name = '' }: Props) => {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLSpanElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const close = () => setOpen(false);
  const closeAndReturn = () => {
    close();
    if (anchor.current) buttonOf(anchor.current).focus();
  };

  useLayoutEffect(() => {
    if (!open || !anchor.current || !panel.current) return;
    panel.current.showPopover();
    placeBeside(panel.current, buttonOf(anchor.current).getBoundingClientRect(), align);
    panel.current.querySelector<HTMLElement>('button, a, input, [tabindex]')?.focus();
  }, [open]);
  useDismissal(open, anchor, close, closeAndReturn);

  return (
    <span class="popover-anchor" ref={anchor}>
      {trigger({ 'aria-expanded': open, 'aria-haspopup': 'dialog', onClick: () => setOpen(!open) })}
      {open && (
        <div
          popover="manual"
          ref={panel}
          class={`popover ${name}`}
          role="dialog"
          aria-label={label}
        >
          {children(closeAndReturn)}
        </div>
      )}
    </span>
  );
};

/** The anchor has no box of its own, so that it never disturbs the layout around it. */
function buttonOf(anchor: HTMLElement): HTMLElement {
  return anchor.querySelector<HTMLElement>('[aria-haspopup]') ?? anchor;
}

function useDismissal(
  open: boolean,
  anchor: { current: HTMLElement | null },
  close: () => void,
  closeAndReturn: () => void,
): void {
  useEffect(() => {
    if (!open) return;
    const leaving = (event: Event) => {
      // What was clicked may be gone from the page by now; then nobody left.
      const to = event.target;
      if (to instanceof Node && to.isConnected && !anchor.current?.contains(to)) close();
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      closeAndReturn();
    };
    document.addEventListener('pointerdown', leaving, true);
    document.addEventListener('focusin', leaving);
    document.addEventListener('keydown', escape, true);
    addEventListener('resize', close);
    return () => {
      document.removeEventListener('pointerdown', leaving, true);
      document.removeEventListener('focusin', leaving);
      document.removeEventListener('keydown', escape, true);
      removeEventListener('resize', close);
    };
  }, [open]);
}

/** Below the button when there is room, above otherwise; always inside the window. */
export function placeBeside(panel: HTMLElement, beside: DOMRect, align: 'start' | 'end'): void {
  const { offsetWidth: width, offsetHeight: height } = panel;
  const below = beside.bottom + GAP;
  const top = below + height <= innerHeight - GAP ? below : beside.top - GAP - height;
  const left = align === 'start' ? beside.left : beside.right - width;
  panel.style.top = `${Math.max(GAP, Math.min(top, innerHeight - height - GAP))}px`;
  panel.style.left = `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`;
}
