import { useEffect, useState } from 'preact/hooks';
import type { TocEntry } from '../../../src/articles/contract.ts';

/** The headings, with the one that is being read marked. */
export const Contents = ({ entries }: { entries: TocEntry[] }) => {
  const current = useCurrent(entries);
  const top = Math.min(...entries.map((entry) => entry.level));
  return (
    <nav class="contents" aria-label="Contents">
      <h2>Contents</h2>
      <ol>
        {entries.map((entry) => (
          <li key={entry.id} class={entry.level > top ? 'deeper' : ''}>
            <a href={`#${entry.id}`} aria-current={entry.id === current ? 'true' : undefined}>
              {entry.text}
            </a>
          </li>
        ))}
        <li>
          <a href="#responses">Responses</a>
        </li>
      </ol>
    </nav>
  );
};

/** A heading counts as read from once it has come to the upper quarter of the window. */
const LINE = 0.25;

function useCurrent(entries: TocEntry[]): string | null {
  const [current, setCurrent] = useState<string | null>(null);
  useEffect(() => {
    const find = () => {
      const line = innerHeight * LINE;
      const passed = entries.findLast(({ id }) => {
        const top = document.getElementById(id)?.getBoundingClientRect().top;
        return top !== undefined && top <= line;
      });
      setCurrent(passed?.id ?? null);
    };
    find();
    addEventListener('scroll', find, { passive: true });
    return () => removeEventListener('scroll', find);
  }, [entries]);
  return current;
}
