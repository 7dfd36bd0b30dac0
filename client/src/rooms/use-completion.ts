import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Person } from '../../../src/accounts/contract.ts';
import { complete, isSpelled, type Option, optionsFor, type Typed, typedAt } from './completion.ts';
import { emojiNames, loadEmoji } from './emoji.ts';

type Field = { current: HTMLTextAreaElement | null };
export type Completion = {
  /** The id of the list; that of each option begins with it. */
  id: string;
  mark: Typed['mark'];
  found: Option[];
  /** Which of them Enter would take. */
  chosen: number;
  /** Call it after each input and move of the caret. */
  look: () => void;
  take: (option: Option) => void;
  /** Whether this key was for the list; then nobody else may act on it. */
  key: (event: KeyboardEvent) => boolean;
  close: () => void;
};

/** Completes @names and :emoji while they are typed. */
export const useCompletion = (
  people: () => readonly Person[],
  field: Field,
  change: (text: string) => void,
): Completion => {
  const id = useId();
  const [typed, setTyped] = useState<Typed | null>(null);
  const [chosen, setChosen] = useState(0);
  const put = useCaret(field);
  const found = typed ? optionsFor(typed, { people: people(), emoji: emojiNames.value }) : [];
  useEffect(() => {
    if (typed?.mark === ':') void loadEmoji();
  }, [typed?.mark]);

  const close = () => setTyped(null);
  const look = () => {
    const { current } = field;
    if (!current) return;
    setTyped(typedAt(current.value, current.selectionStart));
    setChosen(0);
  };
  const take = ({ insert }: Option) => {
    if (!typed || !field.current) return;
    const done = complete(field.current.value, typed, insert);
    put(done.caret);
    close();
    change(done.text);
    field.current.focus();
  };
  const key = ({ key: name }: KeyboardEvent): boolean => {
    const option = found[chosen] ?? found[0];
    if (!option || !typed) return false;
    if (name === 'Escape') close();
    else if (name === 'Enter' || name === 'Tab') take(option);
    else if (name === ':' && isSpelled(option, typed)) take(option);
    else if (name === 'ArrowDown') setChosen((chosen + 1) % found.length);
    else if (name === 'ArrowUp') setChosen((chosen + found.length - 1) % found.length);
    else return false;
    return true;
  };
  return { id, mark: typed?.mark ?? '@', found, chosen, look, take, key, close };
};

/** What a field with completion says of its list, and the events that the list lives by. */
export const completionProps = ({ id, found, chosen, look, close }: Completion) => ({
  'aria-autocomplete': 'list' as const,
  'aria-controls': found.length > 0 ? id : undefined,
  'aria-activedescendant': found.length > 0 ? `${id}-${chosen}` : undefined,
  onClick: look,
  onBlur: close,
});

/** Puts the caret once the field has its new text. */
function useCaret(field: Field): (caret: number) => void {
  const wanted = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (wanted.current !== null) field.current?.setSelectionRange(wanted.current, wanted.current);
    wanted.current = null;
  });
  return (caret) => {
    wanted.current = caret;
  };
}
