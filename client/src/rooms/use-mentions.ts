import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Person } from '../../../src/accounts/contract.ts';
import { viewer } from '../accounts/state.ts';
import type { Conversation } from './conversation.ts';
import { complete, type Mention, matching, mentionAt } from './mention.ts';

type Field = { current: HTMLTextAreaElement | null };
export type Mentions = {
  found: Person[];
  /** Which of them Enter would take. */
  chosen: number;
  /** Call it after each input and move of the caret. */
  look: () => void;
  take: (person: Person) => void;
  /** Whether this key was for the list; then nobody else may act on it. */
  key: (event: KeyboardEvent) => boolean;
};

/** Completes @names while they are typed, from the people of the conversation. */
export const useMentions = (
  conversation: Conversation,
  field: Field,
  change: (text: string) => void,
): Mentions => {
  const [mention, setMention] = useState<Mention | null>(null);
  const [chosen, setChosen] = useState(0);
  const caret = useRef<number | null>(null);
  const found = mention ? matching(peopleOf(conversation), mention.typed) : [];
  useLayoutEffect(() => {
    // The field has the new text by now.
    if (caret.current !== null) field.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });

  const look = () => {
    const { current } = field;
    if (!current) return;
    setMention(mentionAt(current.value, current.selectionStart));
    setChosen(0);
  };
  const take = ({ username }: Person) => {
    if (!mention || !field.current) return;
    const done = complete(field.current.value, mention, username);
    caret.current = done.caret;
    setMention(null);
    change(done.text);
    field.current.focus();
  };
  const key = ({ key: name }: KeyboardEvent): boolean => {
    const person = found[chosen];
    if (!person) return false;
    if (name === 'Escape') setMention(null);
    else if (name === 'Enter' || name === 'Tab') take(person);
    else if (name === 'ArrowDown') setChosen((chosen + 1) % found.length);
    else if (name === 'ArrowUp') setChosen((chosen + found.length - 1) % found.length);
    else return false;
    return true;
  };
  return { found, chosen, look, take, key };
};

/** Members, and those who wrote in a room too large to name its members. */
const peopleOf = ({ members, log }: Conversation): Person[] => {
  const senders = (log.value?.messages ?? []).flatMap(({ sender }) => sender ?? []);
  const everyone = new Map([...senders, ...members.value].map((person) => [person.id, person]));
  everyone.delete(viewer.value?.id ?? '');
  return [...everyone.values()];
};
