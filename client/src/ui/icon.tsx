import type { IconNode } from 'lucide';
import { h } from 'preact';

/** A drawing beside a word, or in a button that has a name of its own: always hidden to readers. */
export const Icon = ({ of, size = 20 }: { of: IconNode; size?: number }) => (
  <svg
    class="icon"
    width={size}
    height={size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="1.75"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    {of.map(([tag, attributes]) => h(tag, attributes as Record<string, string>))}
  </svg>
);
