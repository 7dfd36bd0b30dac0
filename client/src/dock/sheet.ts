import { useEffect, useRef, useState } from 'preact/hooks';
import { closeDock } from './state.ts';

/** Narrower than this there is no room beside the text; as in dock.css. */
const SHEET = '(max-width: 899px)';
const BEHIND = '.skip-link, .top-bar, .shell, .bottom-bar';

/** Whether the dock covers the page: then the page rests, and another page closes it. */
export function useSheet(path: string): boolean {
  const [sheet, setSheet] = useState(() => matchMedia(SHEET).matches);
  useEffect(() => {
    const query = matchMedia(SHEET);
    const read = () => setSheet(query.matches);
    query.addEventListener('change', read);
    return () => query.removeEventListener('change', read);
  }, []);
  useEffect(() => {
    if (!sheet) return undefined;
    const behind = [...document.querySelectorAll<HTMLElement>(BEHIND)];
    for (const part of behind) part.inert = true;
    return () => {
      for (const part of behind) part.inert = false;
    };
  }, [sheet]);
  const first = useRef(path);
  useEffect(() => {
    if (sheet && path !== first.current) closeDock();
    first.current = path;
  }, [path]);
  return sheet;
}
