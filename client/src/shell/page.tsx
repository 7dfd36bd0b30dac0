import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { arrived } from './arrival.ts';

type Props = {
  /** What the window is called; the site's name is added. */
  title: string;
  /** `bare` has no context column, `wide` fills the middle. */
  width?: 'bare' | 'wide';
  aside?: ComponentChildren;
  class?: string;
  children: ComponentChildren;
};

/** One page: its main part and its context. After a navigation its heading has the focus. */
export const Page = ({ title, width, aside, class: name = '', children }: Props) => {
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    document.title = title && title !== 'Lyceum' ? `${title} · Lyceum` : 'Lyceum';
    // A page that still loads has no title; the focus waits for its heading.
    if (!title || !arrived()) return;
    const target = main.current?.querySelector('h1') ?? main.current;
    target?.setAttribute('tabindex', '-1');
    target?.focus({ preventScroll: true });
  }, [title]);
  const layout = width === 'wide' ? 'bare wide' : (width ?? '');
  return (
    <div class={`page ${layout} ${name}`}>
      <main id="main" ref={main} tabIndex={-1}>
        {children}
      </main>
      {aside && <aside class="context">{aside}</aside>}
    </div>
  );
};
