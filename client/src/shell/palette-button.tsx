import type { ComponentChildren } from 'preact';
import { toggle } from '../keys/state.ts';
import './palette-button.css';

/** Opens the palette; what is in it says how to do it by the keyboard, or what it is for. */
export const PaletteButton = ({ children }: { children: ComponentChildren }) => (
  <button
    type="button"
    class="icon-button palette-button"
    aria-keyshortcuts="Control+K Meta+K"
    aria-haspopup="dialog"
    title="Go to anything"
    onClick={() => toggle('palette')}
  >
    <span class="visually-hidden">Go to anything </span>
    {children}
  </button>
);
