import { Avatar } from '../ui/avatar.tsx';
import type { Responses } from './responses.ts';

/** How many read this now; the names of those who allow it. */
export const ReadersNow = ({ responses }: { responses: Responses }) => {
  const readers = responses.readers.value;
  if (!readers) return null;
  return (
    <section class="readers">
      <h2>{readersOf(readers.count)}</h2>
      {readers.people.length > 0 && (
        <ul>
          {readers.people.map((person) => (
            <li key={person.id}>
              <a href={`/@${person.username}`} title={person.name} aria-label={person.name}>
                <Avatar person={person} size="s" />
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};

export const readersOf = (count: number): string => `${Math.max(count, 1)} reading now`;
