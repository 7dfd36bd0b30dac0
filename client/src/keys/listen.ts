import type { KeyAct } from './map.ts';
import { createReader, type Press } from './reader.ts';
import { letters, opened } from './state.ts';

/** In the browser only. */
export const isApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

const NO_TEXT = new Set(['checkbox', 'radio', 'button', 'submit', 'reset', 'range', 'color']);

const isField = (target: EventTarget | null): boolean => {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !NO_TEXT.has(target.type);
  return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName);
};

const pressOf = (event: KeyboardEvent, apple: boolean): Press => ({
  key:
    event.key.length === 1 && (event.ctrlKey || event.metaKey)
      ? event.key.toLowerCase()
      : event.key,
  mod: apple ? event.metaKey : event.ctrlKey,
  other: apple ? event.ctrlKey : event.metaKey,
  alt: event.altKey,
  inField: isField(event.target),
  at: event.timeStamp,
});

/** A dialog has the keys for itself; only its own shortcut still closes the palette. */
const isFree = (act: KeyAct): boolean =>
  !document.querySelector('dialog[open]') || (act === 'palette' && opened.peek() === 'palette');

/** Hears every key of the page, until called off. */
export function listen(perform: (act: KeyAct) => void): () => void {
  const read = createReader();
  const apple = isApple();
  const press = (event: KeyboardEvent) => {
    if (event.isComposing || event.defaultPrevented) return;
    if (event.key === 'Shift' || event.key === 'Control' || event.key === 'Alt') return;
    const act = read(pressOf(event, apple), letters.peek());
    if (!act || !isFree(act)) return;
    event.preventDefault();
    // A field would move its caret, or edit the last message, by the same key.
    event.stopPropagation();
    perform(act);
  };
  addEventListener('keydown', press, true);
  return () => removeEventListener('keydown', press, true);
}
