import { Avatar } from '../ui/avatar.tsx';
import type { Option } from './completion.ts';
import type { Completion } from './use-completion.ts';
import './completion.css';

/** What the typed @name or :emoji may mean, above the field. */
export const CompletionList = ({ completion }: { completion: Completion }) => {
  const { id, mark, found, chosen, take } = completion;
  if (found.length === 0) return null;
  return (
    <ul
      class="completion"
      id={id}
      role="listbox"
      aria-label={mark === '@' ? 'People to mention' : 'Emoji'}
    >
      {found.map((option, index) => (
        <li
          key={option.key}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === chosen}
          // The field keeps its focus.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => take(option)}
        >
          <Shown option={option} />
        </li>
      ))}
    </ul>
  );
};

const Shown = ({ option: { person, emoji } }: { option: Option }) =>
  person ? (
    <>
      <Avatar person={person} size="s" />
      <span>
        {person.name} <small>@{person.username}</small>
      </span>
    </>
  ) : (
    <>
      <span class="completion-emoji">{emoji.emoji}</span>
      <span>:{emoji.names[0]}:</span>
    </>
  );
