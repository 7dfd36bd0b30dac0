import type { Person } from '../../../src/accounts/contract.ts';
import { Avatar } from '../ui/avatar.tsx';
import { deferred } from '../ui/deferred.tsx';
import { Popover } from '../ui/popover.tsx';
import { viewer } from './state.ts';
import './person.css';

const PersonActions = deferred(() => import('../people/view.tsx').then((m) => m.PersonActions), {
  placeholder: <div class="person-actions-room" />,
});
const PresenceDot = deferred(() => import('../presence/view.tsx').then((m) => m.PresenceDot), {
  placeholder: <span class="presence-dot" />,
});

export { PersonActions, PresenceDot };

type Props = { person: Person; aboutMessageId?: string; size?: 's' | 'm' | 'l' };

/** A person's face and name; they open a card with what one can do about the person. */
export const PersonLink = ({ person, aboutMessageId, size = 's' }: Props) => (
  <Popover
    label={`About ${person.name}`}
    class="person-card-panel"
    align="start"
    trigger={({ onClick, ...props }) => (
      <a
        class="person-link"
        href={`/@${person.username}`}
        {...props}
        onClick={(event) => {
          // Without a script, in a new tab, or for a visitor it is the link that it says.
          if (event.metaKey || event.ctrlKey || event.shiftKey || !viewer.peek()) return;
          event.preventDefault();
          event.stopPropagation();
          onClick();
        }}
      >
        <Avatar person={person} size={size} />
        <span class="person-name">{person.name}</span>
      </a>
    )}
  >
    {() => <PersonCard person={person} aboutMessageId={aboutMessageId} />}
  </Popover>
);

export const PersonCard = ({ person, aboutMessageId }: Omit<Props, 'size'>) => (
  <div class="person-card">
    <a class="person-card-head" href={`/@${person.username}`}>
      <Avatar person={person} size="l" />
      <span>
        <strong>{person.name}</strong>
        <span class="person-handle">
          @{person.username} {viewer.value && <PresenceDot userId={person.id} />}
        </span>
      </span>
    </a>
    {person.bio && <p>{person.bio}</p>}
    {viewer.value && viewer.value.id !== person.id && (
      <PersonActions person={person} aboutMessageId={aboutMessageId} />
    )}
  </div>
);
