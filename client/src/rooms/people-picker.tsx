import { Check } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import type { Person } from '../../../src/accounts/contract.ts';
import { viewer } from '../accounts/state.ts';
import { loadOnline, onlineNow } from '../people/around.ts';
import { friends, loadRelations } from '../people/state.ts';
import { PresenceDot } from '../presence/view.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { Field } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { starting } from './starting.ts';

type Props = {
  label: string;
  /** Usernames that are picked already. */
  chosen?: readonly string[];
  /** Usernames that cannot be picked. */
  without?: readonly string[];
  onPick: (username: string) => void;
};

const stopStarting = (): void => {
  starting.value = null;
};

const USERNAME = /^[a-z0-9_]{3,24}$/;

/** Friends and people online by name, and anybody else by their exact username. */
export const PeoplePicker = ({ label, chosen = [], without = [], onPick }: Props) => {
  const [text, setText] = useState('');
  useEffect(() => {
    loadRelations().catch(() => undefined);
    loadOnline().catch(() => undefined);
  }, []);
  const wanted = text.trim().toLowerCase().replace(/^@/, '');
  const known = knownPeople().filter(({ username }) => !without.includes(username));
  const found = known.filter(
    ({ name, username }) => name.toLowerCase().includes(wanted) || username.includes(wanted),
  );
  const byName =
    USERNAME.test(wanted) &&
    ![...without, ...known.map(({ username }) => username)].includes(wanted);
  return (
    <div class="people-picker">
      <Field
        label={label}
        value={text}
        onValue={setText}
        placeholder="Name or @username"
        autocomplete="off"
        spellcheck={false}
      />
      <ul class="picker-list">
        {found.map((person) => (
          <li key={person.id}>
            <PickButton person={person} picked={chosen.includes(person.username)} onPick={onPick} />
          </li>
        ))}
        {byName && (
          <li>
            <button type="button" class="picker-item" onClick={() => onPick(wanted)}>
              <Avatar person={null} />
              <span>@{wanted}</span>
              {chosen.includes(wanted) && <Icon of={Check} size={18} />}
            </button>
          </li>
        )}
        {found.length === 0 && !byName && (
          <li class="picker-none">
            {known.length === 0 && wanted === '' ? (
              <>
                Your friends and people online stand here.{' '}
                <a href="/people" onClick={stopStarting}>
                  Find people
                </a>
                , or type a full @username.
              </>
            ) : (
              'Nobody here is called that. A full @username finds anybody.'
            )}
          </li>
        )}
      </ul>
    </div>
  );
};

const PickButton = ({
  person,
  picked,
  onPick,
}: {
  person: Person;
  picked: boolean;
  onPick: (username: string) => void;
}) => (
  <button
    type="button"
    class="picker-item"
    aria-pressed={picked}
    onClick={() => onPick(person.username)}
  >
    <span class="person-face">
      <Avatar person={person} />
      <PresenceDot userId={person.id} />
    </span>
    <span>
      {person.name} <small>@{person.username}</small>
    </span>
    {picked && <Icon of={Check} size={18} />}
  </button>
);

function knownPeople(): Person[] {
  const everyone = [
    ...(friends.value ?? []),
    ...(onlineNow.value ?? []).map(({ person }) => person),
  ];
  const once = new Map(everyone.map((person) => [person.id, person]));
  once.delete(viewer.value?.id ?? '');
  return [...once.values()].sort((a, b) => a.name.localeCompare(b.name));
}
