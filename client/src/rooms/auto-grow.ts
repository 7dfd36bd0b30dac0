import { useLayoutEffect } from 'preact/hooks';

/** A field as high as its text, up to the height its style allows. */
export const useAutoGrow = (field: { current: HTMLTextAreaElement | null }, text: string): void => {
  useLayoutEffect(() => {
    const { current } = field;
    if (!current) return;
    current.style.height = 'auto';
    current.style.height = `${current.scrollHeight}px`;
  }, [text]);
};
