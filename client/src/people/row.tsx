import type { ComponentChildren } from 'preact';
import type { Person } from '../../../src/accounts/contract.ts';
import type { Reason } from '../../../src/people/contract.ts';
import { PresenceDot } from '../presence/view.tsx';
import { Avatar } from '../ui/avatar.tsx';

type Props = {
  person: Person;
  presence?: boolean;
  size?: 's' | 'm' | 'l';
  /** What stands below the name. */
  below?: ComponentChildren;
  /** What stands at the end of the row. */
  children?: ComponentChildren;
};

/** One person in a list: the face, the name that leads to the profile, what there is to say and do. */
export const PersonRow = ({ person, presence, size = 'm', below, children }: Props) => (
  <li class="person-row">
    <span class="person-face">
      <Avatar person={person} size={size} />
      {presence && <PresenceDot userId={person.id} />}
    </span>
    <span class="person-words">
      <a class="row-name" href={`/@${person.username}`}>
        {person.name} <span class="row-handle">@{person.username}</span>
      </a>
      {below}
    </span>
    {children}
  </li>
);

/** Why this person is shown to me. */
export const Reasons = ({ reasons }: { reasons: readonly Reason[] }) => (
  <ul class="reasons">
    {reasons.map(({ kind, text, url }) => (
      <li key={`${kind}-${text}`}>{url ? <a href={url}>{text}</a> : text}</li>
    ))}
  </ul>
);

/** The place of a list that is on its way. */
export const Waiting = ({ rows }: { rows: number }) => (
  <div class="person-list" aria-hidden="true">
    {Array.from({ length: rows }, (_, index) => (
      <span key={index} class="skeleton person-skeleton" />
    ))}
  </div>
);
