import { Avatar } from '../ui/avatar.tsx';
import type { Mentions } from './use-mentions.ts';

export const optionId = (index: number): string => `mention-${index}`;

/** The people that the typed @name may mean, above the field. */
export const MentionList = ({ mentions: { found, chosen, take } }: { mentions: Mentions }) => {
  if (found.length === 0) return null;
  return (
    <ul class="mention-list" id="mention-list" role="listbox" aria-label="People to mention">
      {found.map((person, index) => (
        <li
          key={person.id}
          id={optionId(index)}
          role="option"
          aria-selected={index === chosen}
          // The field keeps its focus.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => take(person)}
        >
          <Avatar person={person} size="s" />
          <span>
            {person.name} <small>@{person.username}</small>
          </span>
        </li>
      ))}
    </ul>
  );
};
