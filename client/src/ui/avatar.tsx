import type { Person } from '../../../src/accounts/contract.ts';

const TONES = 7;
const toneOf = (id: string): number => {
  let sum = 0;
  for (const char of id) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973;
  return sum % TONES;
};

const initialsOf = (name: string): string => {
  const words = name.trim().split(/\s+/);
  const first = words[0] ?? '';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return ([...first].slice(0, 1).join('') + [...last].slice(0, 1).join('')).toUpperCase();
};

type Props = {
  person: Pick<Person, 'id' | 'name' | 'avatar'> | null;
  size?: 's' | 'm' | 'l' | 'xl';
};

/** The picture, or the initials on a tone of the person's own. The name stands beside it. */
export const Avatar = ({ person, size = 'm' }: Props) => {
  if (person?.avatar) return <img class={`avatar ${size}`} src={person.avatar} alt="" />;
  const tone = person ? `tone-${toneOf(person.id)}` : '';
  return (
    <span
      class={`avatar ${size} ${tone}`}
      data-initials={person ? initialsOf(person.name) : '–'}
      aria-hidden="true"
    />
  );
};
