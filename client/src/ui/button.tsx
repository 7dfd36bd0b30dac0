import type { IconNode } from 'lucide';
import type { ButtonHTMLAttributes } from 'preact';
import { Icon } from './icon.tsx';

type Props = { icon: IconNode; label: string; size?: number } & ButtonHTMLAttributes;

/** A button that is only a drawing: its name is read aloud and shown on hover. */
export const IconButton = ({ icon, label, size = 20, class: name, ...rest }: Props) => (
  <button
    type="button"
    class={`icon-button ${typeof name === 'string' ? name : ''}`}
    aria-label={label}
    title={label}
    {...rest}
  >
    <Icon of={icon} size={size} />
  </button>
);
