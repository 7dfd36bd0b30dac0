import { useState } from 'preact/hooks';
import { Pill } from '../articles/pill.tsx';
import { ReactionRow } from '../articles/reaction-row.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { EmptyNote, ErrorNote, RestoredNote } from '../ui/notes.tsx';
import { Time } from '../ui/time.tsx';

const PEOPLE = [
  'Ana Lindqvist',
  'Ben',
  'Chidi Okafor',
  'Dana Park',
  'Émile Roy',
  'Fatou Ba',
  'Gus',
];
const SIZES = ['s', 'm', 'l', 'xl'] as const;
const STATES = ['online', 'away', 'busy', 'offline'];
const MINUTE = 60_000;

export const People = () => (
  <>
    <p class="gallery-row">
      {SIZES.map((size) => (
        <Avatar
          key={size}
          person={{ id: 'ana', name: 'Ana Lindqvist', avatar: null }}
          size={size}
        />
      ))}
      <Avatar person={null} />
    </p>
    <p class="gallery-row">
      {PEOPLE.map((name, index) => (
        <Avatar key={name} person={{ id: `person-${index}`, name, avatar: null }} />
      ))}
    </p>
    <ul class="gallery-row">
      {STATES.map((state) => (
        <li key={state}>
          <span class={`presence-dot ${state}`} aria-hidden="true" /> {state}
        </li>
      ))}
    </ul>
  </>
);

export const Marks = () => (
  <>
    <p class="gallery-row">
      <span class="count">3</span>
      <span class="count">42</span>
      <span class="count">99+</span>
      <Pill count={3} reveal={() => []} />
    </p>
    <p class="tags">
      {['typography', 'javascript', 'bread'].map((tag) => (
        <a key={tag} class="tag" href={`/t/${tag}`}>
          {tag}
        </a>
      ))}
    </p>
    <p class="gallery-row">
      {[0, 5 * MINUTE, 180 * MINUTE, 3 * 1_440 * MINUTE, 60 * 1_440 * MINUTE].map((before) => (
        <Time key={before} at={new Date(Date.now() - before).toISOString()} format="ago" />
      ))}
    </p>
  </>
);

const GIVEN = [
  { emoji: '👍', count: 12, mine: false },
  { emoji: '❤️', count: 3, mine: true },
];

export const Reactions = () => {
  const [given, setGiven] = useState(GIVEN);
  const toggle = (emoji: string, on: boolean) =>
    setGiven(
      given.map((one) =>
        one.emoji === emoji ? { ...one, mine: on, count: one.count + (on ? 1 : -1) } : one,
      ),
    );
  return (
    <div class="gallery-row">
      <ReactionRow given={given} toggle={toggle} />
    </div>
  );
};

export const Notes = () => (
  <>
    <ErrorNote>The name is taken.</ErrorNote>
    <p class="error-note boxed">The article was not saved. Your text is still here.</p>
    <EmptyNote
      title="Nothing here yet."
      action={
        <button type="button" class="button">
          The one next action
        </button>
      }
    >
      What this list is, and why it is empty.
    </EmptyNote>
    <EmptyNote
      quiet
      title="Nothing here either."
      action={
        <button type="button" class="button outline small">
          Its next action
        </button>
      }
    >
      A list that is not what the page is for.
    </EmptyNote>
    <RestoredNote onDiscard={() => undefined} />
  </>
);

export const Waiting = () => (
  <div class="gallery-waiting">
    <span class="skeleton" />
    <span class="skeleton" />
    <span class="skeleton" />
  </div>
);
