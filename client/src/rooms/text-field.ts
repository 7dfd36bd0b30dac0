import { useLayoutEffect } from 'preact/hooks';

/** The longest body of a chat message, as in the contract. */
export const BODY_MAX = 4_000;

/** On a touch keyboard there is no Shift+Enter: Enter breaks the line and the button sends. */
export const isTouch = (): boolean => matchMedia('(pointer: coarse)').matches;

/** A field as high as its text, up to the height its style allows. */
export const useAutoGrow = (field: { current: HTMLTextAreaElement | null }, text: string): void => {
  useLayoutEffect(() => {
    const { current } = field;
    if (!current || CSS.supports('field-sizing', 'content')) return;
    const row = current.parentElement;
    // While it is measured, nothing around it may move: a list above would lose its end.
    if (row) row.style.minHeight = `${row.offsetHeight}px`;
    current.style.height = 'auto';
    current.style.height = `${current.scrollHeight}px`;
    if (row) row.style.minHeight = '';
  }, [text]);
};
