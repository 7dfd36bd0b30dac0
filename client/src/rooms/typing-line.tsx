import type { Conversation } from './conversation.ts';
import { peopleOf } from './mention.ts';
import { typingIn } from './typing.ts';

/** "Ana is typing…", in a line of its own that never moves the rest. */
export const TypingLine = ({ conversation }: { conversation: Conversation }) => {
  const { log, members } = conversation;
  const people = peopleOf(log.value?.messages ?? [], members.value, undefined);
  const names = typingIn(conversation.roomId).map(
    (id) => people.find((person) => person.id === id)?.name ?? 'Somebody',
  );
  return (
    <p class="typing-line" aria-live="off">
      {names.length > 0 && (
        <>
          <span class="typing-dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {sentenceOf(names)}
        </>
      )}
    </p>
  );
};

const sentenceOf = (names: readonly string[]): string => {
  if (names.length === 1) return `${names[0]} is typing`;
  if (names.length === 2) return `${names[0]} and ${names[1]} are typing`;
  return `${names.length} people are typing`;
};
