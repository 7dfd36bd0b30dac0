import type { Person } from '../../../src/accounts/contract.ts';
import type { Message } from '../../../src/rooms/contract.ts';
import { viewer } from '../accounts/state.ts';
import { EMOJI, nameOfEmoji } from './emoji.ts';
import './reactions.css';

type Props = {
  message: Message;
  people: readonly Person[];
  onToggle: (emoji: string, on: boolean) => void;
};

/** The reactions to a message; mine is pressed, and pressing it again takes it back. */
export const Reactions = ({ message, people, onToggle }: Props) => {
  const given = Object.entries(message.reactions).filter(([, ids]) => ids.length > 0);
  if (given.length === 0) return null;
  const meId = viewer.value?.id ?? '';
  return (
    <ul class="reactions">
      {given.map(([emoji, ids]) => {
        const mine = ids.includes(meId);
        const names = namesOf(ids, people);
        return (
          <li key={emoji}>
            <button
              type="button"
              class="reaction-chip"
              aria-pressed={mine}
              aria-label={`${emoji} ${ids.length} ${nameOfEmoji(emoji)}: ${names}`}
              title={names}
              onClick={() => onToggle(emoji, !mine)}
            >
              <span aria-hidden="true">{emoji}</span>
              <span aria-hidden="true">{ids.length}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
};

const NAMED = 8;

const namesOf = (ids: readonly string[], people: readonly Person[]): string => {
  const names = ids.map((id) =>
    id === viewer.value?.id
      ? 'You'
      : (people.find((person) => person.id === id)?.name ?? 'Somebody'),
  );
  const rest = names.length - NAMED;
  return rest > 0 ? `${names.slice(0, NAMED).join(', ')} and ${rest} more` : names.join(', ');
};

export const EmojiPicker = ({ onPick }: { onPick: (emoji: string) => void }) => (
  <div class="emoji-grid">
    {EMOJI.map(([emoji, name]) => (
      <button
        key={emoji}
        type="button"
        aria-label={name}
        title={name}
        onClick={() => onPick(emoji)}
      >
        {emoji}
      </button>
    ))}
  </div>
);
