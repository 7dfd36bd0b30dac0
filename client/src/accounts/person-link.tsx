import type { ComponentChildren } from 'preact';
import type { Person } from '../../../src/accounts/contract.ts';
import { Avatar } from '../ui/avatar.tsx';
import { deferred } from '../ui/deferred.tsx';
import { viewer } from './state.ts';
import './person.css';

const PersonActions = deferred(() => import('../people/view.tsx').then((m) => m.PersonActions), {
  placeholder: <div class="person-actions-room" />,
});
const PresenceDot = deferred(() => import('../presence/view.tsx').then((m) => m.PresenceDot), {
  placeholder: <span class="presence-dot" />,
});

export { PersonActions, PresenceDot };

type Props = {
  person: Person;
  /** The message that a friend request begins from. */
  aboutMessageId?: string | undefined;
  size?: 's' | 'm' | 'l';
};

/** A person's face and name. Pointing at them shows the card with what one can do about the person. */
export const PersonLink = ({ person, aboutMessageId, size = 's' }: Props) => (
  <a class="person-link" href={`/@${person.username}`} data-about={aboutMessageId}>
    <Avatar person={person} size={size} />
    <span class="person-name">{person.name}</span>
  </a>
);

type CardProps = Omit<Props, 'size'> & { children?: ComponentChildren };

/** Who this is, what more there is to say, and what one can do about them. */
export const PersonCard = ({ person, aboutMessageId, children }: CardProps) => (
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
    {person.bio && <p class="person-card-bio">{person.bio}</p>}
    {children}
    {viewer.value && viewer.value.id !== person.id && (
      <PersonActions person={person} aboutMessageId={aboutMessageId} />
    )}
  </div>
);
