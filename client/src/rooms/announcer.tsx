import { useEffect, useRef, useState } from 'preact/hooks';
import type { Message } from '../../../src/rooms/contract.ts';
import { viewer } from '../accounts/state.ts';

type Props = { messages: readonly Message[]; ready: boolean };

/** Messages that arrive together are said together. */
const GATHER_MS = 900;
/** A talk without a pause is summed up this often. */
const LONGEST_MS = 5_000;

/** Says what others write to those who do not see it; a flood only as its size. */
export const Announcer = ({ messages, ready }: Props) => {
  const [words, setWords] = useState('');
  const said = useRef<number | null>(null);
  const since = useRef<number | null>(null);
  const newest = messages.at(-1)?.n ?? 0;
  useEffect(() => {
    if (!ready) return;
    if (said.current === null) {
      said.current = newest;
      return;
    }
    if (newest <= said.current) return;
    since.current ??= Date.now();
    const left = LONGEST_MS - (Date.now() - since.current);
    const timer = setTimeout(
      () => {
        since.current = null;
        const fresh = messages.filter(
          ({ n, sender }) => n > (said.current ?? 0) && sender?.id !== viewer.value?.id,
        );
        said.current = newest;
        if (fresh.length > 0) setWords(wordsFor(fresh));
      },
      Math.max(0, Math.min(GATHER_MS, left)),
    );
    return () => clearTimeout(timer);
  }, [newest, ready]);
  return (
    <p class="visually-hidden" aria-live="polite">
      {words}
    </p>
  );
};

const wordsFor = (fresh: readonly Message[]): string => {
  const [only] = fresh;
  if (fresh.length === 1 && only) return `${only.sender?.name ?? 'Somebody'}: ${only.body}`;
  const people = new Set(fresh.map(({ sender }) => sender?.id)).size;
  return people === 1
    ? `${fresh.length} new messages from ${only?.sender?.name ?? 'somebody'}`
    : `${fresh.length} new messages from ${people} people`;
};
